create table if not exists events (
  position bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  event_id uuid primary key,
  event_type text not null,
  key text not null,
  payload jsonb not null,
  traceparent text not null,
  appended_at timestamptz not null default now()
);

create index if not exists events_in_order on events (xid, position);

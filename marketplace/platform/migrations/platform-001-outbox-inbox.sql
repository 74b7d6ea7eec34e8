-- What every service's database needs to publish and to consume events exactly once in effect.

create table outbox (
  position bigint generated always as identity primary key,
  event_id uuid not null unique,
  event_type text not null,
  key text not null,
  payload jsonb not null,
  traceparent text not null
);

-- Which events of others have had their effect here; written in the transaction of that effect.
create table inbox (
  event_id uuid primary key,
  handled_at timestamptz not null default now()
);

create table event_cursor (
  consumer text primary key,
  xid text not null,
  position bigint not null
);

-- Events whose handler failed every try; replayed by hand after the cause is mended.
create table dead_letters (
  event_id uuid primary key,
  event_type text not null,
  event jsonb not null,
  error text not null,
  failed_at timestamptz not null default now()
);

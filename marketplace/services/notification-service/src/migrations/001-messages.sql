create table messages (
  message_id uuid primary key,
  kind text not null check (kind in ('order-confirmed', 'order-cancelled', 'welcome')),
  subject_id uuid not null,
  to_address text not null,
  to_name text not null,
  subject text not null,
  html text not null,
  body_text text not null,
  status text not null check (status in ('pending', 'sent', 'dead')),
  attempts integer not null default 0,
  next_attempt_at timestamptz, -- null: nothing more to do
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  unique (kind, subject_id) -- nobody is told the same thing twice
);
create index messages_due on messages (next_attempt_at) where next_attempt_at is not null;
create index messages_about on messages (subject_id);

-- One row per Message-ID: a message that is sent again after a crash is the same message.
create table messages (
  id bigint generated always as identity primary key,
  message_id text not null unique,
  from_name text not null,
  from_address text not null,
  recipients text[] not null,
  subject text not null,
  html text,
  body_text text,
  source text not null,
  received_at timestamptz not null,
  deliveries integer not null default 1
);
create index messages_recipients on messages using gin (recipients);

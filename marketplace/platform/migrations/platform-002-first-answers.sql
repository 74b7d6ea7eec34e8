-- The first answer to each Idempotency-Key, replayed to whoever asks the same again within a day.
create table first_answers (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status integer, -- null while the first request is being worked on
  body jsonb,
  begun_at timestamptz not null,
  primary key (caller, key)
);
create index first_answers_age on first_answers (begun_at);

create table payment_intents (
  id text primary key,
  body jsonb not null,
  created_at timestamptz not null
);
create index payment_intents_newest on payment_intents (created_at desc, id desc);

create table refunds (
  id text primary key,
  payment_intent text not null references payment_intents (id),
  amount bigint not null,
  body jsonb not null,
  created_at timestamptz not null
);
create index refunds_of_intent on refunds (payment_intent);

-- The first answer to each key, replayed to whoever asks again with the same request.
create table idempotency_keys (
  key text primary key,
  request_hash text not null,
  status integer,
  body text,
  created_at timestamptz not null default now()
);

-- Every event is kept; those not delivered yet wait for their next attempt.
create table events (
  position bigint generated always as identity unique, -- two events of one request have the same time
  id text primary key,
  type text not null,
  payment_intent text not null,
  payload text not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  last_error text
);
create index events_due on events (next_attempt_at) where next_attempt_at is not null;
create index events_of_intent on events (payment_intent, position);

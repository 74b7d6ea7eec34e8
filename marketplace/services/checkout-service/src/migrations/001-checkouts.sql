create table checkouts (
  checkout_id uuid primary key,
  cart_id uuid not null,
  buyer_id uuid, -- null: a guest
  status text not null check (status in ('open', 'processing', 'completed')),
  currency char(3) not null,
  lines jsonb not null, -- snapshot: what is bought from whom at which price
  address jsonb,
  methods jsonb not null, -- sellerId to shipping method
  attempts integer not null default 0,
  failure jsonb, -- of the last attempt
  order_id uuid,
  order_token text,
  created_at timestamptz not null
);

-- One attempt to place a checkout. Owned by the process whose lease has not run out.
create table sagas (
  checkout_id uuid not null references checkouts (checkout_id),
  attempt integer not null,
  cart_id uuid not null,
  status text not null check (status in ('running', 'completed', 'failed')),
  input jsonb not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  failure jsonb, -- why it failed
  owner text not null,
  lease_until timestamptz not null,
  primary key (checkout_id, attempt)
);
-- A cart is bought once, whatever the number of tabs.
create unique index sagas_one_per_cart on sagas (cart_id) where status in ('running', 'completed');
create index sagas_running on sagas (lease_until) where status = 'running';

-- The journal: what each step answered. A step that is here is never asked again.
create table saga_steps (
  checkout_id uuid not null,
  attempt integer not null,
  step text not null,
  result jsonb not null,
  at timestamptz not null,
  primary key (checkout_id, attempt, step),
  foreign key (checkout_id, attempt) references sagas (checkout_id, attempt)
);

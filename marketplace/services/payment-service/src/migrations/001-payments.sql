create table payments (
  payment_id uuid primary key,
  order_id uuid, -- null: cancelled before anyone asked for it
  status text not null check (status in ('pending', 'authorized', 'captured', 'cancelled', 'declined')),
  amount_cents bigint not null check (amount_cents >= 0),
  refunded_cents bigint not null default 0 check (refunded_cents between 0 and amount_cents),
  currency char(3) not null,
  payment_method text not null,
  provider_reference text unique,
  decline_code text,
  created_at timestamptz not null,
  authorized_at timestamptz,
  captured_at timestamptz,
  cancelled_at timestamptz
);
create index payments_of_order on payments (order_id);

-- Each seller's share and the commission on it, frozen when the payment is authorised.
create table payment_splits (
  payment_id uuid not null references payments (payment_id),
  seller_id uuid not null,
  goods_cents bigint not null check (goods_cents >= 0),
  shipping_cents bigint not null check (shipping_cents >= 0),
  amount_cents bigint not null,
  commission_cents bigint not null check (commission_cents between 0 and goods_cents),
  primary key (payment_id, seller_id),
  check (amount_cents = goods_cents + shipping_cents)
);

-- Double entry, append only: debits above zero, credits below; the entries of one transaction sum to zero.
create table ledger_entries (
  transaction_id uuid not null,
  account text not null, -- provider-receivable, commission-income, seller-payable:<sellerId>
  payment_id uuid not null references payments (payment_id),
  amount_cents bigint not null check (amount_cents <> 0),
  currency char(3) not null,
  booked_at timestamptz not null,
  primary key (transaction_id, account)
);
create index ledger_of_payment on ledger_entries (payment_id);
create index ledger_of_account on ledger_entries (account, booked_at);

-- Webhook events that have had their effect.
create table provider_events (
  event_id text primary key,
  type text not null,
  received_at timestamptz not null
);

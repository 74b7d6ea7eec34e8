create table carts (
  cart_id uuid primary key,
  state text not null default 'open' check (state in ('open', 'closed')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index carts_idle on carts (updated_at) where state = 'open';

create table cart_lines (
  cart_id uuid not null references carts on delete cascade,
  sku text not null,
  quantity integer not null check (quantity between 1 and 20),
  -- The product as the buyer saw it when putting it in: its price says whether the price has changed since, and the
  -- rest lets the cart show a line whose product is not on sale any more.
  seen jsonb not null,
  position bigint generated always as identity, -- the order lines were added in
  primary key (cart_id, sku)
);

-- The truth: one stream of events per order, gap-free. Everything below can be rebuilt from it.
create table order_events (
  stream_id uuid not null,
  version integer not null check (version > 0),
  type text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (stream_id, version)
);

-- The read model: each order folded from its events, written in the transaction that appends them.
create table orders (
  order_id uuid primary key,
  order_token text not null,
  checkout_id uuid not null,
  cart_id uuid not null,
  payment_id uuid not null,
  buyer_id uuid, -- null: bought as a guest
  status text not null check (status in ('placed', 'confirmed', 'shipped', 'delivered', 'cancelled')),
  email text not null,
  name text not null,
  street text not null,
  city text not null,
  postcode text not null,
  country char(2) not null,
  currency char(3) not null,
  goods_cents bigint not null check (goods_cents >= 0),
  shipping_cents bigint not null check (shipping_cents >= 0),
  total_cents bigint not null,
  vat_cents bigint not null check (vat_cents >= 0),
  vat_rate_basis_points integer not null,
  placed_at timestamptz not null,
  confirmed_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  version integer not null,
  check (total_cents = goods_cents + shipping_cents)
);
create index orders_of_buyer on orders (buyer_id, placed_at desc, order_id) where buyer_id is not null;

-- What one seller ships.
create table order_parcels (
  order_id uuid not null references orders (order_id),
  seller_id uuid not null,
  position integer not null,
  seller_name text not null,
  seller_slug text not null,
  method text not null check (method in ('standard', 'express')),
  goods_cents bigint not null,
  shipping_cents bigint not null,
  total_cents bigint not null,
  primary key (order_id, seller_id),
  check (total_cents = goods_cents + shipping_cents)
);

create table order_lines (
  order_id uuid not null,
  seller_id uuid not null,
  position integer not null,
  sku text not null,
  name text not null,
  slug text not null,
  quantity integer not null check (quantity > 0),
  unit_price_cents bigint not null check (unit_price_cents >= 0),
  total_cents bigint not null,
  primary key (order_id, sku),
  foreign key (order_id, seller_id) references order_parcels (order_id, seller_id),
  check (total_cents = quantity * unit_price_cents)
);

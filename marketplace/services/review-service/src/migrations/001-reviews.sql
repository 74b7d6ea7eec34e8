-- What a buyer may review: one row per line of a confirmed order of somebody with an account.
create table purchases (
  order_id uuid not null,
  sku text not null check (sku ~ '^[A-Z0-9][A-Z0-9-]{2,31}$'),
  slug text not null,
  product_name text not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  buyer_name text not null,
  bought_at timestamptz not null,
  primary key (order_id, sku)
);
create index purchases_of_buyer on purchases (buyer_id, bought_at desc, order_id);

-- The foreign key is the promise: no review without a purchase; the unique one: no second review of it.
create table reviews (
  review_id uuid primary key,
  order_id uuid not null,
  sku text not null,
  rating smallint not null check (rating between 1 and 5),
  title text not null check (length(title) between 1 and 120),
  body text not null check (length(body) between 1 and 4000),
  locale text not null check (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  status text not null check (status in ('pending', 'published', 'rejected')),
  reasons text[] not null default '{}', -- why a person looks at it first
  rejection text,
  decided_at timestamptz, -- when a person decided; stands against later reports
  reply text,
  replied_at timestamptz,
  created_at timestamptz not null,
  unique (order_id, sku),
  foreign key (order_id, sku) references purchases,
  check ((rejection is not null) = (status = 'rejected')),
  check ((reply is null) = (replied_at is null))
);
create index reviews_newest on reviews (sku, created_at desc, review_id) where status = 'published';
create index reviews_by_rating on reviews (sku, rating, created_at desc, review_id) where status = 'published';
create index reviews_waiting on reviews (created_at, review_id) where status = 'pending';

create table reports (
  review_id uuid not null references reviews,
  reporter_id uuid not null,
  reason text not null,
  reported_at timestamptz not null,
  primary key (review_id, reporter_id)
);

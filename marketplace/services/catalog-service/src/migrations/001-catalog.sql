create table categories (
  slug text primary key,
  name text not null,
  description text not null,
  motif text not null,
  hue integer not null check (hue between 0 and 359),
  position integer not null unique -- display order
);

create table sellers (
  seller_id uuid primary key,
  slug text not null unique,
  name text not null,
  description text not null,
  city text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  hue integer not null check (hue between 0 and 359),
  joined_at timestamptz not null,
  rating_average double precision not null default 0 check (rating_average between 0 and 5),
  rating_count integer not null default 0 check (rating_count >= 0)
);

create table products (
  product_id uuid primary key,
  sku text not null unique check (sku ~ '^[A-Z0-9][A-Z0-9-]{2,31}$'),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  description text not null,
  category_slug text not null references categories,
  seller_id uuid not null references sellers,
  price_cents integer not null check (price_cents > 0),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  art_hue integer not null check (art_hue between 0 and 359),
  art_motif text not null,
  published_at timestamptz, -- null: not on sale
  rating_average double precision not null default 0 check (rating_average between 0 and 5),
  rating_count integer not null default 0 check (rating_count >= 0),
  -- A product with few ratings counts as if twenty people had given 3.5 besides.
  featured_score double precision not null
    generated always as ((rating_average * rating_count + 3.5 * 20) / (rating_count + 20)) stored,
  -- Stems find "mugs" for "mug"; plain words keep beginnings such as "cerami" findable. Name and category only:
  -- descriptions match so much that a search costs ten times as much and finds worse.
  search tsvector not null generated always as (
    setweight(to_tsvector('english'::regconfig, name), 'A')
      || setweight(to_tsvector('simple'::regconfig, name), 'A')
      || setweight(to_tsvector('english'::regconfig, replace(category_slug, '-', ' ')), 'B')
      || setweight(to_tsvector('simple'::regconfig, replace(category_slug, '-', ' ')), 'B')
  ) stored
);

-- One index for each order a list can have, with and without category, so that a page reads only its own rows.
create index products_featured on products (featured_score desc, product_id) where published_at is not null;
create index products_newest on products (published_at desc, product_id) where published_at is not null;
create index products_price on products (price_cents, product_id) where published_at is not null;
create index products_name on products (name, product_id) where published_at is not null;
create index products_category_featured on products (category_slug, featured_score desc, product_id)
  where published_at is not null;
create index products_category_newest on products (category_slug, published_at desc, product_id)
  where published_at is not null;
create index products_category_price on products (category_slug, price_cents, product_id)
  where published_at is not null;
create index products_seller on products (seller_id, featured_score desc, product_id) where published_at is not null;
create index products_search on products using gin (search);

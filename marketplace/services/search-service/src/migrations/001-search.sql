-- A trusted extension: the owner of a database may create it.
create extension if not exists pg_trgm;

-- The catalogue as searches need it: what is filtered and sorted by in columns, what is answered in `card`.
create table products (
  product_id uuid primary key,
  sku text not null unique,
  revision bigint not null, -- the catalogue's count of changes: an older one never replaces a newer one
  name text not null,
  category_slug text not null,
  seller_slug text not null,
  price_cents integer not null,
  rating_average double precision not null,
  rating_count integer not null,
  published_at timestamptz not null,
  units_sold integer not null default 0,
  card jsonb not null, -- the ProductCard of the contract
  indexed_at timestamptz not null default now(),
  -- A product with few ratings counts as if twenty people had given 3.5 besides; the tenfold sold is worth half a star.
  popularity double precision not null generated always as (
    (rating_average * rating_count + 3.5 * 20) / (rating_count + 20) + ln(1 + units_sold) * 0.2
  ) stored,
  -- Name first, then category and seller. Descriptions match so much that a search costs ten times as much and finds
  -- worse. Stems find "mugs" for "mug"; plain words keep beginnings such as "cerami" findable.
  search tsvector not null generated always as (
    setweight(to_tsvector('english'::regconfig, name), 'A')
      || setweight(to_tsvector('simple'::regconfig, name), 'A')
      || setweight(to_tsvector('english'::regconfig, card #>> '{category,name}'), 'B')
      || setweight(to_tsvector('simple'::regconfig, card #>> '{category,name}'), 'B')
      || setweight(to_tsvector('simple'::regconfig, card #>> '{seller,name}'), 'C')
  ) stored
);
create index products_search on products using gin (search);
create index products_popular on products (popularity desc, product_id);
create index products_newest on products (published_at desc, product_id);
create index products_price on products (price_cents, product_id);
create index products_name on products (name, product_id);
create index products_category on products (category_slug, popularity desc, product_id);
create index products_seller on products (seller_slug, popularity desc, product_id);

-- Taken off sale. Kept because a portion of the catalogue read before may still be on its way here.
create table withdrawn (product_id uuid primary key, revision bigint not null);

-- Kept apart from products: an order may be heard of before its product.
create table sales (sku text primary key, units integer not null check (units > 0));

-- Every word that finds something, and how many products it finds: what a mistyped word is compared with.
create table vocabulary (word text primary key, uses integer not null);
create index vocabulary_trigrams on vocabulary using gin (word gin_trgm_ops);
create index vocabulary_begins on vocabulary (word text_pattern_ops);

-- Words people use for words our sellers use. One direction a row.
create table synonyms (word text not null, means text not null, primary key (word, means));

-- When the catalogue was last read from end to end; no row: never.
create table fillings (one boolean primary key default true check (one), at timestamptz not null, products integer not null);

insert into synonyms (word, means) values
  ('headset', 'headphones'), ('earphones', 'earbuds'), ('earphones', 'headphones'), ('earpods', 'earbuds'),
  ('couch', 'sofa'), ('sofa', 'couch'), ('rug', 'carpet'), ('carpet', 'rug'), ('cup', 'mug'), ('mug', 'cup'),
  ('saucepan', 'pan'), ('skillet', 'pan'), ('pot', 'casserole'), ('loudspeaker', 'speaker'), ('mic', 'microphone'),
  ('ereader', 'reader'), ('kindle', 'reader'), ('ebook', 'book'), ('novel', 'book'), ('smartwatch', 'watch'),
  ('charger', 'charging'), ('powerbank', 'power'), ('tee', 'shirt'), ('jumper', 'sweater'), ('pullover', 'sweater'),
  ('sweater', 'jumper'), ('trainers', 'shoes'), ('sneakers', 'shoes'), ('rucksack', 'backpack'), ('backpack', 'rucksack'),
  ('bag', 'backpack'), ('torch', 'headlamp'), ('flashlight', 'headlamp'), ('light', 'lamp'), ('lamp', 'light'),
  ('secateurs', 'shears'), ('shovel', 'spade'), ('planter', 'pot'), ('flowerpot', 'pot'), ('jigsaw', 'puzzle'),
  ('notepad', 'notebook'), ('diary', 'planner'), ('quilt', 'blanket'), ('throw', 'blanket'), ('knives', 'knife'),
  ('jewelry', 'jewellery'), ('colour', 'color'), ('color', 'colour'), ('gray', 'grey'), ('grey', 'gray'),
  ('puppy', 'dog'), ('kitten', 'cat'), ('soaps', 'soap'), ('kettle', 'teapot');

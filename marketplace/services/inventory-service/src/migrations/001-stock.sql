create table stock (
  sku text primary key check (sku ~ '^[A-Z0-9][A-Z0-9-]{2,31}$'),
  on_hand integer not null check (on_hand >= 0), -- on the shelf, held units included
  reserved integer not null default 0,
  -- The last line of defence: whatever the code does, no unit is promised twice.
  constraint never_oversold check (reserved between 0 and on_hand)
);

create table reservations (
  reservation_id uuid primary key,
  state text not null check (state in ('held', 'confirmed', 'released', 'expired')),
  expires_at timestamptz not null,
  created_at timestamptz not null,
  settled_at timestamptz -- when it stopped being held
);
create index reservations_due on reservations (expires_at) where state = 'held';

create table reservation_lines (
  reservation_id uuid not null references reservations on delete cascade,
  sku text not null,
  quantity integer not null check (quantity > 0),
  primary key (reservation_id, sku)
);

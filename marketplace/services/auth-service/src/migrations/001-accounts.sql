create table users (
  user_id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text not null, -- PHC string: $argon2id$v=19$m=…,t=…,p=…$salt$hash
  roles text[] not null default '{buyer}',
  registered_at timestamptz not null default now()
);

-- One sign-in and every token that descends from it.
create table session_families (
  family_id uuid primary key,
  user_id uuid not null references users on delete cascade,
  started_at timestamptz not null,
  revoked_at timestamptz
);
create index session_families_user on session_families (user_id);

create table refresh_tokens (
  token_hash bytea primary key, -- SHA-256; the token itself is never stored
  family_id uuid not null references session_families on delete cascade,
  parent_hash bytea references refresh_tokens on delete set null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz -- when it was first exchanged for a successor
);
create index refresh_tokens_family on refresh_tokens (family_id);
create index refresh_tokens_parent on refresh_tokens (parent_hash);
create index refresh_tokens_expiry on refresh_tokens (expires_at);

-- Counts the changes of a product, so that readers of events and of the catalogue can tell which they have is newer.
alter table products add column revision bigint not null default 1 check (revision > 0);

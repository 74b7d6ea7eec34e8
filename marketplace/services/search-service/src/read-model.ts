import type { Database, Queryable, Transaction } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { Entry } from './catalogue-entry.ts'
import { queryWords } from './query-words.ts'

/** The writing side: how the copy of the catalogue is filled and follows. */
export function readModel(db: Database) {
  return {
    async now(): Promise<Date> {
      const [row] = await db.query<{ now: Date }>(sql`select now() as now`)
      return row!.now
    },

    /** When the catalogue was last copied from end to end. */
    async lastCopied(): Promise<Date | undefined> {
      const [row] = await db.query<{ at: Date }>(sql`select at from fillings`)
      return row?.at
    },

    putPortion: (
      entries: readonly Entry[],
      { after, upTo, readAt }: { after: string | undefined; upTo: string | undefined; readAt: Date },
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await putEntries(tx, entries)
        const ids = entries.map(({ product }) => product.productId)
        await tx.query(sql`
          delete from products where indexed_at < ${readAt} and not product_id = any(${ids}::uuid[])
          ${after === undefined ? sql`` : sql`and product_id > ${after}`}
          ${upTo === undefined ? sql`` : sql`and product_id <= ${upTo}`}`)
      }),

    finish: (products: number): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.query(sql`delete from vocabulary`)
        // The words of a product as they stand, without stems: one of these is what a shopper meant to type.
        await tx.query(sql`
          insert into vocabulary (word, uses)
          select word, ndoc from ts_stat($$
            select to_tsvector('simple', concat_ws(' ', name, card #>> '{category,name}', card #>> '{seller,name}'))
            from products$$)
          where word ~ '^[[:alpha:]]{3,}$'`)
        // Words of shoppers, too: a mistyped synonym is as near to what was meant.
        await tx.query(sql`
          insert into vocabulary (word, uses) select distinct word, 1 from synonyms
          where means in (select word from vocabulary) on conflict do nothing`)
        await tx.query(sql`
          insert into fillings (at, products) values (now(), ${products})
          on conflict (one) do update set at = excluded.at, products = excluded.products`)
      }),
  }
}

/** A product was put on sale or changed. */
export async function putProduct(tx: Transaction, entry: Entry): Promise<void> {
  await putEntries(tx, [entry])
  const { name, category, seller } = entry.product
  const words = queryWords(`${name} ${category.name} ${seller.name}`).filter((word) =>
    /^\p{L}{3,}$/u.test(word),
  )
  await tx.query(sql`
    insert into vocabulary (word, uses) select word, 1 from unnest(${words}::text[]) word on conflict do nothing`)
}

/** A product was taken off sale. */
export async function withdrawProduct(tx: Transaction, productId: string, revision: number): Promise<void> {
  await tx.query(sql`delete from products where product_id = ${productId} and revision < ${revision}`)
  await tx.query(sql`
    insert into withdrawn (product_id, revision) values (${productId}, ${revision})
    on conflict (product_id) do update set revision = greatest(withdrawn.revision, excluded.revision)`)
}

/** Units were sold; told once per order. */
export async function countSales(
  tx: Transaction,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): Promise<void> {
  for (const { sku, quantity } of lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))) {
    await tx.query(sql`
      insert into sales (sku, units) values (${sku}, ${quantity})
      on conflict (sku) do update set units = sales.units + excluded.units`)
    await tx.query(sql`
      update products set units_sold = (select units from sales where sku = ${sku}) where sku = ${sku}`)
  }
}

/** An entry replaces an older one of the same product, never a newer one, and never a withdrawal after it. */
async function putEntries(queryable: Queryable, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  await queryable.query(sql`
    insert into products (product_id, sku, revision, name, category_slug, seller_slug, price_cents, rating_average,
      rating_count, published_at, units_sold, card)
    select (p ->> 'productId')::uuid, p ->> 'sku', (e ->> 'revision')::bigint, p ->> 'name', p #>> '{category,slug}',
      p #>> '{seller,slug}', (p ->> 'priceCents')::integer, (p #>> '{rating,average}')::double precision,
      (p #>> '{rating,count}')::integer, (p ->> 'publishedAt')::timestamptz, coalesce(s.units, 0), p
    from jsonb_array_elements(${JSON.stringify(entries)}::jsonb) e
    cross join lateral (select e -> 'product' as p) product
    left join sales s on s.sku = p ->> 'sku'
    where not exists (
      select from withdrawn w
      where w.product_id = (p ->> 'productId')::uuid and w.revision >= (e ->> 'revision')::bigint)
    on conflict (product_id) do update set
      sku = excluded.sku, revision = excluded.revision, name = excluded.name, category_slug = excluded.category_slug,
      seller_slug = excluded.seller_slug, price_cents = excluded.price_cents,
      rating_average = excluded.rating_average, rating_count = excluded.rating_count,
      published_at = excluded.published_at, units_sold = excluded.units_sold, card = excluded.card, indexed_at = now()
    where products.revision < excluded.revision
      or products.revision = excluded.revision
        and (products.card is distinct from excluded.card or products.units_sold <> excluded.units_sold)`)
}

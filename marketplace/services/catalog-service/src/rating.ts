import type { Queryable } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'

export type ProductRating = { readonly sku: string; readonly average: number; readonly count: number }

/** What buyers think of a product now; its seller's rating is that of all its products together. */
export async function setRating(tx: Queryable, { sku, average, count }: ProductRating): Promise<void> {
  await tx.query(sql`
    update products set rating_average = ${average}, rating_count = ${count} where sku = ${sku}`)
  await tx.query(sql`
    with rated as (
      select sum(rating_count)::integer as count, sum(rating_average * rating_count) as stars from products
      where seller_id = (select seller_id from products where sku = ${sku}))
    update sellers set rating_count = rated.count,
      rating_average = case rated.count when 0 then 0 else round((rated.stars / rated.count)::numeric, 2) end
    from rated where seller_id = (select seller_id from products where sku = ${sku})`)
}

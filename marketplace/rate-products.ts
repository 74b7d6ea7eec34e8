import { openDatabase } from './platform/db/database.ts'
import { sql } from './platform/db/sql.ts'
import { databaseOf, type Environment } from './platform/environment.ts'

/**
 * Brings the catalogue's ratings to what the reviews say, as hearing of every one of them would have. For demo data:
 * the reviews are loaded behind the services' backs and no event tells of them.
 */
export async function rateProducts(environment: Environment): Promise<void> {
  const review = openDatabase(databaseOf(environment, 'review'), { size: 1 })
  const catalog = openDatabase(databaseOf(environment, 'catalog'), { size: 1 })
  try {
    const rated = await review.query<{ sku: string; average: number; count: number }>(sql`
      select sku, round(avg(rating), 2)::double precision as average, count(*) as count from reviews
      where status = 'published' group by sku`)
    await catalog.query(sql`
      update products set rating_average = r.average, rating_count = r.count
      from unnest(${rated.map(({ sku }) => sku)}::text[], ${rated.map(({ average }) => average)}::double precision[],
        ${rated.map(({ count }) => count)}::integer[]) as r (sku, average, count)
      where products.sku = r.sku`)
    await catalog.query(sql`
      update sellers set rating_count = r.count, rating_average = round((r.stars / r.count)::numeric, 2)
      from (select seller_id, sum(rating_count)::integer as count, sum(rating_average * rating_count) as stars
        from products group by seller_id) r
      where r.seller_id = sellers.seller_id and r.count > 0`)
  } finally {
    await review.close()
    await catalog.close()
  }
}

import type { Database, Queryable } from '../../../platform/db/database.ts'
import { sql, type Sql } from '../../../platform/db/sql.ts'
import type { Outbox } from '../../../platform/events/outbox.ts'
import type { CatalogueEntry, Category, Product, ProductCard, SaleAnswer, Seller } from '../contracts/api.ts'
import type { CatalogProductRepriced, CatalogProductWithdrawn } from '../contracts/events.ts'
import { countLimit, type Order, type ProductFilter, type Slice } from './list-products.ts'

export type CatalogStore = ReturnType<typeof catalogStore>

/** The ports of the use cases on PostgreSQL. */
export function catalogStore(db: Database, outbox: Outbox) {
  return {
    listCategories: (): Promise<Category[]> =>
      db.query<Category>(sql`
        select slug, name, description, motif, hue,
          (select count(*) from products p where p.category_slug = c.slug and p.published_at is not null)
            as "productCount"
        from categories c order by position`),

    async findProducts(
      filter: ProductFilter,
      order: Order,
      { offset, limit }: Slice,
    ): Promise<ProductCard[]> {
      // Joined after the limit: ranking a wide search must not look up the seller of every match.
      const rows = await db.query<ProductRow>(sql`
        select ${cardColumns} from (
          select p.* from products p where ${matches(filter)}
          order by ${orderBy(order, filter.words)} limit ${limit} offset ${offset}) p ${categoryAndSeller}
        order by ${orderBy(order, filter.words)}`)
      return rows.map(cardOf)
    },

    async countProducts(filter: ProductFilter): Promise<number> {
      const [row] = await db.query<{ total: number }>(sql`
        select count(*) as total from (select from products p where ${matches(filter)} limit ${countLimit}) counted`)
      return row!.total
    },

    async findProduct(slug: string): Promise<Product | undefined> {
      const [row] = await db.query<ProductRow>(sql`
        select ${cardColumns}, p.description from products p ${categoryAndSeller}
        where p.slug = ${slug} and p.published_at is not null`)
      return row && productOf(row)
    },

    async lookupProducts(skus: readonly string[]): Promise<ProductCard[]> {
      const rows = await db.query<ProductRow>(sql`
        select ${cardColumns} from products p ${categoryAndSeller} where p.sku = any(${skus}) and p.published_at is not null`)
      const bySku = new Map(rows.map((row) => [row.sku, row]))
      return [...new Set(skus)].flatMap((sku) => {
        const row = bySku.get(sku)
        return row ? [cardOf(row)] : []
      })
    },

    setPrice: (sku: string, priceCents: number): Promise<Product | undefined> =>
      db.transaction(async (tx) => {
        const [before] = await tx.query<{ price_cents: number; currency: string }>(sql`
          select price_cents, currency from products where sku = ${sku} and published_at is not null for update`)
        if (!before) return undefined
        if (before.price_cents !== priceCents) {
          await tx.query(sql`
            update products set price_cents = ${priceCents}, revision = revision + 1 where sku = ${sku}`)
          const data: CatalogProductRepriced['data'] = {
            sku,
            previousPriceCents: before.price_cents,
            priceCents,
            currency: before.currency,
            ...(await findEntry(tx, sku)),
          }
          await outbox.publish(tx, { eventType: 'catalog.product.repriced', key: sku, data })
        }
        return await findBySku(tx, sku)
      }),

    setOnSale: (sku: string, onSale: boolean): Promise<SaleAnswer['data'] | undefined> =>
      db.transaction(async (tx) => {
        const [before] = await tx.query<{ product_id: string; revision: number; on_sale: boolean }>(sql`
          select product_id, revision, published_at is not null as on_sale from products where sku = ${sku} for update`)
        if (!before || before.on_sale === onSale) return before && { sku, onSale, revision: before.revision }
        const [{ revision }] = (await tx.query<{ revision: number }>(sql`
          update products set published_at = ${onSale ? sql`now()` : sql`null`}, revision = revision + 1
          where sku = ${sku} returning revision`)) as [{ revision: number }]
        const published = onSale && { sku, ...(await findEntry(tx, sku)) }
        const withdrawn: CatalogProductWithdrawn['data'] = { sku, revision, productId: before.product_id }
        await outbox.publish(
          tx,
          published
            ? { eventType: 'catalog.product.published', key: sku, data: published }
            : { eventType: 'catalog.product.withdrawn', key: sku, data: withdrawn },
        )
        return { sku, onSale, revision }
      }),

    async readCatalogue(after: string | undefined, limit: number): Promise<CatalogueEntry[]> {
      const rows = await db.query<ProductRow & { revision: number }>(sql`
        select ${cardColumns}, p.revision from (
          select * from products p
          where p.published_at is not null ${after === undefined ? sql`` : sql`and p.product_id > ${after}`}
          order by p.product_id limit ${limit}) p ${categoryAndSeller}
        order by p.product_id`)
      return rows.map((row) => ({ revision: row.revision, product: cardOf(row) }))
    },

    async findSeller(slug: string): Promise<Seller | undefined> {
      const [row] = await db.query<SellerRow>(
        sql`select ${sellerColumns} from sellers s where s.slug = ${slug}`,
      )
      return row && sellerOf(row)
    },

    async listSellers({ offset, limit }: Slice): Promise<{ sellers: Seller[]; total: number }> {
      const sells = sql`exists (select from products p where p.seller_id = s.seller_id and p.published_at is not null)`
      const rows = await db.query<SellerRow>(sql`
        select ${sellerColumns} from sellers s where ${sells}
        order by s.rating_average desc, s.rating_count desc, s.seller_id limit ${limit} offset ${offset}`)
      const [count] = await db.query<{ total: number }>(sql`
        select count(*) as total from (select from sellers s where ${sells} limit ${countLimit}) counted`)
      return { sellers: rows.map(sellerOf), total: count!.total }
    },
  }
}

async function findBySku(queryable: Queryable, sku: string): Promise<Product> {
  const [row] = await queryable.query<ProductRow>(sql`
    select ${cardColumns}, p.description from products p ${categoryAndSeller} where p.sku = ${sku}`)
  return productOf(row!)
}

async function findEntry(queryable: Queryable, sku: string): Promise<CatalogueEntry> {
  const [row] = await queryable.query<ProductRow & { revision: number }>(sql`
    select ${cardColumns}, p.revision from products p ${categoryAndSeller} where p.sku = ${sku}`)
  return { revision: row!.revision, product: cardOf(row!) }
}

const categoryAndSeller = sql`join categories c on c.slug = p.category_slug join sellers s using (seller_id)`

const cardColumns = sql`
  p.product_id, p.sku, p.slug, p.name, p.category_slug, c.name as category_name, s.seller_id, s.slug as seller_slug,
  s.name as seller_name, s.rating_average as seller_rating, p.price_cents, p.currency, p.art_hue, p.art_motif,
  p.published_at, p.rating_average, p.rating_count`

const sellerColumns = sql`
  s.seller_id, s.slug, s.name, s.description, s.city, s.country, s.hue, s.joined_at, s.rating_average, s.rating_count,
  (select count(*) from products p where p.seller_id = s.seller_id and p.published_at is not null) as product_count`

function matches({ category, seller, words }: ProductFilter): Sql {
  return sql`p.published_at is not null
    ${category === undefined ? sql`` : sql`and p.category_slug = ${category}`}
    ${seller === undefined ? sql`` : sql`and p.seller_id = (select seller_id from sellers where slug = ${seller})`}
    ${words === undefined ? sql`` : sql`and p.search @@ (${searchQuery(words)})`}`
}

/**
 * Every word as the beginning of a word as it stands, or by its stem. Needs at least one word. The stem is no beginning:
 * that would find "muggy" for "mugs", and reading a second range of the index costs as much as the first.
 */
function searchQuery(words: readonly string[]): Sql {
  return words
    .map((word) => sql`(to_tsquery('simple', ${`${word}:*`}) || to_tsquery('english', ${word}))`)
    .reduce((all, one) => sql`${all} && ${one}`)
}

/** Each ends in a unique column: pages of equals must not overlap. */
function orderBy(order: Order, words: readonly string[] | undefined): Sql {
  switch (order) {
    case 'featured':
      return sql`p.featured_score desc, p.product_id`
    case 'newest':
      return sql`p.published_at desc, p.product_id`
    case 'price-asc':
      return sql`p.price_cents, p.product_id`
    case 'price-desc':
      return sql`p.price_cents desc, p.product_id desc`
    case 'name':
      return sql`p.name, p.product_id`
    case 'relevance':
      // A word in the name counts ten times a word in the category (weights of D, C, B, A).
      return sql`ts_rank('{0,0,0.1,1}', p.search, ${searchQuery(words ?? [])}) * p.featured_score desc, p.product_id`
  }
}

type ProductRow = {
  product_id: string
  sku: string
  slug: string
  name: string
  description?: string
  category_slug: string
  category_name: string
  seller_id: string
  seller_slug: string
  seller_name: string
  seller_rating: number
  price_cents: number
  currency: string
  art_hue: number
  art_motif: string
  published_at: Date
  rating_average: number
  rating_count: number
}

type SellerRow = {
  seller_id: string
  slug: string
  name: string
  description: string
  city: string
  country: string
  hue: number
  joined_at: Date
  rating_average: number
  rating_count: number
  product_count: number
}

function cardOf(row: ProductRow): ProductCard {
  return {
    productId: row.product_id,
    sku: row.sku,
    slug: row.slug,
    name: row.name,
    category: { slug: row.category_slug, name: row.category_name },
    seller: {
      sellerId: row.seller_id,
      slug: row.seller_slug,
      name: row.seller_name,
      rating: row.seller_rating,
    },
    priceCents: row.price_cents,
    currency: row.currency,
    art: { hue: row.art_hue, motif: row.art_motif },
    publishedAt: row.published_at.toISOString(),
    rating: { average: row.rating_average, count: row.rating_count },
  }
}

function productOf(row: ProductRow): Product {
  return { ...cardOf(row), description: row.description ?? '' }
}

function sellerOf(row: SellerRow): Seller {
  return {
    sellerId: row.seller_id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    city: row.city,
    country: row.country,
    hue: row.hue,
    joinedAt: row.joined_at.toISOString(),
    rating: { average: row.rating_average, count: row.rating_count },
    productCount: row.product_count,
  }
}

import type { Database } from '../../../platform/db/database.ts'
import { sql, type Sql } from '../../../platform/db/sql.ts'
import type { CountedName, Facets, ProductCard } from '../contracts/api.ts'
import { priceFacet, priceSteps, ratingFacet, ratingSteps } from './facets.ts'
import type { KnownWord } from './nearest-word.ts'
import { countLimit, type Filter, type Order, type Term, type WordFacts } from './search-products.ts'
import type { Named } from './suggest.ts'

const RANKED = 2_000 // of a wide search only the most popular are ranked: reading every vector is the dear part
const MOST_NAMES = 20 // values of a facet
const SHORT = 5 // letters; so few share too few trigrams with what was meant

/** The reading side: the ports of the use cases on PostgreSQL full text and pg_trgm. */
export function searchStore(db: Database) {
  return {
    async lookAtWords(words: readonly string[]): Promise<WordFacts[]> {
      const rows = await db.query<{ word: string; synonyms: string[]; is_known: boolean }>(sql`
        select w.word, s.synonyms,
          ${beginsWith(sql`w.word`)} or cardinality(s.synonyms) > 0
            or exists (select from products where search @@ to_tsquery('english', w.word)) as is_known
        from unnest(${words}::text[]) with ordinality w (word, n)
        cross join lateral (select array(select means from synonyms s where s.word = w.word) as synonyms) s
        order by w.n`)
      return rows.map(({ word, synonyms, is_known }) => ({ word, synonyms, isKnown: is_known }))
    },

    async wordsLike(word: string): Promise<KnownWord[]> {
      const similar = sql`
        (select word, uses from vocabulary where word % ${word} order by similarity(word, ${word}) desc limit 24)`
      if ([...word].length > SHORT) return await db.query<KnownWord>(similar)
      return await db.query<KnownWord>(sql`
        ${similar} union
        (select word, uses from vocabulary
         where ${within(sql`word`, sql`left(${word}, 1)`)} and abs(length(word) - length(${word})) <= 1
         order by uses desc limit 400)`)
    },

    async findProducts(
      filter: Filter,
      order: Order,
      { offset, limit }: { offset: number; limit: number },
    ): Promise<ProductCard[]> {
      const rows = await db.query<{ card: ProductCard }>(
        order === 'relevance' && filter.terms.length > 0
          ? sql`
              select card from (
                select p.* from products p where ${matches(filter)} order by p.popularity desc limit ${RANKED}) p
              order by ts_rank('{0,0.05,0.15,1}', p.search, ${textQuery(filter.terms)}) * p.popularity desc,
                p.product_id
              limit ${limit} offset ${offset}`
          : sql`
              select card from products p where ${matches(filter)}
              order by ${orderBy(order)} limit ${limit} offset ${offset}`,
      )
      return rows.map(({ card }) => card)
    },

    async countFacets(filter: Filter): Promise<{ total: number; facets: Facets }> {
      const [row] = await db.query<{
        total: number
        categories: CountedName[]
        sellers: CountedName[]
        prices: Record<string, number>
        ratings: number[]
      }>(sql`
        with found as materialized (${candidates(filter)})
        select (select count(*) from found) as total,
          ${countedNames('category', filter.categories, facetSource(filter, 'categories'))} as categories,
          ${countedNames('seller', filter.sellers, facetSource(filter, 'sellers'))} as sellers,
          (select coalesce(jsonb_object_agg(step, count), '{}') from (
             select width_bucket(price_cents, ${priceSteps}::integer[]) as step, count(*)
             from ${facetSource(filter, 'price')} group by 1) counted) as prices,
          (select array_agg(count order by n) from (
             select n, count(f.rating_average)::integer as count from unnest(${ratingSteps}::integer[]) with ordinality s (least, n)
             left join ${facetSource(filter, 'rating')} on f.rating_average >= s.least group by n) counted) as ratings`)
      const { total, categories, sellers, prices, ratings } = row!
      return {
        total,
        facets: {
          categories,
          sellers,
          prices: priceFacet(Array.from({ length: priceSteps.length + 1 }, (_, i) => prices[i] ?? 0)),
          ratings: ratingFacet(ratings),
        },
      }
    },

    async popularProducts(limit: number): Promise<ProductCard[]> {
      const rows = await db.query<{ card: ProductCard }>(sql`
        select card from products p order by ${orderBy('featured')} limit ${limit}`)
      return rows.map(({ card }) => card)
    },

    async wordsBeginning(beginning: string, limit: number): Promise<string[]> {
      const rows = await db.query<{ word: string }>(sql`
        select word from vocabulary where ${within(sql`word`, sql`${beginning}::text`)}
        order by uses desc, word limit ${limit}`)
      return rows.map(({ word }) => word)
    },

    categories: (): Promise<Named[]> =>
      db.query<Named>(sql`
        select category_slug as slug, min(card #>> '{category,name}') as name from products group by 1 order by 2`),

    productsWith: (words: readonly string[], limit: number): Promise<Named[]> =>
      db.query<Named>(sql`
        select card ->> 'slug' as slug, name from (
          select card, name, popularity, product_id from products p
          where p.search @@ (${textQuery(words.map((word) => ({ word, synonyms: [] })))}) limit ${RANKED}) p
        order by popularity desc, product_id limit ${limit}`),
  }
}

type Facet = 'categories' | 'sellers' | 'price' | 'rating'

/** What the counts of a facet are taken from: all that was found, but for the choice made in the facet itself. */
function facetSource(filter: Filter, facet: Facet): Sql {
  const without: Filter = {
    ...filter,
    ...(facet === 'price' ? { priceMin: undefined, priceMax: undefined } : {}),
    ...(facet === 'rating' ? { rating: undefined } : {}),
    ...(facet === 'categories' || facet === 'sellers' ? { [facet]: [] } : {}),
  }
  const isChosen = {
    categories: filter.categories.length > 0,
    sellers: filter.sellers.length > 0,
    price: filter.priceMin !== undefined || filter.priceMax !== undefined,
    rating: filter.rating !== undefined,
  }[facet]
  return isChosen ? sql`(${candidates(without)}) f` : sql`found f`
}

function candidates(filter: Filter): Sql {
  return sql`
    select p.category_slug, p.seller_slug, p.price_cents, p.rating_average from products p where ${matches(filter)}
    order by p.popularity desc limit ${countLimit}`
}

/** The values of the most products, and the chosen ones even where nothing is left of them. */
function countedNames(column: 'category' | 'seller', chosen: readonly string[], source: Sql): Sql {
  const [slug, name] =
    column === 'category'
      ? [sql`category_slug`, sql`'{category,name}'`]
      : [sql`seller_slug`, sql`'{seller,name}'`]
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'name', name, 'count', count)
        order by count desc, name, slug), '[]')
    from (
      select slug, max(count) as count,
        (select card #>> ${name}::text[] from products named where named.${slug} = counted.slug limit 1) as name
      from (
        select f.${slug} as slug, count(*) as count from ${source} group by 1
        union all select unnest(${chosen}::text[]), 0) counted
      group by slug order by slug = any(${chosen}::text[]) desc, 2 desc, 1 limit ${MOST_NAMES}) best
    where name is not null)`
}

function matches({ terms, categories, sellers, priceMin, priceMax, rating }: Filter): Sql {
  return sql`true
    ${terms.length === 0 ? sql`` : sql`and p.search @@ (${textQuery(terms)})`}
    ${categories.length === 0 ? sql`` : sql`and p.category_slug = any(${categories}::text[])`}
    ${sellers.length === 0 ? sql`` : sql`and p.seller_slug = any(${sellers}::text[])`}
    ${priceMin === undefined ? sql`` : sql`and p.price_cents >= ${priceMin}`}
    ${priceMax === undefined ? sql`` : sql`and p.price_cents < ${priceMax}`}
    ${rating === undefined ? sql`` : sql`and p.rating_average >= ${rating}`}`
}

/**
 * Each word as the beginning of a word as it stands, by its stem, or by a synonym. The stem is no beginning: that would
 * find "muggy" for "mugs". Needs at least one term.
 */
function textQuery(terms: readonly Term[]): Sql {
  return terms
    .map(({ word, synonyms }) =>
      [word, ...synonyms]
        .map((one) => sql`to_tsquery('english', ${one})`)
        .reduce((any, one) => sql`${any} || ${one}`, sql`to_tsquery('simple', ${`${word}:*`})`),
    )
    .map((any) => sql`(${any})`)
    .reduce((all, one) => sql`${all} && ${one}`)
}

/** Each ends in a unique column: pages of equals must not overlap. */
function orderBy(order: Order): Sql {
  switch (order) {
    case 'newest':
      return sql`p.published_at desc, p.product_id`
    case 'price-asc':
      return sql`p.price_cents, p.product_id`
    case 'price-desc':
      return sql`p.price_cents desc, p.product_id desc`
    case 'name':
      return sql`p.name, p.product_id`
    case 'featured':
    case 'relevance':
      return sql`p.popularity desc, p.product_id`
  }
}

/** Some word of the vocabulary begins so. */
function beginsWith(beginning: Sql): Sql {
  return sql`exists (select from vocabulary v where ${within(sql`v.word`, beginning)})`
}

/** `column like beginning || '%'`, in a form an index serves although the beginning is not known when it is planned. */
function within(column: Sql, beginning: Sql): Sql {
  return sql`(${column} ~>=~ (${beginning}) and ${column} ~<~ (${beginning} || chr(1114111)))`
}

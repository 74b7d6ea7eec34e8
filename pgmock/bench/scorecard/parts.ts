// What makes data look lived in, as numbers that SQL computes in a restored database: nine parts, each from 0 to 100.
// A measure's query gives one number; `good` says how much of a point that number is worth.

export type Measure = {
  readonly name: string
  readonly sql: string
  readonly good: (value: number) => number
}

export type Part = { readonly name: string; readonly weight: number; readonly measures: readonly Measure[] }

/** A share: itself. */
const share = (value: number) => clamp(value)
/** As share, but anything from `enough` on is full. */
const atLeast = (enough: number) => (value: number) => clamp(value / enough)
const within =
  (low: number, high: number, slack = (high - low) / 2) =>
  (value: number) =>
    value < low ? clamp(1 - (low - value) / slack) : value > high ? clamp(1 - (value - high) / slack) : 1

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0
}

/** Share of the rows of `from` for which `condition` is true; NULL counts as false. */
const shareOf = (condition: string, from: string) =>
  `SELECT coalesce(avg(CASE WHEN ${condition} THEN 1.0 ELSE 0 END), 0) FROM ${from}`

const GINI = (parents: string, children: string, key: string) => `
  WITH c AS (SELECT count(k.${key})::float AS n FROM ${parents} p LEFT JOIN ${children} k ON k.${key} = p.id GROUP BY p.id),
  r AS (SELECT n, row_number() OVER (ORDER BY n) AS i, count(*) OVER () AS size, sum(n) OVER () AS total FROM c)
  SELECT coalesce(sum((2 * i - size - 1) * n) / nullif(max(size * total), 0), 0) FROM r`
const CHILDLESS = (parents: string, children: string, key: string) =>
  shareOf(`NOT EXISTS (SELECT FROM ${children} k WHERE k.${key} = p.id)`, `${parents} p`)

/** Half the sum of the differences of two sets of shares: 0 the same, 1 nothing in common. */
const VARIATION = (bucket: string, from: string, weights: readonly number[]) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const wanted = weights.map((weight, i) => `(${i}, ${weight / total}::float)`).join(', ')
  return `
  WITH wanted(b, w) AS (VALUES ${wanted}),
  got AS (SELECT (${bucket})::int AS b, count(*)::float / sum(count(*)) OVER () AS g FROM ${from} GROUP BY 1)
  SELECT sum(abs(coalesce(w, 0) - coalesce(g, 0))) / 2 FROM wanted FULL JOIN got USING (b)`
}

/** Hours of people who shop, weekdays from Monday: what the configured curves of pgmock's timestamps say. */
const HOURS = [
  1.2, 0.7, 0.4, 0.3, 0.3, 0.5, 1.1, 2.2, 3.6, 4.7, 5.4, 5.6, 5.7, 5.4, 5.2, 5.1, 5.2, 5.5, 6, 6.9, 7.6, 7.3,
  5.3, 2.8,
]
const WEEKDAYS = [1.1, 1.08, 1.05, 1.03, 1, 0.84, 0.92]
/** One to five stars, as shops show them. */
const STARS = [8, 5, 10, 24, 53]

const LOCAL_PART = `lower(regexp_replace(split_part(email, '@', 1), '[^[:alpha:]]', '', 'g'))`
const PLAIN = (column: string) =>
  `lower(regexp_replace(translate(${column}, 'áàâäãåéèêëíìîïóòôöõøúùûüñçýßÁÉÖÜØÅ', 'aaaaaaeeeeiiiioooooouuuuncysAEOUOA'), '[^[:alpha:]]', '', 'g'))`
const VALID = {
  email: String.raw`email ~ '^[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$'`,
  phone: String.raw`phone ~ '^\+?[0-9][0-9 ().x-]{6,22}$'`,
  country: `country_code IN (SELECT country FROM gazetteer)`,
  currency: `currency IN (SELECT currency FROM gazetteer)`,
  slug: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`,
  name: String.raw`first_name ~ '^[[:upper:]][[:alpha:] ''-]+$' AND last_name ~ '^[[:upper:]][[:alpha:] ''-]+$'`,
  sku: String.raw`sku ~ '^[A-Z0-9][A-Z0-9-]{3,19}$'`,
  // ISO 13616: letters count from 10, the first four characters go behind, the whole is 1 modulo 97.
  iban: `(SELECT string_agg(CASE WHEN c ~ '[A-Z]' THEN (ascii(c) - 55)::text ELSE c END, '' ORDER BY i)
    FROM regexp_split_to_table(substr(iban, 5) || left(iban, 4), '') WITH ORDINALITY AS t(c, i))::numeric % 97 = 1`,
}

export const parts: readonly Part[] = [
  {
    name: 'Semantic fit',
    weight: 15,
    measures: [
      { name: 'e-mail addresses', sql: shareOf(VALID.email, 'customers'), good: share },
      {
        name: 'telephone numbers',
        sql: shareOf(VALID.phone, 'customers WHERE phone IS NOT NULL'),
        good: share,
      },
      { name: 'names of people', sql: shareOf(VALID.name, 'customers'), good: share },
      { name: 'country codes', sql: shareOf(VALID.country, 'customers'), good: share },
      { name: 'currency codes', sql: shareOf(VALID.currency, 'customers'), good: share },
      { name: 'slugs', sql: shareOf(VALID.slug, 'products'), good: share },
      { name: 'stock numbers', sql: shareOf(VALID.sku, 'products'), good: share },
      {
        name: 'IBANs with their check digits',
        sql: `SELECT CASE WHEN bool_and(iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$') THEN (${shareOf(VALID.iban, 'accounts')}) ELSE 0 END FROM accounts`,
        good: share,
      },
      {
        name: 'review texts of several words',
        sql: shareOf(
          `array_length(regexp_split_to_array(body, ' '), 1) >= 5 AND body !~* 'lorem|dolor|ipsum|voluptat'`,
          'reviews',
        ),
        good: share,
      },
    ],
  },
  {
    name: 'Row coherence',
    weight: 15,
    measures: [
      {
        name: 'e-mail from the name',
        sql: shareOf(
          `${LOCAL_PART} LIKE '%' || ${PLAIN('last_name')} || '%' OR ${LOCAL_PART} LIKE '%' || ${PLAIN('first_name')} || '%'`,
          'customers',
        ),
        good: atLeast(0.8),
      },
      {
        name: 'city, region and country are one place',
        sql: shareOf(
          'EXISTS (SELECT FROM gazetteer g WHERE (g.city, g.region, g.country) = (c.city, c.state, c.country_code))',
          'customers c',
        ),
        good: atLeast(0.99),
      },
      {
        name: 'telephone prefix of the country',
        sql: shareOf(
          'EXISTS (SELECT FROM gazetteer g WHERE g.country = c.country_code AND c.phone LIKE g.prefix || $$%$$)',
          'customers c WHERE phone IS NOT NULL',
        ),
        good: atLeast(0.99),
      },
      {
        name: 'currency of the country',
        sql: shareOf(
          'EXISTS (SELECT FROM gazetteer g WHERE (g.country, g.currency) = (c.country_code, c.currency))',
          'customers c',
        ),
        good: atLeast(0.99),
      },
      {
        name: 'salutation and gender',
        sql: shareOf(
          `(gender IN ('female', 'f', 'Female') AND salutation ~ '^(Ms|Mrs|Miss)') OR (gender IN ('male', 'm', 'Male') AND salutation ~ '^Mr') OR salutation ~ '^(Dr|Prof|Mx)'`,
          'customers',
        ),
        good: atLeast(0.99),
      },
      {
        name: 'slug of the name',
        sql: shareOf(
          `slug = trim(BOTH '-' FROM regexp_replace(lower(translate(replace(name, '&', ' and '), 'éèüöäß', 'eeuoas')), '[^a-z0-9]+', '-', 'g'))`,
          'products',
        ),
        good: share,
      },
    ],
  },
  {
    name: 'Arithmetic',
    weight: 10,
    measures: [
      {
        name: 'total of an order',
        sql: shareOf(
          'abs(o.total - (SELECT round(sum(l.line_total) * (100 - o.discount_percent) / 100, 2) FROM order_lines l WHERE l.order_id = o.id)) < 0.02',
          'orders o',
        ),
        good: share,
      },
      {
        name: 'total of a line',
        sql: shareOf('line_total = quantity * unit_price', 'order_lines'),
        good: share,
      },
      {
        name: 'price of the product in the line',
        sql: shareOf('l.unit_price = p.price', 'order_lines l JOIN products p ON p.id = l.product_id'),
        good: share,
      },
      {
        name: 'balance of an account',
        sql: shareOf(
          'coalesce(a.balance, 0) = coalesce((SELECT sum(amount) FROM entries e WHERE e.account_id = a.id), 0)',
          'accounts a',
        ),
        good: share,
      },
      { name: 'percentages', sql: shareOf('discount_percent BETWEEN 0 AND 100', 'orders'), good: share },
    ],
  },
  {
    name: 'Time',
    weight: 10,
    measures: [
      { name: 'created before updated', sql: shareOf('updated_at >= created_at', 'customers'), good: share },
      {
        name: 'paid after ordered',
        sql: shareOf('paid_at >= created_at', 'orders WHERE paid_at IS NOT NULL'),
        good: share,
      },
      {
        name: 'shipped after paid',
        sql: shareOf('shipped_at >= paid_at', 'orders WHERE shipped_at IS NOT NULL'),
        good: share,
      },
      {
        name: 'orders after their customer',
        sql: shareOf('o.created_at >= c.created_at', 'orders o JOIN customers c ON c.id = o.customer_id'),
        good: share,
      },
      {
        name: 'nothing in the future',
        sql: shareOf('greatest(created_at, paid_at) <= (SELECT now FROM clock)', 'orders'),
        good: share,
      },
      {
        name: 'later rows later',
        sql: `SELECT corr(i, t) FROM (SELECT rank() OVER (ORDER BY id) AS i, rank() OVER (ORDER BY created_at) AS t FROM orders) AS r`,
        good: atLeast(0.95),
      },
      {
        name: 'hours of the day',
        sql: VARIATION(`extract(hour FROM created_at AT TIME ZONE 'UTC')`, 'orders', HOURS),
        good: (value) => clamp(1 - value / 0.25),
      },
      {
        name: 'days of the week',
        sql: VARIATION(`extract(isodow FROM created_at AT TIME ZONE 'UTC') - 1`, 'orders', WEEKDAYS),
        good: (value) => clamp(1 - value / 0.05),
      },
    ],
  },
  {
    name: 'Fan-out',
    weight: 10,
    measures: [
      ...(
        [
          ['customers', 'orders', 'customer_id'],
          ['products', 'order_lines', 'product_id'],
          ['products', 'reviews', 'product_id'],
          ['accounts', 'entries', 'account_id'],
        ] as const
      ).flatMap(([parents, children, key]) => [
        { name: `Gini of ${children} per ${key}`, sql: GINI(parents, children, key), good: within(0.3, 0.6) },
        {
          name: `${parents} without ${children}`,
          sql: CHILDLESS(parents, children, key),
          good: within(0, 0.35),
        },
      ]),
      {
        name: 'Gini of order_lines per order_id',
        sql: GINI('orders', 'order_lines', 'order_id'),
        good: within(0.15, 0.45),
      },
    ],
  },
  {
    name: 'Marginals',
    weight: 10,
    measures: [
      {
        name: 'NULL rate of phone (10 %)',
        sql: shareOf('phone IS NULL', 'customers'),
        good: within(0.1 - 3 * 0.0047, 0.1 + 3 * 0.0047, 0.1),
      },
      {
        name: 'NULL rate of paid_at (10 %)',
        sql: shareOf('paid_at IS NULL', 'orders'),
        good: within(0.1 - 3 * 0.0027, 0.1 + 3 * 0.0027, 0.1),
      },
      {
        name: 'stars as shops have them',
        sql: VARIATION('rating - 1', 'reviews', STARS),
        good: (value) => clamp(1 - value / 0.4),
      },
      { name: 'a few statuses', sql: 'SELECT count(DISTINCT status) FROM orders', good: within(3, 8, 6) },
      {
        name: 'most orders are settled',
        sql: `SELECT max(n)::float / sum(n) FROM (SELECT count(*) AS n FROM orders GROUP BY status) AS s`,
        good: within(0.4, 0.9),
      },
      {
        name: 'skew of prices',
        sql: `SELECT avg(price) / nullif(percentile_cont(0.5) WITHIN GROUP (ORDER BY price), 0) FROM products`,
        good: within(1.15, 6, 0.15),
      },
      {
        name: 'spread of text lengths',
        sql: 'SELECT stddev(length(body)) / nullif(avg(length(body)), 0) FROM reviews',
        good: within(0.2, 1),
      },
      {
        name: 'share of the commonest surname',
        sql: `SELECT max(n)::float / sum(n) FROM (SELECT count(*) AS n FROM customers GROUP BY last_name) AS s`,
        good: within(0.008, 0.05, 0.008),
      },
      {
        name: 'prices that end like prices',
        sql: shareOf(`price::text ~ '[.](99|95|00|50|49|90)$'`, 'products'),
        good: atLeast(0.9),
      },
    ],
  },
  {
    name: 'Pair trends',
    weight: 5,
    measures: [
      {
        name: 'price by category (eta²)',
        sql: `WITH g AS (SELECT avg(ln(greatest(price, 0.01))) AS m, count(*) AS n FROM products GROUP BY category_id), a AS (SELECT avg(ln(greatest(price, 0.01))) AS m, var_pop(ln(greatest(price, 0.01))) AS v, count(*) AS n FROM products)
      SELECT sum(g.n * (g.m - a.m) ^ 2) / max(a.n) / max(a.v) FROM g, a`,
        good: atLeast(0.15),
      },
      {
        name: 'total by number of lines',
        sql: `SELECT corr(n, total) FROM (SELECT o.total, count(*) AS n FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY o.id) AS t`,
        good: atLeast(0.3),
      },
      {
        name: 'words of a review by its stars',
        sql: `SELECT abs(avg((body ~* 'refund|broke|returned|gave up|cheap|missing')::int) FILTER (WHERE rating <= 2) - avg((body ~* 'refund|broke|returned|gave up|cheap|missing')::int) FILTER (WHERE rating >= 4)) FROM reviews`,
        good: atLeast(0.3),
      },
      {
        name: 'currency by country (mutual information)',
        sql: `WITH p AS (SELECT country_code AS c, currency AS u, count(*)::float / sum(count(*)) OVER () AS p FROM customers GROUP BY 1, 2),
      c AS (SELECT c, sum(p) AS pc FROM p GROUP BY 1), u AS (SELECT u, sum(p) AS pu FROM p GROUP BY 1)
      SELECT sum(p * ln(p / (pc * pu))) / nullif((SELECT -sum(pu * ln(pu)) FROM u), 0) FROM p JOIN c USING (c) JOIN u USING (u)`,
        good: atLeast(0.95),
      },
    ],
  },
  {
    name: 'Planner view',
    weight: 5,
    measures: [
      {
        name: 'physical order of created_at',
        sql: `SELECT coalesce(max(correlation), 0) FROM pg_stats WHERE tablename = 'orders' AND attname = 'created_at'`,
        good: atLeast(0.9),
      },
      {
        name: 'commonest country',
        sql: `SELECT coalesce(max(most_common_freqs[1]), 0) FROM pg_stats WHERE tablename = 'customers' AND attname = 'country_code'`,
        good: within(0.1, 0.6, 0.1),
      },
      {
        name: 'commonest product over an even share',
        sql: `SELECT coalesce(max(most_common_freqs[1]), 0) * 600 FROM pg_stats WHERE tablename = 'order_lines' AND attname = 'product_id'`,
        good: within(3, 60, 3),
      },
      {
        name: 'different cities',
        sql: `SELECT CASE WHEN n_distinct < 0 THEN -n_distinct * 4000 ELSE n_distinct END FROM pg_stats WHERE tablename = 'customers' AND attname = 'city'`,
        good: within(20, 1500, 500),
      },
      {
        name: 'few values of status',
        sql: `SELECT CASE WHEN n_distinct < 0 THEN 12000 ELSE n_distinct END FROM pg_stats WHERE tablename = 'orders' AND attname = 'status'`,
        good: within(3, 10, 10),
      },
      {
        name: 'NULLs of phone',
        sql: `SELECT null_frac FROM pg_stats WHERE tablename = 'customers' AND attname = 'phone'`,
        good: within(0.07, 0.13, 0.07),
      },
    ],
  },
]

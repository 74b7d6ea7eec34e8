// Run in a folder where drizzle-orm, drizzle-seed and pg are installed: fills the tables the way drizzle-seed does when it
// is told the tables, their references and how many rows. Arguments: socket folder, database, counts as JSON.

// Peers that are measured once and are no dependency of ours.
const peer = (name) => import(name)

const { drizzle } = await peer('drizzle-orm/node-postgres')
const { char, integer, numeric, pgTable, primaryKey, serial, smallint, text, timestamp } =
  await peer('drizzle-orm/pg-core')
const { seed } = await peer('drizzle-seed')
const { default: pg } = await peer('pg')

const [host, database, countsText] = process.argv.slice(2)
const counts = JSON.parse(countsText)
const at = (name) => timestamp(name, { withTimezone: true })

const categories = pgTable('categories', { id: serial('id').primaryKey(), name: text('name').notNull() })
const customers = pgTable('customers', {
  id: serial('id').primaryKey(),
  salutation: text('salutation').notNull(),
  gender: text('gender').notNull(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  email: text('email').notNull().unique(),
  phone: text('phone'),
  city: text('city').notNull(),
  state: text('state').notNull(),
  postalCode: text('postal_code').notNull(),
  countryCode: char('country_code', { length: 2 }).notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
})
const products = pgTable('products', {
  id: serial('id').primaryKey(),
  categoryId: integer('category_id')
    .notNull()
    .references(() => categories.id),
  sku: text('sku').notNull().unique(),
  name: text('name').notNull(),
  slug: text('slug').notNull(),
  price: numeric('price', { precision: 10, scale: 2 }).notNull(),
  createdAt: at('created_at').notNull(),
})
const orders = pgTable('orders', {
  id: serial('id').primaryKey(),
  customerId: integer('customer_id')
    .notNull()
    .references(() => customers.id),
  status: text('status').notNull(),
  discountPercent: numeric('discount_percent', { precision: 5, scale: 2 }).notNull(),
  createdAt: at('created_at').notNull(),
  paidAt: at('paid_at'),
  shippedAt: at('shipped_at'),
  total: numeric('total', { precision: 12, scale: 2 }).notNull(),
})
const orderLines = pgTable(
  'order_lines',
  {
    orderId: integer('order_id')
      .notNull()
      .references(() => orders.id),
    lineNo: smallint('line_no').notNull(),
    productId: integer('product_id')
      .notNull()
      .references(() => products.id),
    quantity: integer('quantity').notNull(),
    unitPrice: numeric('unit_price', { precision: 10, scale: 2 }).notNull(),
    lineTotal: numeric('line_total', { precision: 12, scale: 2 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.lineNo] })],
)
const reviews = pgTable('reviews', {
  id: serial('id').primaryKey(),
  productId: integer('product_id')
    .notNull()
    .references(() => products.id),
  customerId: integer('customer_id')
    .notNull()
    .references(() => customers.id),
  rating: smallint('rating').notNull(),
  body: text('body').notNull(),
  createdAt: at('created_at').notNull(),
})
const accounts = pgTable('accounts', {
  id: serial('id').primaryKey(),
  customerId: integer('customer_id')
    .notNull()
    .references(() => customers.id),
  iban: text('iban').notNull().unique(),
  balance: numeric('balance', { precision: 14, scale: 2 }).notNull(),
})
const entries = pgTable('entries', {
  id: serial('id').primaryKey(),
  accountId: integer('account_id')
    .notNull()
    .references(() => accounts.id),
  amount: numeric('amount', { precision: 12, scale: 2 }).notNull(),
  createdAt: at('created_at').notNull(),
})

const client = new pg.Client({ host, user: 'postgres', database })
await client.connect()
const schema = { categories, customers, products, orders, orderLines, reviews, accounts, entries }
await seed(drizzle(client), schema, { seed: 1 }).refine(() =>
  Object.fromEntries(
    Object.keys(schema).map((name) => [
      name,
      { count: counts[name === 'orderLines' ? 'order_lines' : name] },
    ]),
  ),
)
await client.end()

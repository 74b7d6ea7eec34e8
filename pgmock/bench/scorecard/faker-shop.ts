// The same tables as a plain faker loop fills them: each field by faker's function for it, references at random. What
// is easy in a loop is done (an e-mail from the name, a line's total, a date after another).

import { faker } from '@faker-js/faker'

export type Counts = Readonly<Record<string, number>>

/** SQL that copies the rows in, tables in any order: constraints come later. */
export function fakerShop(counts: Counts, now: Date): string {
  faker.seed(1)
  faker.setDefaultRefDate(now)
  const { number, person, internet, location, finance, commerce, date, lorem, helpers } = faker
  const money = (max: number) => number.float({ min: 1, max, fractionDigits: 2 }).toFixed(2)
  const id = (table: string) => number.int({ min: 1, max: counts[table]! })
  const tables: Record<string, (row: number) => Record<string, string | number | Date | undefined>> = {
    categories: () => ({ name: commerce.department() }),
    customers: (row) => {
      const sex = person.sexType()
      const [firstName, lastName] = [person.firstName(sex), person.lastName()]
      const created = date.past({ years: 3 })
      return {
        salutation: person.prefix(),
        gender: sex,
        first_name: firstName,
        last_name: lastName,
        email: internet.email({ firstName, lastName: `${lastName}${row}` }).toLowerCase(),
        phone: helpers.maybe(() => faker.phone.number(), { probability: 0.9 }),
        city: location.city(),
        state: location.state(),
        postal_code: location.zipCode(),
        country_code: location.countryCode(),
        currency: finance.currencyCode(),
        created_at: created,
        updated_at: date.between({ from: created, to: now }),
      }
    },
    products: () => {
      const name = commerce.productName()
      return {
        category_id: id('categories'),
        sku: faker.string.alphanumeric({ length: 10, casing: 'upper' }),
        name,
        slug: helpers.slugify(name).toLowerCase(),
        price: commerce.price(),
        created_at: date.past({ years: 3 }),
      }
    },
    orders: () => {
      const created = date.past({ years: 2 })
      return {
        customer_id: id('customers'),
        status: helpers.arrayElement(['pending', 'paid', 'shipped', 'delivered', 'cancelled']),
        discount_percent: number.int({ min: 0, max: 50 }),
        created_at: created,
        paid_at: helpers.maybe(() => date.soon({ days: 5, refDate: created }), { probability: 0.9 }),
        shipped_at: helpers.maybe(() => date.soon({ days: 10, refDate: created }), { probability: 0.9 }),
        total: money(500),
      }
    },
    order_lines: (row) => {
      const [quantity, price] = [number.int({ min: 1, max: 5 }), Number(commerce.price())]
      return {
        order_id: (row % counts['orders']!) + 1,
        line_no: Math.floor(row / counts['orders']!) + 1,
        product_id: id('products'),
        quantity,
        unit_price: price.toFixed(2),
        line_total: (quantity * price).toFixed(2),
      }
    },
    reviews: () => ({
      product_id: id('products'),
      customer_id: id('customers'),
      rating: number.int({ min: 1, max: 5 }),
      body: lorem.sentences({ min: 1, max: 3 }),
      created_at: date.past({ years: 2 }),
    }),
    accounts: () => ({ customer_id: id('customers'), iban: finance.iban(), balance: finance.amount() }),
    entries: () => ({
      account_id: id('accounts'),
      amount: finance.amount(),
      created_at: date.past({ years: 2 }),
    }),
  }
  return Object.entries(tables)
    .map(([table, make]) => {
      const rows = Array.from({ length: counts[table]! }, (_, row) => ({
        ...(table === 'order_lines' ? {} : { id: row + 1 }),
        ...make(row),
      }))
      const lines = rows.map((row) => Object.values(row).map(copyText).join('\t'))
      return `COPY public.${table} (${Object.keys(rows[0]!).join(', ')}) FROM stdin;\n${lines.join('\n')}\n\\.\n${
        table === 'order_lines' ? '' : `SELECT setval('public.${table}_id_seq', ${counts[table]});\n`
      }`
    })
    .join('\n')
}

function copyText(value: string | number | Date | undefined): string {
  if (value === undefined) return '\\N'
  if (value instanceof Date) return value.toISOString()
  return String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

// A shop: the columns of one product in a row (name, brand, price, description …) describe the same thing, of the
// category the table's context names (`"context": { "category": "category_id.name" }`) or of a drawn one.

import { evenDictionary, weightedDictionary, zipfDictionary } from '../bytes/dictionary.ts'
import { below, fraction } from '../bytes/hash.ts'
import { quantile } from '../bytes/quantiles.ts'
import { isInteger } from '../schema/pg-type.ts'
import { literal, number, padded, plainCell, textOf, word, wordAt } from './cell.ts'
import { fromList } from './from-list.ts'
import { lineTotal } from './line-total.ts'
import {
  brandNames,
  capital,
  categoryOf,
  choose,
  description,
  priceCents,
  productName,
  productOf,
} from './products.ts'
import {
  INTEGER_KINDS,
  NUMBER_KINDS,
  TEXT_KINDS,
  type Generator,
  type GeneratorContext,
} from './generator.ts'
import { decimal, FLOAT, INT, scaleOf, TEXT, valueTypeOf } from './value-type.ts'
import { categories, colors, shopWords } from './words/commerce.ts'
import { carriers, orderStatuses, paymentMethods } from './words/other.ts'

const categoryNames = evenDictionary(categories.map(({ name }) => name))
const categorySlugs = evenDictionary(categories.map(({ slug }) => slug))
const colorNames = zipfDictionary(colors.map(([name]) => name))
const colorCodes = zipfDictionary(colors.map(([, code]) => code))
const carrierNames = zipfDictionary(carriers)
const payments = zipfDictionary(paymentMethods)
const sizes = weightedDictionary(['XS', 'S', 'M', 'L', 'XL', 'XXL'], [5, 18, 30, 27, 14, 6])
const shopFirst = evenDictionary(shopWords.first)
const shopSecond = evenDictionary(shopWords.second)

/** Cents in the column's own unit: whole cents for integers, 10^-scale for numeric, money for floats. */
function inColumn(context: GeneratorContext, cents: (row: number) => number) {
  const type = isInteger(context.type) ? INT : valueTypeOf(context.type)
  if (type.kind === 'int' && isInteger(context.type)) return plainCell(INT, cents)
  if (type.kind === 'float') return plainCell(FLOAT, (row) => cents(row) / 100)
  const scale = scaleOf(type)
  return plainCell(decimal(scale), (row) => Math.round(cents(row) * 10 ** (scale - 2)))
}

export const commerceGenerators: readonly Generator[] = [
  {
    name: 'category',
    family: 'commerce',
    distinctRows: categories.length,
    summary: `Name of a shop's category; the first ${categories.length} rows get one each`,
    fits: TEXT_KINDS,
    make: (context) => textOf(wordAt(categoryNames, categoryRow(context))),
  },
  {
    name: 'category_slug',
    family: 'commerce',
    distinctRows: categories.length,
    summary: 'The same category as a slug',
    fits: TEXT_KINDS,
    make: (context) => textOf(wordAt(categorySlugs, categoryRow(context))),
  },
  {
    name: 'category_description',
    family: 'commerce',
    summary: 'One sentence about the category',
    fits: TEXT_KINDS,
    make: (context) => {
      const index = categoryRow(context)
      return plainCell(TEXT, (row) => categories[index(row)]!.summary, 80)
    },
  },
  {
    name: 'product_name',
    family: 'commerce',
    summary: "Name of a product of the row's category",
    fits: TEXT_KINDS,
    make: (context) => {
      const product = productOf(context)
      return plainCell(TEXT, (row) => productName(product(row)), 70)
    },
  },
  {
    name: 'product_description',
    family: 'commerce',
    summary: 'Two or three sentences about the same product',
    fits: TEXT_KINDS,
    make: (context) => {
      const product = productOf(context)
      return plainCell(TEXT, (row) => description(product(row)), 260)
    },
  },
  {
    name: 'product_noun',
    family: 'commerce',
    summary: 'What the product of the row is, in a word or two',
    fits: TEXT_KINDS,
    make(context) {
      const product = productOf(context)
      return plainCell(TEXT, (row) => product(row).noun.name, 24)
    },
  },
  {
    name: 'brand',
    family: 'commerce',
    summary: 'Brand of the product (invented)',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(brandNames, context.shared('brand'))),
  },
  {
    name: 'price',
    family: 'commerce',
    summary: "Price of the row's product with a shop's endings; whole cents in integer columns",
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const product = productOf(context)
      return inColumn(context, (row) => priceCents(product(row)))
    },
  },
  {
    name: 'cost',
    family: 'commerce',
    summary: 'What the product costs the seller: 35 to 70 % of its price',
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const product = productOf(context)
      const draw = context.draw()
      return inColumn(context, (row) =>
        Math.round(priceCents(product(row)) * (0.35 + fraction(draw(row)) * 0.35)),
      )
    },
  },
  {
    name: 'sku',
    family: 'commerce',
    summary: 'Stock number with the code of the category: ELE-004217',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const category = categoryOf(context)
      const width = Math.max(6, String(context.rows).length)
      const index = context.permuted(10 ** width)
      return plainCell(
        TEXT,
        (row) => `${category(row).code}-${String(index(row)).padStart(width, '0')}`,
        width + 4,
      )
    },
  },
  {
    name: 'ean13',
    family: 'commerce',
    summary: 'Article number with its check digit, in the range 20 for use inside a company',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e10)
      return plainCell(TEXT, (row) => withEanChecksum(`20${String(index(row)).padStart(10, '0')}`), 13)
    },
  },
  {
    name: 'color',
    family: 'commerce',
    summary: 'Colour name',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(colorNames, context.shared('color'))),
  },
  {
    name: 'color_hex',
    family: 'commerce',
    summary: 'The same colour as #rrggbb',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(colorCodes, context.shared('color'))),
  },
  {
    name: 'material',
    family: 'commerce',
    summary: 'What the product is made of',
    fits: TEXT_KINDS,
    make: (context) => {
      const product = productOf(context)
      return plainCell(TEXT, (row) => choose(product(row).category.materials, product(row).seed, 4), 24)
    },
  },
  {
    name: 'size',
    family: 'commerce',
    summary: 'Clothing size, XS to XXL',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(sizes, context.draw())),
  },
  {
    name: 'weight_grams',
    family: 'commerce',
    summary: 'Weight in grams, 20 g to 12 kg, mostly light',
    range: [20, 12_000],
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const type = valueTypeOf(context.type)
      const grams = quantile('lognormal', { min: 20, max: 12_000, mean: 900 })
      const draw = context.draw()
      return plainCell(type, (row) => Math.round(grams(fraction(draw(row)))) * 10 ** scaleOf(type))
    },
  },
  {
    name: 'shop_name',
    family: 'commerce',
    summary: "A seller's name: Copper & Pine",
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const size = shopFirst.words.length * shopSecond.words.length
      const third = brandNames.words.length
      // Two words as long as they last, then a brand in front: distinct for size * (third + 1) sellers.
      const index = context.permuted(Math.max(size, context.rows))
      if (context.rows > size * (third + 1))
        context.refuse('unique-space-too-small', `shop_name has ${size * (third + 1)} different values`)
      return plainCell(
        TEXT,
        (row) => {
          const at = index(row)
          const pair = at % size
          const [first, second] = [
            shopFirst.words[pair % shopFirst.words.length]!,
            shopSecond.words[Math.floor(pair / shopFirst.words.length)]!,
          ]
          return at < size
            ? `${first} ${second}`
            : `${brandNames.words[Math.floor(at / size) - 1]!} ${first} ${second}`
        },
        36,
      )
    },
  },
  {
    name: 'shop_description',
    family: 'commerce',
    summary: 'What a seller says about the shop',
    fits: TEXT_KINDS,
    make: (context) => {
      const category = categoryOf(context)
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const seed = draw(row)
          const { name, uses, features } = category(row)
          return `${choose(['Two friends and a workshop', 'A family shop', 'A small team by the sea', 'Since 2009', 'Started at a kitchen table', 'Third generation'], seed, 1)}, ${choose(['specialised in', 'selling', 'obsessed with', 'collecting the best of'], seed, 2)} ${name.toLowerCase()} for ${choose(uses, seed, 3)}. ${capital(choose(features, seed, 4))}, or your money back.`
        },
        240,
      )
    },
  },
  {
    name: 'quantity',
    family: 'commerce',
    summary: 'How many: mostly one, rarely more than five',
    range: [1, 10],
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    options: { max: { kind: 'number', summary: 'largest quantity, default 10' } },
    make: (context) => {
      const type = valueTypeOf(context.type)
      const max = context.number('max') ?? 10
      const many = quantile('exponential', { min: 1, max: max + 1, mean: 1.9 })
      const draw = context.draw()
      return plainCell(
        type,
        (row) => Math.min(max, Math.floor(many(fraction(draw(row))))) * 10 ** scaleOf(type),
      )
    },
  },
  {
    name: 'stock',
    family: 'commerce',
    summary: 'Pieces on hand: log-normal, some sold out',
    fits: INTEGER_KINDS,
    uniqueness: 'never',
    options: { max: { kind: 'number', summary: 'largest stock, default 500' } },
    make: (context) => {
      const type = valueTypeOf(context.type)
      const pieces = quantile('lognormal', { min: 1, max: context.number('max') ?? 500, mean: 60 })
      const draw = context.draw()
      const empty = context.draw('sold out')
      return plainCell(type, (row) =>
        fraction(empty(row)) < 0.04 ? 0 : Math.floor(pieces(fraction(draw(row)))) * 10 ** scaleOf(type),
      )
    },
  },
  {
    name: 'discount_percent',
    family: 'commerce',
    summary: '0 for most, else 5 to 50 in steps of five',
    range: [0, 50],
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const type = valueTypeOf(context.type)
      const draw = context.draw()
      return plainCell(type, (row) => {
        const part = fraction(draw(row))
        return part < 0.7 ? 0 : 5 * (1 + Math.floor(((part - 0.7) / 0.3) ** 2 * 10)) * 10 ** scaleOf(type)
      })
    },
  },
  {
    name: 'order_number',
    family: 'commerce',
    summary: 'What the customer quotes on the telephone: ORD-100042',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: {
      prefix: { kind: 'text', summary: 'default ORD-' },
      start: { kind: 'number', summary: 'default 100001' },
    },
    make: (context) => {
      const start = context.number('start') ?? 100_001
      return textOf(
        literal(context.text('prefix') ?? 'ORD-'),
        number((row) => start + row, 12),
      )
    },
  },
  {
    name: 'tracking_number',
    family: 'commerce',
    summary: 'Parcel number of 14 characters',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e12)
      return textOf(literal('1Z'), padded(index, 12))
    },
  },
  {
    name: 'carrier',
    family: 'commerce',
    summary: 'Who brings the parcel',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(carrierNames, context.shared('carrier'))),
  },
  {
    name: 'coupon_code',
    family: 'commerce',
    summary: 'SPRING15-style code',
    fits: TEXT_KINDS,
    make: (context) => {
      const words = evenDictionary([
        'SPRING',
        'SUMMER',
        'AUTUMN',
        'WINTER',
        'WELCOME',
        'THANKS',
        'FRIEND',
        'WEEKEND',
      ])
      const draw = context.draw('percent')
      return textOf(
        word(words, context.draw()),
        number((row) => 5 * (1 + below(draw(row), 6)), 2),
      )
    },
  },
  lineTotal,
  fromList('order_status', 'commerce', 'delivered mostly, shipped, paid …', orderStatuses),
  {
    name: 'payment_method',
    family: 'commerce',
    summary: 'card, paypal, bank_transfer …',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(payments, context.shared('payment method'))),
  },
]

function categoryRow(context: GeneratorContext): (row: number) => number {
  if (context.rows <= categories.length) return (row) => row % categories.length
  const draw = context.shared('category')
  return (row) => (row < categories.length ? row : below(draw(row), categories.length))
}

/** GS1 check digit: weights 1 and 3 from the left over twelve digits. */
function withEanChecksum(digits: string): string {
  const sum = Array.from(digits).reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

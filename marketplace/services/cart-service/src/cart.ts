import type { ProductCard } from '../../catalog-service/contracts/api.ts'
import type { Stock } from '../../inventory-service/contracts/api.ts'
import type { Cart, CartGroup, CartLine, CartLineStatus, CartSeller, CartState } from '../contracts/api.ts'

export const mostLines = 50
const CURRENCY = 'EUR' // of an empty cart; the shop sells in one currency so far

/** What is kept of a cart: prices and stock are not, they are looked up. */
export type StoredCart = {
  readonly cartId: string
  readonly state: CartState
  readonly lines: readonly StoredLine[]
}

export type StoredLine = { readonly sku: string; readonly quantity: number; readonly seen: SeenProduct }

/** The product as the buyer saw it when putting it in. */
export type SeenProduct = {
  readonly slug: string
  readonly name: string
  readonly seller: CartSeller
  readonly art: CartLine['art']
  readonly priceCents: number
  readonly currency: string
}

/** What catalogue and stock say this moment about the SKUs that were asked for. */
export type Facts = {
  readonly asked: ReadonlySet<string>
  readonly products: ReadonlyMap<string, ProductCard>
  readonly stock: ReadonlyMap<string, Stock>
}

export function seenNow(product: ProductCard): SeenProduct {
  const { slug, name, seller, art, priceCents, currency } = product
  return {
    slug,
    name,
    seller: { sellerId: seller.sellerId, slug: seller.slug, name: seller.name },
    art,
    priceCents,
    currency,
  }
}

/** The cart at the prices and stock of `facts`, lines by seller, sellers and lines in the order they came in. */
export function priceCart({ cartId, state, lines }: StoredCart, facts: Facts): Cart {
  const priced = lines.map((line) => ({ seller: line.seen.seller, line: priceLine(line, facts) }))
  const groups: CartGroup[] = [...Map.groupBy(priced, ({ seller }) => seller.sellerId).values()].map(
    (members) => ({
      seller: members[0]!.seller,
      subtotalCents: sum(members.map(({ line }) => line.lineTotalCents)),
      lines: members.map(({ line }) => line),
    }),
  )
  return {
    cartId,
    state,
    currency: lines[0]?.seen.currency ?? CURRENCY,
    itemCount: sum(priced.map(({ line }) => (line.status === 'gone' ? 0 : line.quantity))),
    subtotalCents: sum(groups.map(({ subtotalCents }) => subtotalCents)),
    groups,
  }
}

function priceLine({ sku, quantity, seen }: StoredLine, facts: Facts): CartLine {
  const product = facts.products.get(sku)
  const stock = facts.stock.get(sku)
  const unitPriceCents = product?.priceCents ?? seen.priceCents
  const priceChanged = unitPriceCents !== seen.priceCents
  return {
    sku,
    slug: product?.slug ?? seen.slug,
    name: product?.name ?? seen.name,
    art: product?.art ?? seen.art,
    quantity,
    unitPriceCents,
    lineTotalCents: product ? quantity * unitPriceCents : 0,
    priceChanged,
    ...(priceChanged && { previousUnitPriceCents: seen.priceCents }),
    available: product ? (stock?.available ?? 0) : 0,
    status: product ? statusOf(quantity, stock) : 'gone',
  }
}

function statusOf(quantity: number, stock: Stock | undefined): CartLineStatus {
  if (!stock || stock.available === 0) return 'sold-out'
  if (stock.available < quantity) return 'not-enough'
  return stock.status
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

import { ShopError } from '../../../platform/errors.ts'
import type { Address, Checkout as CheckoutBody, CheckoutFailure, ShippingChoices } from '../contracts/api.ts'
import { quote, type LineGroup, type Methods } from './quote.ts'
import { servedCountries, vatRateOf } from './vat.ts'

// A checkout and what the buyer may do to it before placing. Pure.

export type Checkout = {
  readonly checkoutId: string
  readonly cartId: string
  /** Undefined for a guest. */
  readonly buyerId: string | undefined
  readonly status: 'open' | 'processing' | 'completed'
  readonly currency: string
  readonly groups: readonly LineGroup[]
  readonly address: Address | undefined
  readonly methods: Methods
  readonly attempts: number
  /** Why the last attempt to place was refused. */
  readonly failure: CheckoutFailure | undefined
  readonly order: { readonly orderId: string; readonly orderToken: string } | undefined
  readonly createdAt: string
}

export function withAddress(checkout: Checkout, address: Address): Checkout {
  assertOpen(checkout)
  if (vatRateOf(address.country) === undefined)
    throw new ShopError(
      'country-not-served',
      { countries: servedCountries },
      `We do not deliver to ${address.country} yet.`,
    )
  return { ...checkout, address }
}

export function withShipping(checkout: Checkout, { choices }: ShippingChoices): Checkout {
  assertOpen(checkout)
  const sellers = new Set(checkout.groups.map(({ sellerId }) => sellerId))
  const sellerIds = choices.map(({ sellerId }) => sellerId).filter((sellerId) => !sellers.has(sellerId))
  if (sellerIds.length > 0)
    throw new ShopError(
      'unknown-seller',
      { sellerIds },
      'Name only sellers whose goods are in this checkout.',
    )
  const methods = Object.fromEntries(choices.map(({ sellerId, method }) => [sellerId, method]))
  return { ...checkout, methods: { ...checkout.methods, ...methods } }
}

/** The same lines at today's prices. */
export function withPrices(checkout: Checkout, priceCents: ReadonlyMap<string, number>): Checkout {
  const groups = checkout.groups.map((group) => ({
    ...group,
    lines: group.lines.map((line) => ({
      ...line,
      unitPriceCents: priceCents.get(line.sku) ?? line.unitPriceCents,
    })),
  }))
  return { ...checkout, groups }
}

export function quoteOf({ groups, methods, address }: Checkout) {
  return quote(groups, methods, address?.country)
}

/** As the contract shows it. */
export function checkoutBody(checkout: Checkout): CheckoutBody {
  const { checkoutId, cartId, status, currency, address, failure, order, createdAt } = checkout
  return {
    checkoutId,
    cartId,
    status,
    currency,
    ...(address && { address }),
    ...quoteOf(checkout),
    missing: address === undefined ? ['address'] : [],
    ...(failure && { failure }),
    ...order,
    createdAt,
  }
}

function assertOpen({ status, checkoutId }: Checkout): void {
  if (status === 'open') return
  throw new ShopError('checkout-not-open', { checkoutId }, `This checkout is ${status}.`, 409)
}

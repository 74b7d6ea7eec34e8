import { ShopError } from '../../../platform/errors.ts'
import type { Address, PlaceCheckout } from '../contracts/api.ts'
import { quoteOf, withPrices, type Checkout } from './checkout.ts'
import type { Saga } from './place-order-saga.ts'

export type Ports = {
  find(checkoutId: string): Promise<Checkout | undefined>
  /** Today's price of each SKU; one that is not on sale is missing. */
  prices(skus: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Keeps new prices in the snapshot, as long as the checkout is open. */
  keepPrices(checkout: Checkout): Promise<void>
  /** Starts the attempt, unless one is under way (`busy`) or the cart was bought through another checkout. */
  begin(saga: Saga): Promise<'begun' | 'busy' | 'cart-taken'>
  newId: () => string
}

export type Placing =
  | { readonly outcome: 'completed'; readonly orderId: string; readonly orderToken: string }
  /** The attempt that decides this call's answer. */
  | { readonly outcome: 'processing'; readonly attempt: number }

/** Begins to place the checkout, or finds the attempt or order of an earlier click. */
export async function placeCheckout(
  ports: Ports,
  checkoutId: string,
  command: PlaceCheckout,
  buyerId: string | undefined,
): Promise<Placing> {
  const checkout = await ports.find(checkoutId)
  if (checkout === undefined)
    throw new ShopError('checkout-not-found', {}, 'Start a checkout from the cart.', 404)
  if (checkout.order) return { outcome: 'completed', ...checkout.order }
  if (checkout.status === 'processing') return { outcome: 'processing', attempt: checkout.attempts }

  const { address } = checkout
  if (address === undefined)
    throw new ShopError('not-ready', { missing: ['address'] }, 'Say where it goes first.', 409)
  await assertPriceIsAgreed(ports, checkout, command.expectedTotalCents)

  const saga = sagaOf(checkout, address, command.paymentMethod, buyerId, ports.newId)
  const begun = await ports.begin(saga)
  if (begun === 'cart-taken')
    throw new ShopError(
      'cart-closed',
      { cartId: checkout.cartId },
      'This cart was ordered in another window.',
      409,
    )
  if (begun === 'begun') return { outcome: 'processing', attempt: saga.attempt }
  // A simultaneous click was faster: its attempt is ours too.
  const now = (await ports.find(checkoutId))!
  return now.order ? { outcome: 'completed', ...now.order } : { outcome: 'processing', attempt: now.attempts }
}

/** Nobody pays a price that was not shown: neither an old one nor one that changed since. */
async function assertPriceIsAgreed(
  ports: Ports,
  checkout: Checkout,
  expectedTotalCents: number,
): Promise<void> {
  const skus = checkout.groups.flatMap(({ lines }) => lines.map(({ sku }) => sku))
  const prices = await ports.prices(skus)
  const gone = skus.filter((sku) => !prices.has(sku))
  if (gone.length > 0) throw new ShopError('sold-out', { skus: gone }, 'These are not on sale any more.', 409)

  const before = quoteOf(checkout).totals.totalCents
  const today = withPrices(checkout, prices)
  const { totalCents } = quoteOf(today).totals
  if (JSON.stringify(today.groups) !== JSON.stringify(checkout.groups)) await ports.keepPrices(today)
  if (totalCents !== expectedTotalCents || totalCents !== before)
    throw new ShopError('price-changed', { totalCents }, 'Show the new total and place again with it.', 409)
}

function sagaOf(
  checkout: Checkout,
  customer: Address,
  paymentMethod: string,
  buyerId: string | undefined,
  newId: () => string,
): Saga {
  const { parcels, totals } = quoteOf(checkout)
  const { vatCents, vatRateBasisPoints } = totals
  if (vatCents === undefined || vatRateBasisPoints === undefined)
    throw new Error(`Checkout ${checkout.checkoutId} has an address without a VAT rate.`)
  const buyer = checkout.buyerId ?? buyerId
  return {
    checkoutId: checkout.checkoutId,
    // Every attempt has ids of its own: what an earlier one reserved or held has been undone for good.
    attempt: checkout.attempts + 1,
    reservationId: newId(),
    paymentId: newId(),
    orderId: newId(),
    cartId: checkout.cartId,
    ...(buyer !== undefined && { buyerId: buyer }),
    paymentMethod,
    customer,
    currency: checkout.currency,
    parcels,
    totals: { ...totals, vatCents, vatRateBasisPoints },
  }
}

import { ShopError } from '../../../platform/errors.ts'
import type { Cart } from '../../cart-service/contracts/api.ts'
import type { StartCheckout } from '../contracts/api.ts'
import type { Checkout } from './checkout.ts'

export type Ports = {
  find: (checkoutId: string) => Promise<Checkout | undefined>
  /** Writes it, or resolves to the one a simultaneous click wrote. */
  create(checkout: Checkout): Promise<Checkout>
  /** Undefined if there is no such cart. */
  cart(cartId: string): Promise<Cart | undefined>
  now(): Date
}

/** Takes a snapshot of the cart. The caller's page chose checkoutId, so a second click finds the first checkout. */
export async function startCheckout(
  ports: Ports,
  { checkoutId, cartId }: StartCheckout,
  buyerId: string | undefined,
): Promise<Checkout> {
  const earlier = await ports.find(checkoutId)
  if (earlier) return sameCart(earlier, cartId)

  const cart = await ports.cart(cartId)
  if (cart === undefined) throw new ShopError('cart-not-found', { cartId }, 'Start with a new cart.', 404)
  if (cart.state === 'closed')
    throw new ShopError('cart-closed', { cartId }, 'This cart was ordered already; start a new one.', 409)
  if (cart.groups.length === 0)
    throw new ShopError('cart-empty', { cartId }, 'Add an item before checkout.', 409)
  const skus = cart.groups
    .flatMap(({ lines }) => lines)
    .filter(({ status }) => status === 'sold-out' || status === 'not-enough' || status === 'gone')
    .map(({ sku }) => sku)
  if (skus.length > 0)
    throw new ShopError('sold-out', { skus }, 'Take these out of the cart or order fewer of them.', 409)

  const created = await ports.create({
    checkoutId,
    cartId,
    buyerId,
    status: 'open',
    currency: cart.currency,
    groups: cart.groups.map(({ seller, lines }) => ({
      sellerId: seller.sellerId,
      sellerName: seller.name,
      sellerSlug: seller.slug,
      lines: lines.map(({ sku, name, slug, quantity, unitPriceCents }) => ({
        sku,
        name,
        slug,
        quantity,
        unitPriceCents,
      })),
    })),
    address: undefined,
    methods: {},
    attempts: 0,
    failure: undefined,
    order: undefined,
    createdAt: ports.now().toISOString(),
  })
  return sameCart(created, cartId)
}

function sameCart(checkout: Checkout, cartId: string): Checkout {
  if (checkout.cartId === cartId) return checkout
  throw new ShopError('checkout-id-taken', {}, 'Choose a new checkoutId for another cart.')
}

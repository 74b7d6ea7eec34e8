import { ShopError } from '../../../platform/errors.ts'
import type { Cart, NewCart } from '../contracts/api.ts'
import { mostLines, seenNow, type StoredCart, type StoredLine } from './cart.ts'
import { cartNotFound, lookUp, priceNow, type ViewPorts } from './view-cart.ts'

export type ChangeResult =
  | { readonly outcome: 'changed'; readonly cart: StoredCart }
  | { readonly outcome: 'not-found' | 'closed' | 'full' }

export type ChangePorts = ViewPorts & {
  /** Adds an empty cart, or finds the one that has this id. */
  ensureCart(cartId: string): Promise<StoredCart>
  /** Sets quantity and seen product of a line, at most `mostLines` of them; one change of a cart at a time. */
  setLine(cartId: string, line: StoredLine, mostLines: number): Promise<ChangeResult>
  removeLine(cartId: string, sku: string): Promise<ChangeResult>
  newCartId(): string
}

/** Opens a cart. Idempotent by cartId. */
export async function createCart(ports: ChangePorts, { cartId }: NewCart): Promise<Cart> {
  return await priceNow(ports, await ports.ensureCart(cartId ?? ports.newCartId()))
}

/** Sets the quantity of a product, accepting its price of this moment. Stock is checked here and held at checkout. */
export async function putLine(
  ports: ChangePorts,
  { cartId, sku, quantity }: { cartId: string; sku: string; quantity: number },
): Promise<Cart> {
  const before = await ports.findCart(cartId)
  if (!before) throw cartNotFound()

  const facts = await lookUp(ports, [...before.lines.map((line) => line.sku), sku])
  const product = facts.products.get(sku)
  if (!product)
    throw new ShopError(
      'product-not-found',
      { sku },
      'There is no product here, or it is not on sale any more.',
      404,
    )
  const available = facts.stock.get(sku)?.available ?? 0
  if (available < quantity) throw notEnough(sku, available)

  const result = await ports.setLine(cartId, { sku, quantity, seen: seenNow(product) }, mostLines)
  return await priceNow(ports, changed(result), facts)
}

export async function deleteLine(ports: ChangePorts, cartId: string, sku: string): Promise<Cart> {
  return await priceNow(ports, changed(await ports.removeLine(cartId, sku)))
}

function changed(result: ChangeResult): StoredCart {
  switch (result.outcome) {
    case 'changed':
      return result.cart
    case 'not-found':
      throw cartNotFound()
    case 'closed':
      throw cartClosed()
    case 'full':
      throw new ShopError(
        'cart-full',
        {},
        `A cart takes at most ${mostLines} different products. Check out first, or take something out.`,
      )
  }
}

function cartClosed(): ShopError {
  return new ShopError('cart-closed', {}, 'This cart was ordered already. Start a new cart.', 409)
}

function notEnough(sku: string, available: number): ShopError {
  const left =
    available === 0 ? 'It is sold out.' : `Only ${available} ${available === 1 ? 'is' : 'are'} left.`
  return new ShopError('not-enough-stock', { sku, available }, left, 409)
}

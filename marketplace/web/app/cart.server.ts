import type { Cart } from '../../services/cart-service/contracts/api.ts'
import { pageProblem } from './page-problem.ts'
import type { Visit } from './visit.server.ts'

const MOST = 20 // of one product in a cart: cart-service's contract

/** The visitor's cart; undefined when there is none yet, or when it was ordered meanwhile. */
export async function openCart(visit: Visit): Promise<Cart | undefined> {
  if (visit.cart.id === undefined) return undefined
  const answer = await visit.shop.cart.getCart({ params: { cartId: visit.cart.id } })
  if (answer.status === 503) throw pageProblem(503, 'shop-unavailable')
  if (answer.status !== 200 || answer.body.data.state === 'closed') {
    visit.forgetCart()
    return undefined
  }
  visit.rememberCart(answer.body.data)
  return answer.body.data
}

/** What came of a change; a word that also stands in addresses and chooses the notice (parts/cart-notice.tsx). */
export type CartOutcome = 'added' | 'changed' | 'removed' | 'few' | 'full' | 'gone'

/** Puts `quantity` more of `sku` into the cart, making a cart if there is none. */
export async function addToCart(visit: Visit, sku: string, quantity: number): Promise<CartOutcome> {
  const cart = (await openCart(visit)) ?? (await newCart(visit))
  const there = cart.groups.flatMap(({ lines }) => lines).find((line) => line.sku === sku)?.quantity ?? 0
  if (there >= MOST) return 'full'
  const more = Number.isInteger(quantity) && quantity >= 1 ? quantity : 1
  const outcome = await setQuantity(visit, cart.cartId, sku, Math.min(MOST, there + more))
  return outcome === 'changed' ? 'added' : outcome
}

/** A quantity below one takes the line out. */
export async function setQuantity(
  visit: Visit,
  cartId: string,
  sku: string,
  quantity: number,
): Promise<CartOutcome> {
  const params = { cartId, sku }
  const answer =
    quantity < 1
      ? await visit.shop.cart.deleteLine({ params })
      : await visit.shop.cart.putLine({ params, body: { quantity: Math.min(MOST, quantity) } })
  switch (answer.status) {
    case 200:
      visit.rememberCart(answer.body.data)
      return quantity < 1 ? 'removed' : 'changed'
    case 409:
      return answer.body.code === 'not-enough-stock' ? 'few' : 'gone'
    case 422:
      return 'full'
    case 503:
      throw pageProblem(503, 'shop-unavailable')
    case 400:
    case 404:
      return 'gone'
  }
}

async function newCart(visit: Visit): Promise<Cart> {
  const answer = await visit.shop.cart.createCart({ body: {} })
  if (answer.status !== 201) throw pageProblem(503, 'shop-unavailable')
  visit.rememberCart(answer.body.data)
  return answer.body.data
}

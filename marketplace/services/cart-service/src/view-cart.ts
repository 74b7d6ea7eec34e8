import { ShopError } from '../../../platform/errors.ts'
import type { ProductCard } from '../../catalog-service/contracts/api.ts'
import type { Stock } from '../../inventory-service/contracts/api.ts'
import type { Cart } from '../contracts/api.ts'
import { priceCart, type Facts, type StoredCart } from './cart.ts'

export type LookUpPorts = {
  lookUpProducts(skus: readonly string[]): Promise<ProductCard[]>
  lookUpStock(skus: readonly string[]): Promise<Stock[]>
}

export type ViewPorts = LookUpPorts & { findCart(cartId: string): Promise<StoredCart | undefined> }

export async function viewCart(ports: ViewPorts, cartId: string): Promise<Cart> {
  const stored = await ports.findCart(cartId)
  if (!stored) throw cartNotFound()
  return await priceNow(ports, stored)
}

/** Prices the cart with `known` facts if they cover it (another tab may have added a line), else looks everything up. */
export async function priceNow(ports: LookUpPorts, stored: StoredCart, known?: Facts): Promise<Cart> {
  const covered = known !== undefined && stored.lines.every(({ sku }) => known.asked.has(sku))
  return priceCart(
    stored,
    covered
      ? known
      : await lookUp(
          ports,
          stored.lines.map(({ sku }) => sku),
        ),
  )
}

export async function lookUp(ports: LookUpPorts, skus: readonly string[]): Promise<Facts> {
  const asked = new Set(skus)
  const [products, stock] =
    asked.size === 0
      ? [[], []]
      : await Promise.all([ports.lookUpProducts([...asked]), ports.lookUpStock([...asked])])
  return {
    asked,
    products: new Map(products.map((product) => [product.sku, product])),
    stock: new Map(stock.map((level) => [level.sku, level])),
  }
}

export function cartNotFound(): ShopError {
  return new ShopError(
    'cart-not-found',
    {},
    'There is no such cart. Create one with POST /api/v1/carts.',
    404,
  )
}

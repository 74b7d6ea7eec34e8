import { ShopError } from '../../../platform/errors.ts'
import type { Product } from '../contracts/api.ts'

export type ChangePricePorts = {
  /** Sets the price and, if it differs, publishes catalog.product.repriced, in one transaction. */
  setPrice(sku: string, priceCents: number): Promise<Product | undefined>
}

export async function changePrice(
  ports: ChangePricePorts,
  sku: string,
  priceCents: number,
): Promise<Product> {
  const product = await ports.setPrice(sku, priceCents)
  if (!product) throw productNotFound()
  return product
}

export function productNotFound(): ShopError {
  return new ShopError(
    'product-not-found',
    {},
    'There is no product here, or it is not on sale any more.',
    404,
  )
}

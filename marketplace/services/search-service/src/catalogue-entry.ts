import type { CatalogueEntry as Given } from '../../catalog-service/contracts/api.ts'
import type { ProductCard } from '../contracts/api.ts'

/** A product of the catalogue as this service keeps it. */
export type Entry = { readonly revision: number; readonly product: ProductCard }

/** Takes what we answer and leaves the rest: a field more in the catalogue must not become one of our contract. */
export function entryOf({ revision, product }: Given): Entry {
  const { productId, sku, slug, name, category, seller, priceCents, currency, art, publishedAt, rating } =
    product
  return {
    revision,
    product: {
      productId,
      sku,
      slug,
      name,
      category: { slug: category.slug, name: category.name },
      seller: { sellerId: seller.sellerId, slug: seller.slug, name: seller.name, rating: seller.rating },
      priceCents,
      currency,
      art: { hue: art.hue, motif: art.motif },
      publishedAt,
      rating: { average: rating.average, count: rating.count },
    },
  }
}

import type { ProductCard as Product } from '../../../services/catalog-service/contracts/api.ts'
import { artUrl } from './art-url.ts'
import { money } from './money.ts'
import { Stars } from './stars.tsx'

type Props = {
  readonly product: Product
  /** The level under the heading of its list. */
  readonly heading?: 'h2' | 'h3'
  /** In the first rows: fetched at once, not when scrolled to. */
  readonly early?: boolean
}

export function ProductCard({ product, heading: Heading = 'h2', early = false }: Props) {
  const { sku, slug, name, seller, priceCents, currency, art, rating } = product
  return (
    <article className="product-card">
      <div className="product-card-picture">
        <img
          src={artUrl(sku, art)}
          alt=""
          width={800}
          height={1000}
          loading={early ? 'eager' : 'lazy'}
          decoding="async"
        />
      </div>
      <Heading>
        <a href={`/p/${slug}`}>{name}</a>
      </Heading>
      <p className="small soft">{seller.name}</p>
      <p className="price money">{money(priceCents, currency)}</p>
      <Stars average={rating.average} count={rating.count} />
    </article>
  )
}

export function ProductGrid({
  products,
  heading,
  early = 0,
}: {
  readonly products: readonly Product[]
  readonly heading?: 'h2' | 'h3'
  readonly early?: number
}) {
  return (
    <ul className="product-grid">
      {products.map((product, i) => (
        <li key={product.sku}>
          <ProductCard product={product} early={i < early} {...(heading && { heading })} />
        </li>
      ))}
    </ul>
  )
}

import type { ReactNode } from 'react'
import type { ProductCard } from '../../../services/catalog-service/contracts/api.ts'
import { Pages, Sorting } from './page-furniture.tsx'
import { ProductGrid } from './product-card.tsx'
import type { sorts } from './sorts.ts'

type Props = {
  readonly list: {
    readonly products: readonly ProductCard[]
    readonly page: { readonly number: number; readonly size: number; readonly total: number }
    readonly sort: keyof typeof sorts
    readonly url: string
  }
  readonly children: ReactNode
  readonly empty: ReactNode
  /** Of the product names. */
  readonly heading?: 'h2' | 'h3'
}

/** Heading (children), sorting, products, pages. */
export function ProductList({ list: { products, page, sort, url }, children, empty, heading = 'h2' }: Props) {
  if (products.length === 0)
    return (
      <div className="empty">
        {children}
        {empty}
      </div>
    )
  return (
    <>
      <div className="list-head">
        <div className="stack">
          {children}
          <p className="soft" role="status">
            {page.total.toLocaleString('en-IE')} {page.total === 1 ? 'product' : 'products'}
          </p>
        </div>
        <Sorting url={url} current={sort} />
      </div>
      <ProductGrid products={products} early={4} heading={heading} />
      <Pages url={url} page={page} />
    </>
  )
}

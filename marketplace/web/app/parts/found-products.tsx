import type { ReactNode } from 'react'
import type { Found } from '../product-search.server.ts'
import { ChosenFilters, Filters } from './filters.tsx'
import { Notice, Pages, Sorting } from './page-furniture.tsx'
import { ProductGrid } from './product-card.tsx'

type Props = {
  readonly found: Found
  /** Heading and words of the page. */
  readonly children: ReactNode
  readonly empty: ReactNode
  /** The page is one category; to choose others makes no sense here. */
  readonly isOneCategory?: boolean
}

/** What was found, how to narrow it, and what to do when it is nothing. */
export function FoundProducts({ found, children, empty, isOneCategory = false }: Props) {
  const { products, page, wish, url, facets, correctedQuery, popular } = found
  const hasWords = wish.q !== ''
  const canNarrow = facets !== undefined && Object.values(facets).some((values) => values.length > 0)
  return (
    <>
      <div className="list-head">
        <div className="stack">
          {children}
          <p className="soft" role="status">
            {page.total.toLocaleString('en-IE')} {page.total === 1 ? 'product' : 'products'}
          </p>
        </div>
        {products.length > 0 && (
          <Sorting url={url} current={wish.sort ?? 'featured'} {...(hasWords && { first: 'Best match' })} />
        )}
      </div>
      <div className={canNarrow ? 'with-filters' : 'stack'}>
        {canNarrow && <Filters wish={wish} facets={facets} url={url} isOneCategory={isOneCategory} />}
        <div className="found">
          {!facets && (
            <Notice kind="warn">
              <p>
                The search is taking a short break. This is the plain list: no filters, and spelling counts.
              </p>
            </Notice>
          )}
          {correctedQuery !== undefined && (
            <Notice>
              <p>
                Nothing carries “{wish.q}”. These are the products for <strong>{correctedQuery}</strong>.
              </p>
            </Notice>
          )}
          {facets && <ChosenFilters wish={wish} facets={facets} url={url} isOneCategory={isOneCategory} />}
          {products.length > 0 ? (
            <>
              <ProductGrid products={products} early={4} heading="h2" />
              <Pages url={url} page={page} />
            </>
          ) : (
            <div className="empty">{empty}</div>
          )}
        </div>
      </div>
      {popular.length > 0 && (
        <section className="page-section" aria-labelledby="popular">
          <div className="section-head">
            <h2 id="popular">What others like</h2>
          </div>
          <ProductGrid products={popular} heading="h3" />
        </section>
      )}
    </>
  )
}

import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { listDepartments } from '../departments.server.ts'
import { withoutFilters } from '../parts/filters.tsx'
import { FoundProducts } from '../parts/found-products.tsx'
import { Breadcrumbs } from '../parts/page-furniture.tsx'
import { productSearch } from '../product-search.server.ts'
import { searchWish } from '../search-wish.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const { pathname, search, searchParams } = new URL(request.url)
  const [departments, found] = await Promise.all([
    listDepartments(shop),
    productSearch(shop, searchWish(searchParams), pathname + search),
  ])
  return { departments: departments.map(({ slug, name }) => ({ slug, name })), found }
}

export default function SearchPage() {
  const { departments, found } = useLoaderData<typeof loader>()
  const { q, categories, sellers, price, rating } = found.wish
  const hasFilters =
    categories.length > 0 || sellers.length > 0 || price !== undefined || rating !== undefined
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${q === '' ? 'All products' : q} · Colonnade`}</title>
      <meta name="robots" content="noindex" />
      <Breadcrumbs trail={[]} here={q === '' ? 'All products' : 'Search'} />
      <FoundProducts
        found={found}
        empty={
          hasFilters ? (
            <>
              <p>No product fits all of this.</p>
              <a className="button quiet" href={withoutFilters(found.url)}>
                Take all filters away
              </a>
            </>
          ) : (
            <>
              <p>Nothing here carries these words. Try fewer or other ones, or look through a department:</p>
              <ul className="sorting">
                {departments.map(({ slug, name }) => (
                  <li key={slug}>
                    <a href={`/c/${slug}`}>{name}</a>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      >
        <h1>{q === '' ? 'All products' : `“${q}”`}</h1>
      </FoundProducts>
    </main>
  )
}

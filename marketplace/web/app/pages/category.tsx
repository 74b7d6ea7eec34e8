import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { listDepartments } from '../departments.server.ts'
import { pageProblem } from '../page-problem.ts'
import { withoutFilters } from '../parts/filters.tsx'
import { FoundProducts } from '../parts/found-products.tsx'
import { Breadcrumbs } from '../parts/page-furniture.tsx'
import { productSearch } from '../product-search.server.ts'
import { searchWish } from '../search-wish.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const slug = params['slug']!
  const { pathname, search, searchParams } = new URL(request.url)
  const departments = await listDepartments(shop)
  const department = departments.find((one) => one.slug === slug)
  if (department === undefined) throw pageProblem(404, 'not-found')
  const wish = { ...searchWish(searchParams), q: '', categories: [slug] }
  return { department, found: await productSearch(shop, wish, pathname + search) }
}

export default function CategoryPage() {
  const { department, found } = useLoaderData<typeof loader>()
  const { sellers, price, rating } = found.wish
  const hasFilters = sellers.length > 0 || price !== undefined || rating !== undefined
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${department.name} · Colonnade`}</title>
      <meta name="description" content={department.description} />
      <Breadcrumbs trail={[]} here={department.name} />
      <FoundProducts
        found={found}
        isOneCategory
        empty={
          hasFilters ? (
            <>
              <p>No product of this department fits all of this.</p>
              <a className="button quiet" href={withoutFilters(found.url)}>
                Take all filters away
              </a>
            </>
          ) : (
            <p>Nothing is on sale in this department right now.</p>
          )
        }
      >
        <h1>{department.name}</h1>
        <p>{department.description}</p>
      </FoundProducts>
    </main>
  )
}

import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { listDepartments } from '../departments.server.ts'
import { Breadcrumbs } from '../parts/page-furniture.tsx'
import { ProductList } from '../parts/product-list.tsx'
import { listRequest, productList } from '../product-list.server.ts'
import { visitContext } from '../visit.server.ts'

const QUERY_LIMIT = 100 // the contract's

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const query = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, QUERY_LIMIT)
  const [departments, list] = await Promise.all([
    listDepartments(shop),
    productList(shop, query === '' ? {} : { query }, listRequest(request)),
  ])
  return { query, departments: departments.map(({ slug, name }) => ({ slug, name })), list }
}

export default function SearchPage() {
  const { query, departments, list } = useLoaderData<typeof loader>()
  const title = query === '' ? 'All products' : `“${query}”`
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${query === '' ? 'All products' : query} · Colonnade`}</title>
      <meta name="robots" content="noindex" />
      <Breadcrumbs trail={[]} here={query === '' ? 'All products' : 'Search'} />
      <ProductList
        list={list}
        empty={
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
        }
      >
        <h1>{title}</h1>
      </ProductList>
    </main>
  )
}

import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { listDepartments } from '../departments.server.ts'
import { pageProblem } from '../page-problem.ts'
import { Breadcrumbs } from '../parts/page-furniture.tsx'
import { ProductList } from '../parts/product-list.tsx'
import { listRequest, productList } from '../product-list.server.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const slug = params['slug']!
  const [departments, list] = await Promise.all([
    listDepartments(shop),
    productList(shop, { category: slug }, listRequest(request)),
  ])
  const department = departments.find((one) => one.slug === slug)
  if (department === undefined) throw pageProblem(404, 'not-found')
  return { department, list }
}

export default function CategoryPage() {
  const { department, list } = useLoaderData<typeof loader>()
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${department.name} · Colonnade`}</title>
      <meta name="description" content={department.description} />
      <Breadcrumbs trail={[]} here={department.name} />
      <ProductList list={list} empty={<p>Nothing is on sale in this department right now.</p>}>
        <h1>{department.name}</h1>
        <p>{department.description}</p>
      </ProductList>
    </main>
  )
}

import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { pageProblem } from '../page-problem.ts'
import { markUrl } from '../parts/art-url.ts'
import { Breadcrumbs, Pages } from '../parts/page-furniture.tsx'
import { Stars } from '../parts/stars.tsx'
import { listRequest } from '../product-list.server.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { page, url } = listRequest(request)
  const answer = await context.get(visitContext).shop.catalog.listSellers({ query: { page, pageSize: 30 } })
  if (answer.status !== 200 || (answer.body.data.length === 0 && page > 1))
    throw pageProblem(404, 'not-found')
  return { sellers: answer.body.data, page: answer.body.page, url }
}

export default function ShopsPage() {
  const { sellers, page, url } = useLoaderData<typeof loader>()
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>All shops · Colonnade</title>
      <Breadcrumbs trail={[]} here="Shops" />
      <div className="list-head">
        <h1>{page.total} shops under one roof</h1>
      </div>
      <ul className="shop-list">
        {sellers.map(({ slug, name, city, country, hue, rating, productCount }) => (
          <li key={slug}>
            <a href={`/shops/${slug}`}>
              <img className="seller-mark" src={markUrl(slug, hue)} alt="" width={52} height={52} />
              <span>
                <strong>{name}</strong>
                <small>
                  {city}, {country} · {productCount} products
                </small>
                <Stars average={rating.average} count={rating.count} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <Pages url={url} page={page} />
    </main>
  )
}

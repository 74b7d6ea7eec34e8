import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { pageProblem } from '../page-problem.ts'
import { markUrl } from '../parts/art-url.ts'
import { year } from '../parts/dates.ts'
import { Breadcrumbs } from '../parts/page-furniture.tsx'
import { ProductList } from '../parts/product-list.tsx'
import { Stars } from '../parts/stars.tsx'
import { listRequest, productList } from '../product-list.server.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const slug = params['slug']!
  const [seller, list] = await Promise.all([
    shop.catalog.getSeller({ params: { slug } }),
    productList(shop, { seller: slug }, listRequest(request)),
  ])
  if (seller.status !== 200) throw pageProblem(404, 'not-found')
  return { seller: seller.body.data, list }
}

export default function ShopPage() {
  const { seller, list } = useLoaderData<typeof loader>()
  const { name, slug, hue, description, city, country, joinedAt, rating } = seller
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${name} · Colonnade`}</title>
      <meta name="description" content={description} />
      <Breadcrumbs trail={[['Shops', '/shops']]} here={name} />
      <div className="shop-head">
        <img className="seller-mark large" src={markUrl(slug, hue)} alt="" width={96} height={112} />
        <div>
          <h1>{name}</h1>
          <p>{description}</p>
          <p className="small soft">
            {city}, {country} · here since {year(joinedAt)}
          </p>
          <Stars average={rating.average} count={rating.count} />
        </div>
      </div>
      <ProductList heading="h3" list={list} empty={<p>Nothing of this shop is on sale right now.</p>}>
        <h2>From the shelves</h2>
      </ProductList>
    </main>
  )
}

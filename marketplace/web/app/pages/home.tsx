import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { ProductCard } from '../../../services/catalog-service/contracts/api.ts'
import { listDepartments } from '../departments.server.ts'
import { artUrl, markUrl } from '../parts/art-url.ts'
import { ProductGrid } from '../parts/product-card.tsx'
import { Stars } from '../parts/stars.tsx'
import { visitContext } from '../visit.server.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const [departments, featured, newest, sellers] = await Promise.all([
    listDepartments(shop),
    shop.catalog.listProducts({ query: { sort: 'featured', pageSize: 30 } }),
    shop.catalog.listProducts({ query: { sort: 'newest', pageSize: 8 } }),
    shop.catalog.listSellers({ query: { pageSize: 8 } }),
  ])
  const best = onePerMotif(featured.status === 200 ? featured.body.data : [])
  return {
    departments,
    arcade: best.slice(0, 3),
    favourites: best.slice(3, 11),
    newest: newest.status === 200 ? newest.body.data : [],
    sellers: sellers.status === 200 ? sellers.body.data : [],
    shopCount: sellers.status === 200 ? sellers.body.page.total : 0,
  }
}

/** Three jars side by side would make a poor window. Those of a motif already shown move to the end. */
function onePerMotif(products: readonly ProductCard[]): ProductCard[] {
  const first = new Map<string, ProductCard>()
  for (const product of products) if (!first.has(product.art.motif)) first.set(product.art.motif, product)
  const shown = new Set(first.values())
  return [...shown, ...products.filter((product) => !shown.has(product))]
}

export default function Home() {
  const { departments, arcade, favourites, newest, sellers, shopCount } = useLoaderData<typeof loader>()
  return (
    <main id="main" tabIndex={-1}>
      <title>Colonnade · independent shops, one basket</title>
      <meta
        name="description"
        content="Things for home, wardrobe and table from independent shops, in one basket with one checkout."
      />
      <div className="wrap">
        <div className="hero">
          <div className="hero-words">
            <h1>Every shop has its own arch.</h1>
            <p>
              {shopCount > 1 ? `${shopCount} independent shops` : 'Independent shops'} stand here side by
              side. Walk along, fill one basket, pay once.
            </p>
            <a className="button" href="/search?sort=newest">
              See what is new
            </a>
          </div>
          <ul className="arcade" aria-label="Favourites of the moment">
            {arcade.map(({ sku, slug, name, art }) => (
              <li key={sku}>
                <a href={`/p/${slug}`}>
                  <img src={artUrl(sku, art)} alt={name} width={800} height={1000} fetchPriority="high" />
                </a>
              </li>
            ))}
          </ul>
        </div>
        <ul className="promises small">
          <li>
            <strong>The whole price, early</strong>
            <span className="soft">VAT is in every price; delivery is shown per shop before you pay.</span>
          </li>
          <li>
            <strong>No account needed</strong>
            <span className="soft">Buy as a guest. The link in your e-mail opens the order.</span>
          </li>
          <li>
            <strong>Every step written down</strong>
            <span className="soft">An order shows its history, event by event.</span>
          </li>
        </ul>
        {departments.length > 0 && (
          <section className="page-section" aria-labelledby="departments">
            <div className="section-head">
              <h2 id="departments">Departments</h2>
            </div>
            <ul className="department-grid">
              {departments.map(({ slug, name, motif, hue, productCount }) => (
                <li key={slug}>
                  <a href={`/c/${slug}`}>
                    <img
                      src={artUrl(`department-${slug}`, { motif, hue })}
                      alt=""
                      width={800}
                      height={1000}
                      loading="lazy"
                    />
                    <span>
                      {name}
                      <small>{productCount.toLocaleString('en-IE')} products</small>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        {favourites.length > 0 && (
          <section className="page-section" aria-labelledby="favourites">
            <div className="section-head">
              <h2 id="favourites">What people rate highest</h2>
              <a href="/search">All products</a>
            </div>
            <ProductGrid products={favourites} heading="h3" />
          </section>
        )}
        {sellers.length > 0 && (
          <section className="page-section" aria-labelledby="shops">
            <div className="section-head">
              <h2 id="shops">Some of the shops</h2>
              <a href="/shops">All {shopCount} shops</a>
            </div>
            <ul className="shop-list">
              {sellers.map(({ slug, name, city, hue, rating }) => (
                <li key={slug}>
                  <a href={`/shops/${slug}`}>
                    <img
                      className="seller-mark"
                      src={markUrl(slug, hue)}
                      alt=""
                      width={52}
                      height={52}
                      loading="lazy"
                    />
                    <span>
                      <strong>{name}</strong>
                      <small>{city}</small>
                      <Stars average={rating.average} />
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
        {newest.length > 0 && (
          <section className="page-section" aria-labelledby="newest">
            <div className="section-head">
              <h2 id="newest">Just put out</h2>
              <a href="/search?sort=newest">Everything new</a>
            </div>
            <ProductGrid products={newest} heading="h3" />
          </section>
        )}
      </div>
    </main>
  )
}

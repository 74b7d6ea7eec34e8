import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import { addToCart } from '../cart.server.ts'
import { artUrl } from '../parts/art-url.ts'
import { money } from '../parts/money.ts'
import { CartNotice } from '../parts/cart-notice.tsx'
import { saidIn } from '../parts/cart-said.ts'
import { Breadcrumbs } from '../parts/page-furniture.tsx'
import { ProductGrid } from '../parts/product-card.tsx'
import { QuantitySelect } from '../parts/quantity-select.tsx'
import { Reviews } from '../parts/reviews.tsx'
import { Stars } from '../parts/stars.tsx'
import { visitContext, type Visit } from '../visit.server.ts'
import { findProduct } from '../product.server.ts'
import { findReviews } from '../reviews.server.ts'

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { shop } = context.get(visitContext)
  const product = await findProduct(shop, params['slug']!)
  const [stock, reviews, sameShop, sameDepartment] = await Promise.all([
    shop.inventory.getStock({ query: { skus: product.sku } }).catch(() => undefined),
    findReviews(shop, product.sku, request),
    shop.catalog.listProducts({ query: { seller: product.seller.slug, pageSize: 5 } }),
    shop.catalog.listProducts({ query: { category: product.category.slug, pageSize: 10 } }),
  ])
  const others = (answer: typeof sameShop) =>
    answer.status === 200 ? answer.body.data.filter(({ sku }) => sku !== product.sku) : []
  const fromShop = others(sameShop).slice(0, 4)
  const shown = new Set(fromShop.map(({ sku }) => sku))
  return {
    product,
    // Stock away: the page sells on, and the cart says what is left.
    stock: stock?.status === 200 ? stock.body.data[0] : undefined,
    reviews,
    fromShop,
    alike: others(sameDepartment)
      .filter(({ sku }) => !shown.has(sku))
      .slice(0, 4),
    said: saidIn(request),
    address: new URL(request.url).origin + new URL(request.url).pathname,
  }
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const visit: Visit = context.get(visitContext)
  const product = await findProduct(visit.shop, params['slug']!)
  const quantity = Number((await request.formData()).get('quantity') ?? 1)
  const outcome = await addToCart(visit, product.sku, quantity)
  return redirect(`/p/${product.slug}?${outcome}`, 303)
}

export default function ProductPage() {
  const { product, stock, reviews, fromShop, alike, said, address } = useLoaderData<typeof loader>()
  const { name, sku, description, category, seller, priceCents, currency, art, rating } = product
  const isSoldOut = stock?.status === 'sold-out'
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${name} · Colonnade`}</title>
      <meta name="description" content={description} />
      <link rel="canonical" href={address} />
      <script
        type="application/ld+json"
        // A closing tag inside the data would end the script element.
        dangerouslySetInnerHTML={{
          __html: JSON.stringify(structuredData(product, address, isSoldOut)).replaceAll('<', '\\u003c'),
        }}
      />
      <Breadcrumbs trail={[[category.name, `/c/${category.slug}`]]} here={name} />
      <article className="product">
        <div className="product-picture">
          <img src={artUrl(sku, art)} alt={name} width={800} height={1000} fetchPriority="high" />
        </div>
        <div className="product-words">
          {said && <CartNotice outcome={said} />}
          <h1>{name}</h1>
          {rating.count > 0 && (
            <a className="to-reviews" href="#reviews">
              <Stars average={rating.average} count={rating.count} />
              <span className="visually-hidden">: read the reviews</span>
            </a>
          )}
          <p className="price money">
            {money(priceCents, currency)} <small>VAT included</small>
          </p>
          <p className="description">{description}</p>
          <StockWords stock={stock} />
          {!isSoldOut && (
            <form method="post" className="buy">
              <div className="field">
                <label htmlFor="quantity">Quantity</label>
                <QuantitySelect id="quantity" current={1} available={stock?.available ?? 20} />
              </div>
              <button className="button wide">Add to basket</button>
            </form>
          )}
          <div className="sold-by">
            <p>
              <span className="soft">Sold and sent by </span>
              <a href={`/shops/${seller.slug}`}>{seller.name}</a>
            </p>
            <Stars average={seller.rating} />
          </div>
          <dl className="facts">
            <dt>Delivery</dt>
            <dd>Standard or express, chosen per shop; the cost is shown before you pay.</dd>
            <dt>Article number</dt>
            <dd>{sku}</dd>
          </dl>
        </div>
      </article>
      <Reviews reviews={reviews} />
      {fromShop.length > 0 && (
        <section className="page-section" aria-labelledby="from-shop">
          <div className="section-head">
            <h2 id="from-shop">More from {seller.name}</h2>
            <a href={`/shops/${seller.slug}`}>Visit the shop</a>
          </div>
          <ProductGrid products={fromShop} heading="h3" />
        </section>
      )}
      {alike.length > 0 && (
        <section className="page-section" aria-labelledby="alike">
          <div className="section-head">
            <h2 id="alike">Also in {category.name}</h2>
            <a href={`/c/${category.slug}`}>The whole department</a>
          </div>
          <ProductGrid products={alike} heading="h3" />
        </section>
      )}
    </main>
  )
}

function StockWords({
  stock,
}: {
  readonly stock: { readonly status: 'in-stock' | 'low' | 'sold-out'; readonly available: number } | undefined
}) {
  switch (stock?.status) {
    case undefined:
      return null
    case 'in-stock':
      return <p className="stock good">In stock</p>
    case 'low':
      return <p className="stock warn">Only {stock.available} left</p>
    case 'sold-out':
      return <p className="stock bad">Sold out</p>
  }
}

/** schema.org Product, for search engines. */
function structuredData(
  product: Awaited<ReturnType<typeof findProduct>>,
  address: string,
  isSoldOut: boolean,
): object {
  const { name, sku, description, seller, priceCents, currency, art, rating } = product
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name,
    sku,
    description,
    image: new URL(artUrl(sku, art), address).href,
    offers: {
      '@type': 'Offer',
      url: address,
      price: (priceCents / 100).toFixed(2),
      priceCurrency: currency,
      availability: `https://schema.org/${isSoldOut ? 'OutOfStock' : 'InStock'}`,
      seller: { '@type': 'Organization', name: seller.name },
    },
    ...(rating.count > 0 && {
      aggregateRating: { '@type': 'AggregateRating', ratingValue: rating.average, reviewCount: rating.count },
    }),
  }
}

import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { Order, OrderEvent } from '../../../services/order-service/contracts/api.ts'
import { pageProblem } from '../page-problem.ts'
import { artUrl, type Art } from '../parts/art-url.ts'
import { Totals } from '../parts/checkout-frame.tsx'
import { countryName } from '../parts/countries.ts'
import { moment } from '../parts/dates.ts'
import { money } from '../parts/money.ts'
import { LineReview, ReviewThanks } from '../parts/own-review.tsx'
import { Notice } from '../parts/page-furniture.tsx'
import { orderStatus } from '../parts/order-status.ts'
import { findArt } from '../product.server.ts'
import { findOwnReviews, type OwnReviews } from '../reviews.server.ts'
import { visitContext } from '../visit.server.ts'

const LOOK_AGAIN_MS = 1_500
const SETTLING_MS = 60_000 // a placed order is confirmed in moments; after this, looking again every moment is noise

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const visit = context.get(visitContext)
  const { shop } = visit
  const orderId = params['orderId']!
  const query = new URL(request.url).searchParams
  const token = query.get('token') ?? undefined
  const asked = { params: { orderId }, query: token === undefined ? {} : { token } }
  const [order, events] = await Promise.all([shop.order.getOrder(asked), shop.order.getOrderEvents(asked)])
  if (order.status !== 200) throw pageProblem(404, 'order-not-found')
  const { data } = order.body
  return {
    order: data,
    events: events.status === 200 ? events.body.data : [],
    art: await findArt(
      shop,
      data.parcels.flatMap(({ lines }) => lines.map(({ sku }) => sku)),
    ),
    reviews: await findOwnReviews(visit, orderId),
    reviewed: query.get('reviewed') ?? undefined,
    thanks: query.has('thanks'),
    settling: data.status === 'placed' && Date.now() - Date.parse(data.placedAt) < SETTLING_MS,
  }
}

export default function OrderPage() {
  const { order, events, art, reviews, reviewed, thanks, settling } = useLoaderData<typeof loader>()
  const { customer, currency } = order
  return (
    <main
      id="main"
      tabIndex={-1}
      className="wrap page"
      {...(settling && { 'data-look-again-ms': LOOK_AGAIN_MS })}
    >
      <title>Your order · Colonnade</title>
      <meta name="robots" content="noindex" />
      {settling && (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      )}
      <div className="stack">
        {thanks && order.status !== 'cancelled' && (
          <Notice kind="good" focus>
            <strong>Thank you, {customer.name}.</strong>
            <span>A confirmation goes to {customer.email}. This page is your link to the order.</span>
          </Notice>
        )}
        {reviewed !== undefined && <ReviewThanks status={reviewed} />}
        <h1>{orderStatus(order.status).title}</h1>
        <p className="soft">
          Order{' '}
          <span className="money" data-order-id={order.orderId}>
            {order.orderNumber}
          </span>
          , placed {moment(order.placedAt)}
        </p>
      </div>
      <div className="two-columns">
        <div className="stack">
          {order.parcels.map((parcel) => (
            <Parcel key={parcel.sellerId} parcel={parcel} currency={currency} art={art} reviews={reviews} />
          ))}
        </div>
        <aside className="stack">
          <section className="panel" aria-labelledby="history">
            <h2 id="history">What happened</h2>
            <Timeline events={events} status={order.status} />
          </section>
          <section className="panel" aria-labelledby="sum">
            <h2 id="sum">Cost</h2>
            <Totals totals={order.totals} currency={currency} />
          </section>
          <section className="panel" aria-labelledby="to">
            <h2 id="to">To</h2>
            <p>
              {customer.name}
              <br />
              {customer.street}
              <br />
              {customer.postcode} {customer.city}
              <br />
              {countryName(customer.country)}
            </p>
          </section>
        </aside>
      </div>
    </main>
  )
}

type ParcelProps = {
  readonly parcel: Order['parcels'][number]
  readonly currency: string
  readonly art: Readonly<Record<string, Art>>
  readonly reviews: OwnReviews
}

function Parcel({ parcel, currency, art, reviews }: ParcelProps) {
  const { sellerName, sellerSlug, method, lines, shippingCents, totalCents } = parcel
  return (
    <section className="parcel" aria-labelledby={`seller-${sellerSlug}`}>
      <div className="parcel-head">
        <h2 id={`seller-${sellerSlug}`}>
          <span className="visually-hidden">From </span>
          <a href={`/shops/${sellerSlug}`}>{sellerName}</a>
        </h2>
        <p className="soft">
          {method === 'express' ? 'Express' : 'Standard'} delivery{' '}
          <span className="money">{shippingCents === 0 ? 'free' : money(shippingCents, currency)}</span>,
          together <span className="money">{money(totalCents, currency)}</span>
        </p>
      </div>
      <ul className="stack">
        {lines.map(({ sku, slug, name, quantity, unitPriceCents, totalCents: lineCents }) => (
          <li key={sku} className="line">
            <img className="thumb" src={artUrl(sku, art[sku])} alt="" width={72} height={90} />
            <div className="line-words">
              <a href={`/p/${slug}`}>{name}</a>
              <p className="small soft">
                {quantity} × <span className="money">{money(unitPriceCents, currency)}</span>
              </p>
              {reviews[sku] && <LineReview purchase={reviews[sku]} />}
            </div>
            <p className="line-total money">{money(lineCents, currency)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The order's own events, and after them what is still to come. */
function Timeline({
  events,
  status,
}: {
  readonly events: readonly OrderEvent[]
  readonly status: Order['status']
}) {
  return (
    <ol className="timeline">
      {events.map(({ version, type, at, summary }) => (
        <li key={version} className={type === 'OrderCancelled' ? 'cancelled' : undefined}>
          <strong>{summary}</strong>
          <time className="small soft" dateTime={at}>
            {moment(at)}
          </time>
        </li>
      ))}
      {orderStatus(status).ahead.map((step) => (
        <li key={step} className="ahead">
          {step}
        </li>
      ))}
    </ol>
  )
}

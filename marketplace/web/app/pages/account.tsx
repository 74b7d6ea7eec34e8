import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { day } from '../parts/dates.ts'
import { money } from '../parts/money.ts'
import { orderStatus } from '../parts/order-status.ts'
import { Pages } from '../parts/page-furniture.tsx'
import { listRequest } from '../product-list.server.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { shop, isSignedIn } = context.get(visitContext)
  if (!isSignedIn) throw redirect('/sign-in?to=/account', 303)
  const { page, url } = listRequest(request)
  // One after the other: the first may renew the session, and the second then has its token.
  const me = await shop.auth.getMe({})
  if (me.status !== 200) throw redirect('/sign-in?to=/account', 303)
  const orders = await shop.order.listOrders({ query: { page, pageSize: 20 } })
  if (orders.status !== 200) throw redirect('/sign-in?to=/account', 303)
  return { me: me.body.data, orders: orders.body.data, page: orders.body.page, url }
}

export default function AccountPage() {
  const { me, orders, page, url } = useLoaderData<typeof loader>()
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>Your account · Colonnade</title>
      <div className="list-head">
        <div className="stack">
          <h1>Hello, {me.name}</h1>
          <p className="soft">
            {me.email}, here since {day(me.registeredAt)}
          </p>
        </div>
        <form method="post" action="/sign-out">
          <button className="button quiet">Sign out</button>
        </form>
      </div>
      <section aria-labelledby="orders">
        <h2 id="orders">Your orders</h2>
        {orders.length === 0 ? (
          <div className="empty">
            <p>Orders you place while signed in are listed here.</p>
            <a className="button" href="/search">
              Look around
            </a>
          </div>
        ) : (
          <ul className="order-list">
            {orders.map(
              ({
                orderId,
                orderNumber,
                status,
                placedAt,
                itemCount,
                totalCents,
                currency,
                sellerNames,
                lines,
              }) => (
                <li key={orderId}>
                  <h3>
                    <a href={`/orders/${orderId}`}>{day(placedAt)}</a>{' '}
                    <span className="soft">{orderNumber}</span>
                  </h3>
                  <span className={`status ${status}`}>{orderStatus(status).short}</span>
                  <p>
                    {lines
                      .map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`))
                      .join(', ')}
                  </p>
                  <p className="small soft">
                    {itemCount} {itemCount === 1 ? 'item' : 'items'} from {sellerNames.join(', ')} ·{' '}
                    <span className="money">{money(totalCents, currency)}</span>
                  </p>
                </li>
              ),
            )}
          </ul>
        )}
        <Pages url={url} page={page} />
      </section>
    </main>
  )
}

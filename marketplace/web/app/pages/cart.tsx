import { randomUUID } from 'node:crypto'
import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import type { CartGroup, CartLine } from '../../../services/cart-service/contracts/api.ts'
import { formText } from '../form-text.ts'
import { openCart, setQuantity } from '../cart.server.ts'
import { artUrl } from '../parts/art-url.ts'
import { CartNotice } from '../parts/cart-notice.tsx'
import { saidIn } from '../parts/cart-said.ts'
import { money } from '../parts/money.ts'
import { QuantitySelect } from '../parts/quantity-select.tsx'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const cart = await openCart(context.get(visitContext))
  // Chosen here and carried by the form: however often it is sent, it starts one checkout.
  return { cart, checkoutId: randomUUID(), said: saidIn(request) }
}

export async function action({ context, request }: ActionFunctionArgs) {
  const visit = context.get(visitContext)
  const form = await request.formData()
  if (visit.cart.id === undefined) return redirect('/cart', 303)
  const quantity = Number(form.get('quantity') ?? 0)
  const outcome = await setQuantity(
    visit,
    visit.cart.id,
    formText(form, 'sku'),
    Number.isInteger(quantity) ? quantity : 1,
  )
  return redirect(`/cart?${outcome}`, 303)
}

export default function CartPage() {
  const { cart, checkoutId, said } = useLoaderData<typeof loader>()
  const isEmpty = cart === undefined || cart.groups.length === 0
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>Basket · Colonnade</title>
      <h1>Basket</h1>
      {isEmpty ? (
        <div className="empty">
          {said && <CartNotice outcome={said} />}
          <p>Your basket is empty. What you put in stays here for a month.</p>
          <a className="button" href="/search">
            Look around
          </a>
        </div>
      ) : (
        <div className="two-columns">
          <div className="stack">
            {said && <CartNotice outcome={said} />}
            {cart.groups.map((group) => (
              <Group key={group.seller.sellerId} group={group} currency={cart.currency} />
            ))}
          </div>
          <aside className="panel" aria-labelledby="sum">
            <h2 id="sum">Together</h2>
            <dl className="totals">
              <div>
                <dt>
                  {cart.itemCount} {cart.itemCount === 1 ? 'item' : 'items'}, VAT included
                </dt>
                <dd className="money">{money(cart.subtotalCents, cart.currency)}</dd>
              </div>
              <div>
                <dt>Delivery</dt>
                <dd className="soft">next step, per shop</dd>
              </div>
            </dl>
            <form method="post" action="/checkout" className="form-actions">
              <input type="hidden" name="checkoutId" value={checkoutId} />
              <button className="button wide">Check out</button>
            </form>
            <p className="small soft">No account needed. You see the whole cost before you pay.</p>
          </aside>
        </div>
      )}
    </main>
  )
}

function Group({
  group: { seller, lines, subtotalCents },
  currency,
}: {
  readonly group: CartGroup
  readonly currency: string
}) {
  return (
    <section className="parcel" aria-labelledby={`seller-${seller.slug}`}>
      <div className="parcel-head">
        <h2 id={`seller-${seller.slug}`}>
          <span className="visually-hidden">From </span>
          <a href={`/shops/${seller.slug}`}>{seller.name}</a>
        </h2>
        <p className="soft money">{money(subtotalCents, currency)}</p>
      </div>
      <ul className="stack">
        {lines.map((line) => (
          <Line key={line.sku} line={line} currency={currency} />
        ))}
      </ul>
    </section>
  )
}

function Line({ line, currency }: { readonly line: CartLine; readonly currency: string }) {
  const { sku, slug, name, art, quantity, unitPriceCents, lineTotalCents, available } = line
  return (
    <li className="line">
      <img className="thumb" src={artUrl(sku, art)} alt="" width={72} height={90} />
      <div className="line-words">
        <a href={`/p/${slug}`}>{name}</a>
        <p className="small soft money">{money(unitPriceCents, currency)} each</p>
        <LineNotice line={line} currency={currency} />
        <div className="line-tools">
          {line.status !== 'gone' && (
            <form method="post" action="/cart" data-send-on-change>
              <input type="hidden" name="sku" value={sku} />
              <label className="small" htmlFor={`quantity-${sku}`}>
                Quantity<span className="visually-hidden"> of {name}</span>
              </label>
              <QuantitySelect id={`quantity-${sku}`} current={quantity} available={available} />
              <button className="link-button only-without-script">
                Change<span className="visually-hidden"> quantity of {name}</span>
              </button>
            </form>
          )}
          <form method="post" action="/cart">
            <input type="hidden" name="sku" value={sku} />
            <input type="hidden" name="quantity" value="0" />
            <button className="link-button">
              Remove<span className="visually-hidden"> {name}</span>
            </button>
          </form>
        </div>
      </div>
      <p className="line-total money">{money(lineTotalCents, currency)}</p>
    </li>
  )
}

function LineNotice({ line, currency }: { readonly line: CartLine; readonly currency: string }) {
  const { status, available, priceChanged, previousUnitPriceCents } = line
  return (
    <>
      {status === 'low' && <p className="stock warn">Only {available} left</p>}
      {status === 'not-enough' && <p className="stock bad">Only {available} left: please choose fewer</p>}
      {status === 'sold-out' && <p className="stock bad">Sold out since you put it in</p>}
      {status === 'gone' && <p className="stock bad">Not on sale any more</p>}
      {priceChanged && previousUnitPriceCents !== undefined && (
        <p className="small">
          The price has changed: it was <s className="money">{money(previousUnitPriceCents, currency)}</s>.
        </p>
      )}
    </>
  )
}

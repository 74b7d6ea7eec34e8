import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import type { Problem } from '../../../services/checkout-service/contracts/api.ts'
import { formText } from '../form-text.ts'
import { openCheckout, orderPath } from '../checkout.server.ts'
import { pageProblem } from '../page-problem.ts'
import { CheckoutFrame } from '../parts/checkout-frame.tsx'
import { countryName } from '../parts/countries.ts'
import { money } from '../parts/money.ts'
import { Notice } from '../parts/page-furniture.tsx'
import { cards, cardNamed } from '../parts/test-cards.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params }: LoaderFunctionArgs) {
  const opened = await openCheckout(context.get(visitContext), params['checkoutId']!)
  if (opened.checkout.missing.includes('address')) throw redirect(`/checkout/${params['checkoutId']}`, 303)
  return opened
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const visit = context.get(visitContext)
  const checkoutId = params['checkoutId']!
  const form = await request.formData()
  const card = cardNamed(formText(form, 'paymentMethod'))
  const shownCents = Number(form.get('expectedTotalCents'))
  const answer = await visit.shop.checkout.placeCheckout({
    params: { checkoutId },
    body: { paymentMethod: card.token, expectedTotalCents: Number.isInteger(shownCents) ? shownCents : 0 },
  })
  switch (answer.status) {
    case 200:
      visit.forgetCart()
      return redirect(orderPath(answer.body.data.orderId, answer.body.data.orderToken), 303)
    case 202:
      return redirect(`/checkout/${checkoutId}/processing`, 303)
    case 402:
    case 409:
    case 503:
      // React Router reads the checkout afresh for this page, so a changed total is already the new one.
      return data({ refusal: refusal(answer.body), chosen: card.token }, { status: answer.status })
    case 400:
    case 401:
    case 404:
      throw pageProblem(404, 'checkout-not-found')
  }
}

/** Why it was not placed, and what to do, for people. */
function refusal({ code, declineCode }: Problem): { title: string; text: string; toBasket?: true } {
  switch (code) {
    case 'payment-declined':
      return declineCode === 'insufficient_funds'
        ? { title: 'The card has too little money on it.', text: 'Nothing was charged. Choose another card.' }
        : {
            title: 'The card was declined.',
            text: 'Nothing was charged. Choose another card, or ask your bank.',
          }
    case 'sold-out':
      return {
        title: 'Something was sold out a moment ago.',
        text: 'Nothing was charged. The basket shows what is left.',
        toBasket: true,
      }
    case 'price-changed':
      return {
        title: 'The total has changed.',
        text: 'Nothing was charged. Please look at the new total before you pay.',
      }
    case 'cart-closed':
      return {
        title: 'This basket was ordered already.',
        text: 'Look into your e-mail: the order is on its way.',
      }
    case 'not-ready':
      return { title: 'Something is still missing.', text: 'Please go through address and delivery again.' }
    default:
      return {
        title: 'The order could not be placed.',
        text: 'Nothing was charged. Please try again in a moment.',
      }
  }
}

export default function CheckoutPayment() {
  const { checkout, art } = useLoaderData<typeof loader>()
  const sent = useActionData<typeof action>()
  // A refusal that came after the page stopped waiting is kept with the checkout.
  const refused =
    sent?.refusal ??
    (checkout.failure && refusal({ ...checkout.failure, type: '', title: '', status: 0, detail: '' }))
  const { address, totals, currency, parcels, checkoutId } = checkout
  return (
    <CheckoutFrame checkout={checkout} art={art} step="Payment">
      <h1>Check and pay</h1>
      {refused && (
        <Notice kind="bad" focus>
          <strong>{refused.title}</strong>
          <span>{refused.text}</span>
          {refused.toBasket && <a href="/cart">Go to the basket</a>}
        </Notice>
      )}
      <div className="review small">
        {address && (
          <div>
            <h2>To</h2>
            <a href={`/checkout/${checkoutId}`}>
              Change<span className="visually-hidden"> the address</span>
            </a>
            <p>
              {address.name}, {address.street}, {address.postcode} {address.city},{' '}
              {countryName(address.country)}
              <br />
              <span className="soft">{address.email}</span>
            </p>
          </div>
        )}
        <div>
          <h2>Delivery</h2>
          <a href={`/checkout/${checkoutId}/shipping`}>
            Change<span className="visually-hidden"> the delivery</span>
          </a>
          <p>
            {parcels.map(({ sellerId, sellerName, method, options }) => (
              <span key={sellerId}>
                {sellerName}: {options.find((option) => option.method === method)?.label ?? method}
                <br />
              </span>
            ))}
          </p>
        </div>
      </div>
      <form method="post">
        <input type="hidden" name="checkoutId" value={checkoutId} />
        <input type="hidden" name="expectedTotalCents" value={totals.totalCents} />
        <fieldset>
          <legend>
            <strong>Pay with</strong>
          </legend>
          <p className="notice demo-note small">
            This is a demonstration provider. Its test cards are below; no real card is asked for and no money
            moves.
          </p>
          {cards.map(({ token, label, hint }) => (
            <label key={token} className="choice">
              <input
                type="radio"
                name="paymentMethod"
                value={token}
                defaultChecked={token === (sent?.chosen ?? cards[0].token)}
              />
              <span>
                {label}
                <br />
                <span className="small soft">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="form-actions">
          <button className="button">Pay {money(totals.totalCents, currency)}</button>
          <a href={`/checkout/${checkoutId}/shipping`}>Back to delivery</a>
        </div>
      </form>
    </CheckoutFrame>
  )
}

import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router'
import type { ShippingMethod } from '../../../services/checkout-service/contracts/api.ts'
import { openCheckout } from '../checkout.server.ts'
import { pageProblem } from '../page-problem.ts'
import { CheckoutFrame } from '../parts/checkout-frame.tsx'
import { money } from '../parts/money.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params }: LoaderFunctionArgs) {
  const opened = await openCheckout(context.get(visitContext), params['checkoutId']!)
  if (opened.checkout.missing.includes('address')) throw redirect(`/checkout/${params['checkoutId']}`, 303)
  return opened
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { shop } = context.get(visitContext)
  const checkoutId = params['checkoutId']!
  const form = await request.formData()
  const choices = [...form]
    .filter(([name]) => name.startsWith('method-'))
    .map(([name, method]) => ({ sellerId: name.slice('method-'.length), method: methodNamed(method) }))
  const answer = await shop.checkout.setShipping({ params: { checkoutId }, body: { choices } })
  if (answer.status === 404 || answer.status === 401) throw pageProblem(404, 'checkout-not-found')
  // Anything refused is shown by the page as it is now: the choice did not take, the cost did not change.
  const goesOn = answer.status === 200 && form.get('intent') !== 'update'
  return redirect(`/checkout/${checkoutId}/${goesOn ? 'payment' : 'shipping'}`, 303)
}

function methodNamed(text: unknown): ShippingMethod {
  return text === 'express' ? 'express' : 'standard'
}

export default function CheckoutShipping() {
  const { checkout, art } = useLoaderData<typeof loader>()
  return (
    <CheckoutFrame checkout={checkout} art={art} step="Delivery">
      <h1>How fast?</h1>
      <p className="soft">Each shop sends its own parcel, so each has its own choice.</p>
      <form method="post" data-send-on-change>
        {checkout.parcels.map(({ sellerId, sellerName, lines, method, options }) => (
          <fieldset key={sellerId} className="parcel">
            <legend>
              <strong>{sellerName}</strong>
            </legend>
            <p className="small soft">
              {lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}
            </p>
            <div>
              {options.map((option) => (
                <label key={option.method} className="choice">
                  <input
                    id={`method-${sellerId}-${option.method}`}
                    type="radio"
                    name={`method-${sellerId}`}
                    value={option.method}
                    defaultChecked={option.method === method}
                  />
                  <span>{option.label}</span>
                  <span className="money">
                    {option.priceCents === 0 ? 'free' : money(option.priceCents, checkout.currency)}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <div className="form-actions">
          <button className="button">Continue to payment</button>
          <button className="button quiet only-without-script" name="intent" value="update" data-update>
            Update the total
          </button>
          <a href={`/checkout/${checkout.checkoutId}`}>Back to the address</a>
        </div>
      </form>
    </CheckoutFrame>
  )
}

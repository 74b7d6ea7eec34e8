import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import type { Address } from '../../../services/checkout-service/contracts/api.ts'
import { addressErrors, readAddress, refusedAddress, type AddressErrors } from '../address-form.ts'
import { openCheckout } from '../checkout.server.ts'
import { pageProblem } from '../page-problem.ts'
import { CheckoutFrame } from '../parts/checkout-frame.tsx'
import { countries } from '../parts/countries.ts'
import { ErrorSummary, Field } from '../parts/field.tsx'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params }: LoaderFunctionArgs) {
  const visit = context.get(visitContext)
  const opened = await openCheckout(visit, params['checkoutId']!)
  const me = visit.isSignedIn && !opened.checkout.address ? await visit.shop.auth.getMe({}) : undefined
  return {
    ...opened,
    known: me?.status === 200 ? { email: me.body.data.email, name: me.body.data.name } : undefined,
  }
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { shop } = context.get(visitContext)
  const checkoutId = params['checkoutId']!
  const address = readAddress(await request.formData())
  const errors = addressErrors(address)
  if (Object.keys(errors).length > 0) return data({ address, errors }, { status: 422 })
  const answer = await shop.checkout.setAddress({ params: { checkoutId }, body: address })
  switch (answer.status) {
    case 200:
      return redirect(`/checkout/${checkoutId}/shipping`, 303)
    case 400:
    case 422:
      return data({ address, errors: refusedAddress(answer.body) }, { status: 422 })
    case 409: // being placed or done: the loader knows where to go
      return redirect(`/checkout/${checkoutId}`, 303)
    case 401:
    case 404:
      throw pageProblem(404, 'checkout-not-found')
  }
}

export default function CheckoutAddress() {
  const { checkout, art, known } = useLoaderData<typeof loader>()
  const sent = useActionData<typeof action>()
  const errors: AddressErrors = sent?.errors ?? {}
  const address: Partial<Address> = sent?.address ?? checkout.address ?? { ...known, country: 'DE' }
  const field = (name: keyof Address) => ({
    name,
    defaultValue: address[name] ?? '',
    error: errors[name],
    required: true,
  })
  return (
    <CheckoutFrame checkout={checkout} art={art} step="Address">
      <h1>Where does it go?</h1>
      <ErrorSummary errors={errors} />
      {/* The server says what is wrong, in one way with and without script. */}
      <form method="post" noValidate>
        <div className="form-grid">
          <Field
            label="E-mail"
            hint="For the confirmation and the link to your order."
            type="email"
            autoComplete="email"
            maxLength={254}
            {...field('email')}
          />
          <Field label="Full name" autoComplete="name" maxLength={120} {...field('name')} />
          <Field
            label="Street and number"
            autoComplete="street-address"
            maxLength={200}
            {...field('street')}
          />
          <Field
            label="Postcode"
            span="third"
            autoComplete="postal-code"
            maxLength={12}
            {...field('postcode')}
          />
          <Field
            label="City"
            span="two-thirds"
            autoComplete="address-level2"
            maxLength={120}
            {...field('city')}
          />
          <div className="field">
            <label htmlFor="country">Country</label>
            <select
              id="country"
              name="country"
              autoComplete="country"
              defaultValue={address.country}
              aria-invalid={errors.country ? true : undefined}
              aria-describedby={errors.country ? 'country-error' : undefined}
            >
              {countries.map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
            {errors.country && (
              <span className="field-error" id="country-error">
                {errors.country}
              </span>
            )}
          </div>
        </div>
        <div className="form-actions">
          <button className="button">Continue to delivery</button>
          <a href="/cart">Back to the basket</a>
        </div>
      </form>
    </CheckoutFrame>
  )
}

import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { placeOf, readCheckout } from '../checkout.server.ts'
import { ArcadeMark } from '../parts/icons.tsx'
import { visitContext } from '../visit.server.ts'

const LOOK_AGAIN_MS = 1_500

export async function loader({ context, params }: LoaderFunctionArgs) {
  const visit = context.get(visitContext)
  const checkout = await readCheckout(visit, params['checkoutId']!)
  if (checkout.status === 'open') throw redirect(`/checkout/${checkout.checkoutId}/payment`, 303)
  if (checkout.status === 'completed') {
    visit.forgetCart()
    throw redirect(placeOf(checkout) ?? '/account', 303)
  }
  return { path: `/checkout/${checkout.checkoutId}/processing` }
}

export default function CheckoutProcessing() {
  const { path } = useLoaderData<typeof loader>()
  return (
    <main id="main" tabIndex={-1} className="wrap page" data-look-again-ms={LOOK_AGAIN_MS}>
      <title>Placing your order · Colonnade</title>
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <div className="waiting" role="status">
        <ArcadeMark />
        <h1>Placing your order</h1>
        <p>
          It is being paid and written down. You can leave this page: the order goes on, and an e-mail tells
          you.
        </p>
        <a href={path}>Look again</a>
      </div>
    </main>
  )
}

import type { ReactNode } from 'react'
import type { Checkout } from '../../../services/checkout-service/contracts/api.ts'
import { artUrl, type Art } from './art-url.ts'
import { money } from './money.ts'

const steps = ['Address', 'Delivery', 'Payment'] as const

type Props = {
  readonly checkout: Checkout
  readonly art: Readonly<Record<string, Art>>
  readonly step: (typeof steps)[number]
  readonly children: ReactNode
}

/** A step of the checkout beside what it all costs. */
export function CheckoutFrame({ checkout, art, step, children }: Props) {
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${step} · Checkout · Colonnade`}</title>
      <meta name="robots" content="noindex" />
      <ol className="steps" aria-label="Steps of the checkout">
        {steps.map((name) => (
          <li key={name} aria-current={name === step ? 'step' : undefined}>
            {name}
          </li>
        ))}
      </ol>
      {/* On small screens the sum is below the form; this keeps the cost in sight. */}
      <a className="total-now" href="#sum">
        Total <strong className="money">{money(checkout.totals.totalCents, checkout.currency)}</strong>
      </a>
      <div className="two-columns">
        <div className="stack">{children}</div>
        <aside className="panel" aria-labelledby="sum">
          <h2 id="sum">Your order</h2>
          <ul className="summary-lines">
            {checkout.parcels.flatMap(({ lines }) =>
              lines.map(({ sku, name, quantity, totalCents }) => (
                <li key={sku}>
                  <img className="thumb" src={artUrl(sku, art[sku])} alt="" width={44} height={55} />
                  <span>
                    {quantity} × {name}
                  </span>
                  <span className="money">{money(totalCents, checkout.currency)}</span>
                </li>
              )),
            )}
          </ul>
          <Totals totals={checkout.totals} currency={checkout.currency} />
        </aside>
      </div>
    </main>
  )
}

type Sums = {
  readonly goodsCents: number
  readonly shippingCents: number
  readonly totalCents: number
  readonly vatCents?: number
  readonly vatRateBasisPoints?: number
}

export function Totals({ totals, currency }: { readonly totals: Sums; readonly currency: string }) {
  const { goodsCents, shippingCents, totalCents, vatCents, vatRateBasisPoints } = totals
  return (
    <dl className="totals">
      <div>
        <dt>Products</dt>
        <dd className="money">{money(goodsCents, currency)}</dd>
      </div>
      <div>
        <dt>Delivery</dt>
        <dd className="money">{shippingCents === 0 ? 'free' : money(shippingCents, currency)}</dd>
      </div>
      <div className="grand">
        <dt>Total</dt>
        <dd className="money">{money(totalCents, currency)}</dd>
      </div>
      {vatCents !== undefined && vatRateBasisPoints !== undefined && (
        <div className="small soft">
          <dt>of which VAT, {vatRateBasisPoints / 100}%</dt>
          <dd className="money">{money(vatCents, currency)}</dd>
        </div>
      )}
    </dl>
  )
}

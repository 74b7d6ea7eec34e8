import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'

// A shopper who uses the public HTTP interface as a client would, and remembers what was asked and answered.

export type Purchase = {
  readonly cartId: string
  readonly checkoutId: string
  readonly email: string
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  readonly totalCents: number
}

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of many shapes, asserted on by the tests that read it
export type Json = any
export type Answer = { readonly status: number; readonly body: Json }

/** One call; resolves to status 0 if the connection broke, which tells the caller nothing about the effect. */
export async function call(url: string, method = 'GET', body?: unknown): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  } catch {
    return { status: 0, body: undefined }
  }
}

/** Products that can be bought now, from as many sellers as there are on the page. */
export async function productsOnSale(
  gateway: string,
): Promise<{ sku: string; slug: string; priceCents: number }[]> {
  const { body } = await call(`${gateway}/api/v1/products?pageSize=48`)
  const products = body.data as { sku: string; slug: string; priceCents: number }[]
  const stock = await call(`${gateway}/api/v1/stock?skus=${products.map(({ sku }) => sku).join(',')}`)
  const available = new Map(
    (stock.body.data as { sku: string; available: number }[]).map((row) => [row.sku, row.available]),
  )
  return products.filter(({ sku }) => (available.get(sku) ?? 0) >= 5)
}

/** Everything up to the last click: a cart with these lines and a checkout with address and quote. */
export async function prepare(gateway: string, lines: Purchase['lines']): Promise<Purchase> {
  const [cartId, checkoutId] = [randomUUID(), randomUUID()]
  const email = `guest-${checkoutId.slice(0, 8)}@example.com`
  const ok = async (path: string, method: string, body: unknown) => {
    const answer = await call(`${gateway}/api/v1${path}`, method, body)
    assert.ok(
      answer.status >= 200 && answer.status < 300,
      `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`,
    )
    return answer.body.data
  }
  await ok('/carts', 'POST', { cartId })
  for (const { sku, quantity } of lines) await ok(`/carts/${cartId}/lines/${sku}`, 'PUT', { quantity })
  await ok('/checkouts', 'POST', { checkoutId, cartId })
  const address = {
    email,
    name: 'Ada Blum',
    street: 'Lindenweg 7',
    city: 'Freiburg',
    postcode: '79102',
    country: 'DE',
  }
  const checkout = await ok(`/checkouts/${checkoutId}/address`, 'PUT', address)
  return { cartId, checkoutId, email, lines, totalCents: checkout.totals.totalCents }
}

/** The last click. */
export function place(gateway: string, purchase: Purchase, paymentMethod = 'pm_card_visa'): Promise<Answer> {
  return call(`${gateway}/api/v1/checkouts/${purchase.checkoutId}/place`, 'POST', {
    paymentMethod,
    expectedTotalCents: purchase.totalCents,
  })
}

/** Waits until the checkout is neither being placed nor out of reach. */
export async function settled(gateway: string, { checkoutId }: Purchase, timeoutMs = 30_000): Promise<Json> {
  let last: Answer | undefined
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    last = await call(`${gateway}/api/v1/checkouts/${checkoutId}`)
    if (last.status === 200 && last.body.data.status !== 'processing') return last.body.data
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Checkout ${checkoutId} did not settle: ${JSON.stringify(last)}`)
}

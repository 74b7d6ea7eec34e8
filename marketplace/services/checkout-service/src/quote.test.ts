import assert from 'node:assert/strict'
import test from 'node:test'
import type { ShippingMethod } from '../contracts/api.ts'
import { quote, type LineGroup } from './quote.ts'
import { includedVatCents, servedCountries, vatRateOf } from './vat.ts'

function group(sellerId: string, ...prices: number[]): LineGroup {
  const lines = prices.map((unitPriceCents, i) => ({
    sku: `SKU-${i}`,
    name: 'Mug',
    slug: 'mug',
    quantity: 1,
    unitPriceCents,
  }))
  return { sellerId, sellerName: sellerId, sellerSlug: sellerId, lines }
}

// checkout-service/001#FR-004
const shipping: [string, number, ShippingMethod, number][] = [
  ['standard costs 4.90', 2980, 'standard', 490],
  ['standard costs 4.90 up to a cent below 50', 4999, 'standard', 490],
  ['standard is free from 50 on', 5000, 'standard', 0],
  ['express costs 9.90', 2980, 'express', 990],
  ['express is never free', 50_000, 'express', 990],
]
for (const [title, goods, method, expected] of shipping)
  test(title, () => {
    const { totals } = quote([group('a', goods)], { a: method }, undefined)
    assert.deepEqual([totals.shippingCents, totals.totalCents], [expected, goods + expected])
  })

test('each seller ships for itself: two small parcels do not add up to a free one', () => {
  const { parcels, totals } = quote([group('a', 3000), group('b', 3000)], { b: 'express' }, undefined)
  assert.deepEqual(
    parcels.map(({ shippingCents }) => shippingCents),
    [490, 990],
  )
  assert.equal(totals.totalCents, 7480)
})

// checkout-service/001#FR-003
const vat: [string, number, number][] = [
  ['DE', 3470, 554],
  ['FR', 1200, 200],
  ['FI', 10_000, 2032],
  ['LU', 117, 17],
]
for (const [country, gross, expected] of vat)
  test(`${gross} cents in ${country} hold ${expected} cents of VAT`, () => {
    assert.equal(includedVatCents(gross, vatRateOf(country)!), expected)
  })

test('without a country the VAT is not guessed', () => {
  assert.equal(quote([group('a', 100)], {}, undefined).totals.vatCents, undefined)
  assert.equal(quote([group('a', 100)], {}, 'DE').totals.vatRateBasisPoints, 1900)
  assert.equal(vatRateOf('XX'), undefined)
})

test('sums agree to the cent for any cart, and the VAT is within half a cent of exact', () => {
  let seed = 20261120
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below
  for (let round = 0; round < 2_000; round++) {
    const groups = Array.from({ length: 1 + random(4) }, (_, i) => ({
      ...group(`s${i}`),
      lines: group('x', ...Array.from({ length: 1 + random(5) }, () => random(200_000))).lines.map(
        (line) => ({
          ...line,
          quantity: 1 + random(20),
        }),
      ),
    }))
    const methods = Object.fromEntries(
      groups.map(({ sellerId }) => [sellerId, random(2) ? 'express' : 'standard'] as const),
    )
    const country = servedCountries[random(servedCountries.length)]!
    const { parcels, totals } = quote(groups, methods, country)
    const lines = groups
      .flatMap((each) => each.lines)
      .reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0)
    assert.equal(totals.goodsCents, lines)
    assert.equal(
      totals.totalCents,
      parcels.reduce((sum, { totalCents }) => sum + totalCents, 0),
    )
    assert.equal(totals.totalCents, totals.goodsCents + totals.shippingCents)
    const rate = vatRateOf(country)!
    assert.ok(Math.abs(totals.vatCents! - (totals.totalCents * rate) / (10_000 + rate)) <= 0.5 + 1e-6)
  }
})

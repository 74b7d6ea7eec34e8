import type { Parcel, ShippingMethod, ShippingOption, Totals } from '../contracts/api.ts'
import { includedVatCents, vatRateOf } from './vat.ts'

/** What is bought from one seller, at the prices of the snapshot. */
export type LineGroup = {
  readonly sellerId: string
  readonly sellerName: string
  readonly sellerSlug: string
  readonly lines: readonly Line[]
}

export type Line = {
  readonly sku: string
  readonly name: string
  readonly slug: string
  readonly quantity: number
  readonly unitPriceCents: number
}

/** Chosen methods by seller; a seller that is not in it ships standard. */
export type Methods = Readonly<Record<string, ShippingMethod>>

export type Quote = { readonly parcels: Parcel[]; readonly totals: Totals }

const STANDARD_CENTS = 490
const EXPRESS_CENTS = 990
const FREE_STANDARD_FROM_CENTS = 5_000

/** What everything costs, exact to the cent. Prices include VAT; without a country the VAT in them is not known. */
export function quote(groups: readonly LineGroup[], methods: Methods, country: string | undefined): Quote {
  const parcels = groups.map((group) => parcelOf(group, methods[group.sellerId] ?? 'standard'))
  const goodsCents = sum(parcels.map((parcel) => parcel.goodsCents))
  const shippingCents = sum(parcels.map((parcel) => parcel.shippingCents))
  const totalCents = goodsCents + shippingCents
  const rate = country === undefined ? undefined : vatRateOf(country)
  const vat =
    rate === undefined ? {} : { vatCents: includedVatCents(totalCents, rate), vatRateBasisPoints: rate }
  return { parcels, totals: { goodsCents, shippingCents, totalCents, ...vat } }
}

function parcelOf({ sellerId, sellerName, sellerSlug, lines }: LineGroup, method: ShippingMethod): Parcel {
  const priced = lines.map((line) => ({ ...line, totalCents: line.quantity * line.unitPriceCents }))
  const goodsCents = sum(priced.map((line) => line.totalCents))
  const options = optionsFor(goodsCents)
  const shippingCents = options.find((option) => option.method === method)!.priceCents
  return {
    sellerId,
    sellerName,
    sellerSlug,
    lines: priced,
    method,
    options,
    goodsCents,
    shippingCents,
    totalCents: goodsCents + shippingCents,
  }
}

function optionsFor(goodsCents: number): ShippingOption[] {
  const standardCents = goodsCents >= FREE_STANDARD_FROM_CENTS ? 0 : STANDARD_CENTS
  return [
    { method: 'standard', label: 'Standard, 3 to 5 working days', priceCents: standardCents },
    { method: 'express', label: 'Express, next working day', priceCents: EXPRESS_CENTS },
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

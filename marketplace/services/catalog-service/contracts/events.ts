// Generated from the contract beside this file by "npm run generate". Do not edit.

/** Published when the price of a product has changed */
export type CatalogProductRepriced = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'catalog.product.repriced'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The product */
    sku: string
    /** Price until now, in minor units */
    previousPriceCents: number
    /** Price from now on, VAT included, in minor units */
    priceCents: number
    /** ISO 4217 code */
    currency: string
  }
}

export type Events = {
  readonly 'catalog.product.repriced': CatalogProductRepriced
}

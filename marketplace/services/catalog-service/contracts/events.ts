// Generated from the contract beside this file by "npm run generate". Do not edit.

/** Published when a product goes on sale */
export type CatalogProductPublished = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'catalog.product.published'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The product */
    sku: string
    /** Counts the changes of the product; the higher one is newer */
    revision: number
    /** The product as lists show it, after the change */
    product: {
      productId: string
      sku: string
      slug: string
      name: string
      category: {
        slug: string
        name: string
      }
      seller: {
        sellerId: string
        slug: string
        name: string
        rating: number
      }
      priceCents: number
      currency: string
      art: {
        hue: number
        motif: string
      }
      publishedAt: string
      rating: {
        average: number
        count: number
      }
    }
  }
}

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
    /** Counts the changes of the product; the higher one is newer */
    revision: number
    /** The product as lists show it, after the change */
    product: {
      productId: string
      sku: string
      slug: string
      name: string
      category: {
        slug: string
        name: string
      }
      seller: {
        sellerId: string
        slug: string
        name: string
        rating: number
      }
      priceCents: number
      currency: string
      art: {
        hue: number
        motif: string
      }
      publishedAt: string
      rating: {
        average: number
        count: number
      }
    }
  }
}

/** Published when a product goes off sale */
export type CatalogProductWithdrawn = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'catalog.product.withdrawn'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The product */
    sku: string
    /** Counts the changes of the product; the higher one is newer */
    revision: number
    /** Never changes */
    productId: string
  }
}

export type Events = {
  readonly 'catalog.product.published': CatalogProductPublished
  readonly 'catalog.product.repriced': CatalogProductRepriced
  readonly 'catalog.product.withdrawn': CatalogProductWithdrawn
}

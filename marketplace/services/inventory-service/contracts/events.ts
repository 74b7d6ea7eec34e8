// Generated from the contract beside this file by "npm run generate". Do not edit.

/** Published when held units have left the stock for good */
export type InventoryStockConfirmed = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'inventory.stock.confirmed'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The reservation */
    reservationId: string
    /** What was held, one entry per SKU */
    lines: {
      /** The product */
      sku: string
      /** Units */
      quantity: number
    }[]
  }
}

/** Published when the units of a reservation are for sale again */
export type InventoryStockReleased = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'inventory.stock.released'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The reservation */
    reservationId: string
    /** cancelled while held, returned after it was confirmed, expired because nobody confirmed in time */
    reason: 'cancelled' | 'returned' | 'expired'
    /** What was held, one entry per SKU */
    lines: {
      /** The product */
      sku: string
      /** Units */
      quantity: number
    }[]
  }
}

export type Events = {
  readonly 'inventory.stock.confirmed': InventoryStockConfirmed
  readonly 'inventory.stock.released': InventoryStockReleased
}

import { ShopError } from '../../../platform/errors.ts'
import { failPoint } from '../../../platform/fail-point.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type { Operations, Reservation, Stock } from '../contracts/api.ts'
import type { StockLevel } from './postgres.ts'
import { lowFrom } from './reservation.ts'
import { reserveStock, type ReservePorts } from './reserve-stock.ts'
import { confirmReservation, releaseReservation, type SettlePorts } from './settle-reservation.ts'

export type InventoryPorts = ReservePorts &
  SettlePorts & {
    readStock(skus: readonly string[]): Promise<StockLevel[]>
    setOnHand(sku: string, onHand: number): Promise<StockLevel | undefined>
    findReservation(reservationId: string): Promise<Reservation | undefined>
  }

export function routes(ports: InventoryPorts): Handlers<Operations> {
  return {
    async getStock({ query }) {
      const skus = query.skus.split(',')
      const levels = new Map((await ports.readStock(skus)).map((level) => [level.sku, level]))
      const data = skus.map((sku) => stockOf(levels.get(sku) ?? { sku, onHand: 0, reserved: 0 }))
      return { status: 200, body: { data } }
    },

    async setStock({ params: { sku }, body: { onHand } }) {
      const level = await ports.setOnHand(sku, onHand)
      if (level) return { status: 200, body: { data: stockOf(level) } }
      const [held] = await ports.readStock([sku])
      throw new ShopError(
        'units-held',
        { reserved: held?.reserved ?? 0 },
        'More units are held for buyers than would be left. Release reservations first, or set a higher number.',
        409,
      )
    },

    async reserveStock({ body }) {
      const data = await reserveStock(ports, body)
      failPoint('inventory:after-reserve')
      return { status: 201, body: { data } }
    },

    async getReservation({ params }) {
      const data = await ports.findReservation(params.reservationId)
      if (!data) throw new ShopError('reservation-not-found', {}, 'There is no such reservation.', 404)
      return { status: 200, body: { data } }
    },

    async confirmReservation({ params }) {
      const data = await confirmReservation(ports, params.reservationId)
      failPoint('inventory:after-confirm')
      return { status: 200, body: { data } }
    },

    async releaseReservation({ params }) {
      const data = await releaseReservation(ports, params.reservationId)
      failPoint('inventory:after-release')
      return { status: 200, body: { data } }
    },
  }
}

export function stockOf({ sku, onHand, reserved }: StockLevel): Stock {
  const available = onHand - reserved
  return { sku, available, status: available === 0 ? 'sold-out' : available <= lowFrom ? 'low' : 'in-stock' }
}

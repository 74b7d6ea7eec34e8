import type { Client } from '../../../platform/http/client.ts'
import type { Operations as InventoryOperations } from '../../inventory-service/contracts/api.ts'
import type { Operations as OrderOperations } from '../../order-service/contracts/api.ts'
import type { Operations as PaymentOperations } from '../../payment-service/contracts/api.ts'
import type { Remotes, Saga } from './place-order-saga.ts'
import type { StepResult } from './saga-steps.ts'

export type Clients = {
  readonly inventory: Client<InventoryOperations>
  readonly payment: Client<PaymentOperations>
  readonly order: Client<OrderOperations>
}

const done: StepResult = { outcome: 'done' }

/** The saga's ports over HTTP. An answer that is neither yes nor a refusal is thrown: the saga asks again. */
export function remotes({ inventory, payment, order }: Clients): Remotes {
  return {
    async reserve(saga) {
      const answer = await inventory.reserveStock({
        body: { reservationId: saga.reservationId, lines: linesOf(saga) },
      })
      if (answer.status === 201) return done
      if (answer.status === 409 && answer.body.code === 'sold-out') return soldOut(answer.body)
      throw unexpected('reserveStock', answer)
    },

    async release({ reservationId }) {
      const answer = await inventory.releaseReservation({ params: { reservationId } })
      if (answer.status !== 200) throw unexpected('releaseReservation', answer)
    },

    async authorize(saga) {
      const { paymentId, orderId, currency, paymentMethod, parcels, totals } = saga
      const splits = parcels.map(({ sellerId, goodsCents, shippingCents }) => ({
        sellerId,
        goodsCents,
        shippingCents,
      }))
      const answer = await payment.authorizePayment({
        body: { paymentId, orderId, amountCents: totals.totalCents, currency, paymentMethod, splits },
      })
      if (answer.status === 201) return done
      if (answer.status === 402) return declined(answer.body)
      throw unexpected('authorizePayment', answer)
    },

    async cancelPayment({ paymentId }) {
      const answer = await payment.cancelPayment({ params: { paymentId } })
      if (answer.status !== 200) throw unexpected('cancelPayment', answer)
    },

    async place(saga) {
      const { orderId, checkoutId, cartId, paymentId, buyerId, customer, currency, totals } = saga
      const parcels = saga.parcels.map(({ options: _offered, ...parcel }) => parcel)
      const buyer = buyerId === undefined ? {} : { buyerId }
      const answer = await order.placeOrder({
        body: { orderId, checkoutId, cartId, paymentId, ...buyer, customer, currency, parcels, totals },
      })
      if (answer.status === 201) return { outcome: 'done', orderToken: answer.body.data.orderToken }
      throw unexpected('placeOrder', answer)
    },

    async cancelOrder({ orderId }, { code }) {
      const answer = await order.cancelOrder({ params: { orderId }, body: { reason: code } })
      if (answer.status !== 200) throw unexpected('cancelOrder', answer)
    },

    async confirmStock({ reservationId }) {
      const answer = await inventory.confirmReservation({ params: { reservationId } })
      if (answer.status === 200) return done
      if (answer.status === 409 && answer.body.code === 'sold-out') return soldOut(answer.body)
      throw unexpected('confirmReservation', answer)
    },

    async capture({ paymentId }) {
      const answer = await payment.capturePayment({ params: { paymentId } })
      if (answer.status === 200) return done
      // 409: the provider let the hold go meanwhile and told payment-service by webhook.
      if (answer.status === 402 || answer.status === 409) return declined(answer.body)
      throw unexpected('capturePayment', answer)
    },
  }
}

function linesOf({ parcels }: Saga) {
  return parcels.flatMap(({ lines }) => lines).map(({ sku, quantity }) => ({ sku, quantity }))
}

type ProblemBody = { readonly code: string; readonly [member: string]: unknown }

function soldOut(problem: ProblemBody): StepResult {
  const skus = Array.isArray(problem['skus']) ? problem['skus'].map(String) : []
  return { outcome: 'refused', failure: { code: 'sold-out', message: 'Not enough units are left.', skus } }
}

function declined(problem: ProblemBody): StepResult {
  const { declineCode } = problem
  return {
    outcome: 'refused',
    failure: {
      code: 'payment-declined',
      message: 'The payment was declined.',
      ...(typeof declineCode === 'string' && { declineCode }),
    },
  }
}

function unexpected(operation: string, { status, body }: { status: number; body: unknown }): Error {
  const code = (body as Partial<ProblemBody> | undefined)?.code ?? 'no code'
  return new Error(`${operation} answered ${status} (${code}).`)
}

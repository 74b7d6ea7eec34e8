import type { Handlers } from '../../../platform/http/serve.ts'
import type { Operations } from '../contracts/api.ts'
import { createCart, deleteLine, putLine, type ChangePorts } from './change-cart.ts'
import { viewCart } from './view-cart.ts'

export function routes(ports: ChangePorts): Handlers<Operations> {
  return {
    createCart: async ({ body }) => ({ status: 201, body: { data: await createCart(ports, body) } }),
    getCart: async ({ params }) => ({ status: 200, body: { data: await viewCart(ports, params.cartId) } }),
    putLine: async ({ params, body }) => ({
      status: 200,
      body: { data: await putLine(ports, { ...params, quantity: body.quantity }) },
    }),
    deleteLine: async ({ params }) => ({
      status: 200,
      body: { data: await deleteLine(ports, params.cartId, params.sku) },
    }),
  }
}

// The smallest order service that fits its contract. Plain JavaScript, so that any Node runs it.

import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const orders = new Map()

createServer(async (request, response) => {
  const answer = (status, value, type = 'application/json') => {
    response.writeHead(status, { 'Content-Type': type })
    response.end(JSON.stringify(value))
  }
  if (request.url === '/health') return answer(200, { status: 'ok' })
  if (request.method === 'POST' && request.url === '/api/v1/orders') {
    let text = ''
    for await (const chunk of request) text += chunk
    const { sku, quantity } = JSON.parse(text)
    if (quantity < 1) return answer(400, { code: 'bad-quantity' }, 'application/problem+json')
    const order = { orderId: randomUUID(), state: 'open', totalCents: quantity * 1000, sku }
    orders.set(order.orderId, order)
    return answer(201, order)
  }
  const order = orders.get(request.url.split('/').at(-1))
  return order ? answer(200, order) : answer(404, { code: 'no-such-order' }, 'application/problem+json')
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on ${process.env.PORT}`))

import { createHmac } from 'node:crypto'

/** The Stripe-Signature header: HMAC-SHA256 over `<seconds>.<payload>` (https://docs.stripe.com/webhooks/signature). */
export function webhookSignature(payload: string, secret: string, atS: number): string {
  const mac = createHmac('sha256', secret).update(`${atS}.${payload}`).digest('hex')
  return `t=${atS},v1=${mac}`
}

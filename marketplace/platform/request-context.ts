import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

/** W3C Trace Context (traceparent) of the request or event being worked on; rides along in calls, events and logs. */
export type RequestContext = { readonly traceId: string; readonly spanId: string }

export const requestContext = new AsyncLocalStorage<RequestContext>()

/** Continues the trace of a `traceparent` header, or begins a new one if it is absent or malformed. */
export function contextFrom(traceparent: string | undefined): RequestContext {
  const match = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent ?? '')
  return { traceId: match?.[1] ?? randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') }
}

export function traceparent(context: RequestContext | undefined = requestContext.getStore()): string {
  const { traceId, spanId } = context ?? contextFrom(undefined)
  return `00-${traceId}-${spanId}-01`
}

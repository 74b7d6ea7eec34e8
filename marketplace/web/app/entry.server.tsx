import { renderToString } from 'react-dom/server'
import { RouterContextProvider, ServerRouter, type EntryContext } from 'react-router'
import { beginVisit, visitContext, type VisitOptions } from './visit.server.ts'

/** Renders a page in one piece: nothing hydrates, so there is no stream worth the CPU (docs/decisions/0040). */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
): Response {
  headers.set('content-type', 'text/html; charset=utf-8')
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const html = renderToString(<ServerRouter context={routerContext} url={request.url} />)
  return new Response(`<!doctype html>${html}`, { status, headers })
}

/** React Router's context for one request, and the cookies it asks for. Called by web/service.ts through the build. */
export function openVisit(options: VisitOptions): {
  context: RouterContextProvider
  setCookies: () => string[]
} {
  const visit = beginVisit(options)
  const context = new RouterContextProvider()
  context.set(visitContext, visit)
  return { context, setCookies: () => visit.cookies.lines() }
}

// web/service.ts logs what went wrong; React Router would print to the console.
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (!request.signal.aborted) reportError(error)
}

let reportError: (error: unknown) => void = () => {}
export function onError(report: (error: unknown) => void): void {
  reportError = report
}

import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  Links,
  Outlet,
  useLocation,
  useRouteError,
  useRouteLoaderData,
  type LoaderFunctionArgs,
} from 'react-router'
import { listDepartments } from './departments.server.ts'
import { ErrorWords } from './parts/error-words.tsx'
import { SiteFooter, SiteHeader } from './parts/site-frame.tsx'
import './styles/app.css'
import { visitContext } from './visit.server.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const visit = context.get(visitContext)
  return {
    departments: await listDepartments(visit.shop),
    cartItems: visit.cart.items,
    isSignedIn: visit.isSignedIn,
    scriptUrl: visit.scriptUrl,
  }
}

// Pages a visitor is about to open are fetched while the pointer rests on their link. Never those that belong to them.
const speculation = JSON.stringify({
  prefetch: [
    {
      where: { or: [{ href_matches: '/p/*' }, { href_matches: '/c/*' }, { href_matches: '/shops/*' }] },
      eagerness: 'moderate',
    },
  ],
})

export function Layout({ children }: { readonly children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root')
  const { pathname, search } = useLocation()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Links />
        {data && <script type="module" src={data.scriptUrl} />}
        <script type="speculationrules" dangerouslySetInnerHTML={{ __html: speculation }} />
      </head>
      <body>
        <a className="skip-link" href="#main">
          Skip to content
        </a>
        <SiteHeader
          departments={data?.departments ?? []}
          cartItems={data?.cartItems ?? 0}
          isSignedIn={data?.isSignedIn ?? false}
          pathname={pathname}
          query={pathname === '/search' ? (new URLSearchParams(search).get('q') ?? '') : ''}
        />
        {children}
        <SiteFooter />
      </body>
    </html>
  )
}

export default function Shop() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const { status, code } = isRouteErrorResponse(error)
    ? {
        status: error.status,
        code:
          (error.data as { code?: string } | undefined)?.code ??
          (error.status === 404 ? 'not-found' : 'unexpected'),
      }
    : { status: 500, code: 'unexpected' }
  return <ErrorWords status={status} code={code} />
}

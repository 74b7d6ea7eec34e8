import { createContext } from 'react-router'
import type { Session } from '../../services/auth-service/contracts/api.ts'
import type { Cart } from '../../services/cart-service/contracts/api.ts'
import { cookieJar, type CookieJar } from './cookies.server.ts'
import { gateway, type Connection, type Gateway } from './gateway.server.ts'

export type Visit = {
  readonly shop: Gateway
  readonly cart: { readonly id: string | undefined; readonly items: number }
  /** There is a session; its tokens are checked where they are used. */
  readonly isSignedIn: boolean
  rememberCart(cart: Cart): void
  forgetCart(): void
  signIn(session: Session): void
  signOut(): Promise<void>
  readonly cookies: CookieJar
  /** The one script of the pages. */
  readonly scriptUrl: string
}

/** How a page's loader or action reaches the visit it serves: `context.get(visitContext)`. */
export const visitContext = createContext<Visit>()

export type VisitOptions = {
  readonly gatewayUrl: string
  readonly scriptUrl: string
  readonly secure: boolean
  readonly cookieHeader: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly onFailure: Connection['onFailure']
}

const CART_LIFE_SECONDS = 30 * 24 * 3600
const RENEWAL_LIFE_SECONDS = 7 * 24 * 3600 // the refresh token's own life
const MARGIN_SECONDS = 30 // renewed before it ends, not when a page needs it

export function beginVisit(options: VisitOptions): Visit {
  const { gatewayUrl, scriptUrl, secure, cookieHeader, headers, onFailure } = options
  const cookies = cookieJar(cookieHeader, { secure })
  const connection: Connection = { url: gatewayUrl, headers, token: () => currentToken(), onFailure }
  const shop = gateway(connection)
  const withoutToken = gateway({ ...connection, token: () => Promise.resolve(undefined) })
  const [cartId, items] = (cookies.get('cart') ?? '').split('.')

  const signIn = ({ accessToken, refreshToken, expiresIn }: Session) => {
    cookies.set('session', accessToken, Math.max(0, expiresIn - MARGIN_SECONDS))
    cookies.set('renewal', refreshToken, RENEWAL_LIFE_SECONDS)
  }
  const forgetSession = () => {
    cookies.clear('session')
    cookies.clear('renewal')
  }

  async function currentToken(): Promise<string | undefined> {
    const token = cookies.get('session')
    const refreshToken = cookies.get('renewal')
    if (token !== undefined || refreshToken === undefined) return token
    const session = await renewedOnce(refreshToken, async () => {
      const answer = await withoutToken.auth.refresh({ body: { refreshToken } })
      return answer.status === 200 ? answer.body.data : undefined
    })
    if (session === undefined) forgetSession()
    else signIn(session)
    return session?.accessToken
  }

  return {
    shop,
    cart: { id: cartId === '' ? undefined : cartId, items: Number(items ?? 0) || 0 },
    get isSignedIn() {
      return cookies.get('renewal') !== undefined
    },
    rememberCart: ({ cartId: id, itemCount }) => cookies.set('cart', `${id}.${itemCount}`, CART_LIFE_SECONDS),
    forgetCart: () => cookies.clear('cart'),
    signIn,
    async signOut() {
      const refreshToken = cookies.get('renewal')
      forgetSession()
      if (refreshToken !== undefined) await withoutToken.auth.logout({ body: { refreshToken } })
    },
    cookies,
    scriptUrl,
  }
}

// A refresh token is good for one use, and two tabs that wake together hold the same one: the second use would look
// like theft and end the session. So the first answer is kept for a moment and shared.
const KEPT_MS = 20_000
const renewals = new Map<string, Promise<Session | undefined>>()

function renewedOnce(
  refreshToken: string,
  renew: () => Promise<Session | undefined>,
): Promise<Session | undefined> {
  const running = renewals.get(refreshToken)
  if (running !== undefined) return running
  const renewal = renew()
  renewals.set(refreshToken, renewal)
  setTimeout(() => renewals.delete(refreshToken), KEPT_MS).unref()
  // A failure is not an answer: the next request may try again.
  renewal.catch(() => renewals.delete(refreshToken))
  return renewal
}

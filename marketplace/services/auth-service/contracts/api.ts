// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Registration = {
  email: EmailAddress
  password: NewPassword
  /** How to address the buyer */
  name: string
}

export type Credentials = {
  email: EmailAddress
  /** The password, of any length a person may have typed */
  password: string
}

export type EmailAddress = string

export type NewPassword = string

export type RefreshTokenHolder = {
  /** The refresh token of the last answer */
  refreshToken: string
}

export type AccessTokenHolder = {
  /** The access token to check */
  token: string
}

export type User = {
  /** Never changes */
  userId: string
  /** In lower case */
  email: string
  /** How to address the person */
  name: string
  /** What the account may do */
  roles: Role[]
  /** When the account was opened */
  registeredAt: string
}

export type Role = 'buyer' | 'seller' | 'admin'

export type Session = {
  /** JWT to send as bearer token */
  accessToken: string
  /** Opaque, good for one use within 7 days */
  refreshToken: string
  /** Seconds that the access token still lives */
  expiresIn: number
  user: User
}

export type SessionAnswer = {
  data: Session
}

export type SignedOutAnswer = {
  /** What happened */
  data: {
    /** Always true */
    signedOut: true
  }
}

export type TokenHolderAnswer = {
  /** The holder of the token */
  data: {
    /** The account */
    userId: string
    /** What the token allows */
    roles: Role[]
  }
}

export type UserAnswer = {
  data: User
}

export type KeySet = {
  /** Keys in use, newest first */
  keys: PublicKey[]
}

export type PublicKey = {
  /** Key type */
  kty: 'OKP'
  /** Curve */
  crv: 'Ed25519'
  /** The public key, base64url */
  x: string
  /** Named in the header of each token */
  kid: string
  /** Signature algorithm */
  alg: 'EdDSA'
  /** What the key is for */
  use: 'sig'
}

export type Health = {
  /** What lives */
  data: {
    /** Always ok */
    status: 'ok'
    /** Name of the service */
    service: string
  }
}

export type Problem = {
  /** URI of the kind of problem, or about:blank */
  type: string
  /** Name of the HTTP status */
  title: string
  /** The HTTP status */
  status: number
  /** Stable name of the problem, for programs */
  code: string
  /** What happened, for people */
  detail: string
  /** What to do about it */
  hint?: string
  /** Finds this request in the logs */
  traceId?: string
  /** Every place where the request does not fit the contract (invalid-request) */
  errors?: {
    /** JSON pointer into the request */
    pointer: string
    /** What is wrong there */
    message: string
    [name: string]: unknown
  }[]
  [name: string]: unknown
}

export type Operations = {
  readonly registerUser: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: Registration
    readonly response:
      | { readonly status: 201; readonly body: SessionAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 409; readonly body: Problem }
  }
  readonly login: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: Credentials
    readonly response:
      | { readonly status: 200; readonly body: SessionAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly refresh: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: RefreshTokenHolder
    readonly response:
      | { readonly status: 200; readonly body: SessionAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly logout: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: RefreshTokenHolder
    readonly response:
      | { readonly status: 200; readonly body: SignedOutAnswer }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly validateToken: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: AccessTokenHolder
    readonly response:
      | { readonly status: 200; readonly body: TokenHolderAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
  readonly getKeys: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: KeySet }
      | { readonly status: 400; readonly body: Problem }
  }
  readonly getMe: {
    readonly params: Record<never, never>
    readonly query: Record<never, never>
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: UserAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
}

export const contract = {
  service: 'auth-service',
  operations: {
    registerUser: { method: 'POST', path: '/api/v1/auth/register' },
    login: { method: 'POST', path: '/api/v1/auth/login' },
    refresh: { method: 'POST', path: '/api/v1/auth/refresh' },
    logout: { method: 'POST', path: '/api/v1/auth/logout' },
    validateToken: { method: 'POST', path: '/api/v1/auth/validate' },
    getKeys: { method: 'GET', path: '/api/v1/auth/keys' },
    getMe: { method: 'GET', path: '/api/v1/auth/me' },
    getHealth: { method: 'GET', path: '/health' },
  },
} as const

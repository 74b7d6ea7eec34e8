// Generated from the contract beside this file by "npm run generate". Do not edit.

/** Published when a buyer has opened an account */
export type AuthUserRegistered = {
  /** Unique per event; consumers remember it */
  eventId: string
  eventType: 'auth.user.registered'
  eventVersion: 'v1'
  /** When it happened */
  timestamp: string
  data: {
    /** The new account */
    userId: string
    /** In lower case */
    email: string
    /** How to address the person */
    name: string
  }
}

export type Events = {
  readonly 'auth.user.registered': AuthUserRegistered
}

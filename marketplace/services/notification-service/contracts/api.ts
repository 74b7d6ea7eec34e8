// Generated from the contract beside this file by "npm run generate". Do not edit.

export type Health = {
  data: {
    status: 'ok'
    service: string
  }
}

export type Message = {
  messageId: string
  kind: 'order-confirmed' | 'order-cancelled' | 'welcome'
  /** What it is about: an order or a user. */
  subjectId: string
  to: string
  subject: string
  status: 'pending' | 'sent' | 'dead'
  attempts: number
  createdAt: string
  sentAt?: string
  lastError?: string
}

export type MessagesAnswer = {
  data: Message[]
}

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  hint?: string
  traceId?: string
  [name: string]: unknown
}

export type Operations = {
  readonly listMessages: {
    readonly params: Record<never, never>
    readonly query: { readonly orderId: string }
    readonly body: undefined
    readonly response:
      | { readonly status: 200; readonly body: MessagesAnswer }
      | { readonly status: 400; readonly body: Problem }
      | { readonly status: 401; readonly body: Problem }
  }
}

export const contract = {
  service: 'notification-service',
  operations: {
    getHealth: { method: 'GET', path: '/health' },
    listMessages: { method: 'GET', path: '/api/v1/messages' },
  },
} as const

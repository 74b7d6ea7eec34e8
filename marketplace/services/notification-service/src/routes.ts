import type { Database } from '../../../platform/db/database.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type { Operations } from '../contracts/api.ts'
import { messagesAbout } from './postgres.ts'

export function routes(db: Database): Handlers<Operations> {
  return {
    async listMessages({ query: { orderId } }) {
      return { status: 200, body: { data: await messagesAbout(db, orderId) } }
    },
  }
}

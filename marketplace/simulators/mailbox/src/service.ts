import { portOf } from '../../../platform/environment.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import { inboxPages } from './pages.ts'
import { startSmtp } from './smtp.ts'

/** Catches every e-mail of the demo shop and shows it on a page. */
export const mailbox: ServiceDefinition = {
  name: 'mailbox',
  database: 'mailbox',
  folder: new URL('..', import.meta.url),
  async start({ environment, db, clock, log }) {
    const { host } = environment
    const smtp = await startSmtp(db, { host, port: portOf(environment, 'mailbox-smtp'), clock, log })
    return {
      async extend(app) {
        await app.register(inboxPages(db))
      },
      stop: () => smtp.stop(),
    }
  },
}

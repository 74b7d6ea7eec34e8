import { runInBackground } from '../../../platform/background.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import { dueMessages, markFailed, markSent } from './postgres.ts'
import { routes } from './routes.ts'
import { sendMessages } from './send-messages.ts'
import { smtpSender } from './smtp.ts'
import { subscriptions } from './subscriptions.ts'

export const notificationService: ServiceDefinition = {
  name: 'notification-service',
  database: 'notification',
  folder: new URL('..', import.meta.url),
  start({ environment, db, clock, log }) {
    const smtp = smtpSender(environment)
    const sender = runInBackground(
      {
        name: 'message sender',
        everyMs: 1_000,
        run: () =>
          sendMessages({
            due: (limit) => dueMessages(db, clock(), limit),
            send: (message) => smtp.send(message),
            markSent: (messageId) => markSent(db, messageId, clock()),
            markFailed: (messageId, error, next) => markFailed(db, messageId, error, next),
            now: clock,
            log,
          }),
      },
      log,
    )
    return {
      handlers: routes(db),
      subscriptions: subscriptions({ shopUrl: environment.publicUrl, clock, onQueued: () => sender.wake() }),
      async stop() {
        await sender.stop()
        smtp.close()
      },
    }
  },
}

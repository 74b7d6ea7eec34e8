import type { AddressInfo } from 'node:net'
import { callbackify } from 'node:util'
import { SMTPServer } from 'smtp-server'
import type { Database } from '../../../platform/db/database.ts'
import type { Log } from '../../../platform/log.ts'
import { parseMessage } from './parse-message.ts'
import { keepMessage } from './postgres.ts'

const SIZE_LIMIT_BYTES = 5_000_000

/** Receives mail for everyone and keeps it; never sends any on. A message is accepted only once it is stored. */
export async function startSmtp(
  db: Database,
  { host, port, log, clock }: { host: string; port: number; log: Log; clock: () => Date },
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    name: 'mailbox',
    banner: 'mail stays here',
    size: SIZE_LIMIT_BYTES,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'], // loopback only; nothing to protect from and nobody to know
    disableReverseLookup: true,
    closeTimeout: 500, // senders keep idle connections open; they need not hold up a stop
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        callbackify(receive)(Buffer.concat(chunks), recipients, stream.sizeExceeded, (error) => done(error))
      })
    },
  })
  server.on('error', (error) => log.warn('smtp connection failed', { error }))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }

  /** Rejects with what the sender is told instead of OK. */
  async function receive(source: Buffer, recipients: string[], tooLarge: boolean): Promise<void> {
    if (tooLarge) throw reply(552, 'Message too large')
    try {
      await keepMessage(db, await parseMessage(source), { recipients, source, receivedAt: clock() })
    } catch (error) {
      log.error('message not kept', { error: error as Error })
      throw reply(451, 'Try again later')
    }
  }
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

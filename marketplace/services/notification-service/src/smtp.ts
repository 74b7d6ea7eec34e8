import { createTransport } from 'nodemailer'
import type { Environment } from '../../../platform/environment.ts'
import { SHOP_NAME } from './email-layout.ts'
import type { DueMessage } from './send-messages.ts'

const TIMEOUT_MS = 10_000

/** Sends over the installation's mail server, with few connections that are kept open. */
export function smtpSender({ smtp, publicUrl }: Environment): {
  send(message: DueMessage): Promise<void>
  close(): void
} {
  const domain = mailDomain(publicUrl)
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  return {
    async send({ messageId, to, subject, html, text }) {
      await transport.sendMail({
        from: { name: SHOP_NAME, address: `orders@${domain}` },
        to,
        subject,
        html,
        text,
        // Made of our id, so that sending again after a crash is the same message.
        messageId: `<${messageId}@${domain}>`,
      })
    },
    close: () => transport.close(),
  }
}

/** An address needs a domain; a demo on a bare IP address gets one that can never be real (RFC 2606). */
function mailDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /[a-z]/i.test(hostname) && hostname !== 'localhost' ? hostname : 'colonnade.example'
}

import { failPoint } from '../../../platform/fail-point.ts'
import type { Log } from '../../../platform/log.ts'

export type DueMessage = {
  readonly messageId: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attempts: number
}

export type Ports = {
  due(limit: number): Promise<DueMessage[]>
  /** Resolves once the mail server has taken it. */
  send(message: DueMessage): Promise<void>
  markSent(messageId: string): Promise<void>
  /** `nextAttemptAt` undefined: given up, for a person to look at. */
  markFailed(messageId: string, error: string, nextAttemptAt: Date | undefined): Promise<void>
  now(): Date
  log: Log
}

const BATCH = 20
const TRIES = 12

/** Sends what is due; resolves to true if there may be more. A message is sent again rather than lost. */
export async function sendMessages(ports: Ports): Promise<boolean> {
  const due = await ports.due(BATCH)
  for (const message of due) await sendOne(ports, message)
  return due.length === BATCH
}

async function sendOne(ports: Ports, message: DueMessage): Promise<void> {
  const { messageId } = message
  try {
    await ports.send(message)
  } catch (error) {
    const attempts = message.attempts + 1
    const isLast = attempts >= TRIES || isRefusal(error)
    const facts = { messageId, attempts, error: error as Error }
    if (isLast) ports.log.error('message given up', facts)
    else ports.log.warn('message not sent', facts)
    const next = isLast ? undefined : new Date(ports.now().getTime() + retryDelayMs(attempts))
    await ports.markFailed(messageId, (error as Error).message, next)
    return
  }
  // A kill here sends it again after the restart; the Message-ID is the same, so inboxes keep one.
  failPoint('notification:after-send')
  await ports.markSent(messageId)
}

/** Pause before the next attempt: a second, doubling up to an hour; twelve attempts take about two hours. */
export function retryDelayMs(attempts: number): number {
  return Math.min(1_000 * 2 ** (attempts - 1), 60 * 60 * 1_000)
}

/** A 5xx reply (RFC 5321 §4.2.1) is permanent: asking again gets the same answer. */
function isRefusal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number }
  return responseCode !== undefined && responseCode >= 500
}

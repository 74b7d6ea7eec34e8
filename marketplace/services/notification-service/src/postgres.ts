import type { Queryable } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import { newId } from '../../../platform/ids.ts'
import type { Message } from '../contracts/api.ts'
import type { NewMessage } from './message.ts'
import type { DueMessage } from './send-messages.ts'

/** Queues the message; one of that kind about that subject that is there already stays the only one. */
export async function queueMessage(tx: Queryable, message: NewMessage, now: Date): Promise<void> {
  const { kind, subjectId, to, subject, html, text } = message
  await tx.query(sql`
    insert into messages (message_id, kind, subject_id, to_address, to_name, subject, html, body_text, status,
      next_attempt_at, created_at)
    values (${newId()}, ${kind}, ${subjectId}, ${to.address}, ${to.name}, ${subject}, ${html}, ${text}, 'pending',
      ${now}, ${now})
    on conflict (kind, subject_id) do nothing`)
}

type DueRow = {
  message_id: string
  to_name: string
  to_address: string
  subject: string
  html: string
  body_text: string
  attempts: number
}

export async function dueMessages(db: Queryable, now: Date, limit: number): Promise<DueMessage[]> {
  const rows = await db.query<DueRow>(sql`
    select message_id, to_name, to_address, subject, html, body_text, attempts from messages
    where next_attempt_at <= ${now} order by next_attempt_at limit ${limit}`)
  return rows.map((row) => ({
    messageId: row.message_id,
    to: { name: row.to_name, address: row.to_address },
    subject: row.subject,
    html: row.html,
    text: row.body_text,
    attempts: row.attempts,
  }))
}

export async function markSent(db: Queryable, messageId: string, now: Date): Promise<void> {
  await db.query(sql`
    update messages set status = 'sent', attempts = attempts + 1, next_attempt_at = null, last_error = null,
      sent_at = ${now}
    where message_id = ${messageId}`)
}

export async function markFailed(
  db: Queryable,
  messageId: string,
  error: string,
  nextAttemptAt: Date | undefined,
): Promise<void> {
  await db.query(sql`
    update messages set attempts = attempts + 1, last_error = ${error}, next_attempt_at = ${nextAttemptAt ?? null},
      status = ${nextAttemptAt === undefined ? 'dead' : 'pending'}
    where message_id = ${messageId}`)
}

type MessageRow = {
  message_id: string
  kind: Message['kind']
  subject_id: string
  to_address: string
  subject: string
  status: Message['status']
  attempts: number
  created_at: Date
  sent_at: Date | null
  last_error: string | null
}

/** Messages about a subject, oldest first, at most 100. */
export async function messagesAbout(db: Queryable, subjectId: string): Promise<Message[]> {
  const rows = await db.query<MessageRow>(sql`
    select message_id, kind, subject_id, to_address, subject, status, attempts, created_at, sent_at, last_error
    from messages where subject_id = ${subjectId} order by created_at, message_id limit 100`)
  return rows.map((row) => ({
    messageId: row.message_id,
    kind: row.kind,
    subjectId: row.subject_id,
    to: row.to_address,
    subject: row.subject,
    status: row.status,
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
    ...(row.sent_at && { sentAt: row.sent_at.toISOString() }),
    ...(row.last_error !== null && { lastError: row.last_error }),
  }))
}

import type { Database, Queryable } from '../../../platform/db/database.ts'
import { sql } from '../../../platform/db/sql.ts'
import type { ParsedMessage } from './parse-message.ts'

export type MessageRow = {
  readonly id: number
  readonly message_id: string
  readonly from_name: string
  readonly from_address: string
  readonly recipients: string[]
  readonly subject: string
  readonly received_at: Date
  /** How often it came; above one after a sender was not sure that it had. */
  readonly deliveries: number
}

export type FullMessageRow = MessageRow & {
  readonly html: string | null
  readonly body_text: string | null
  readonly source: string
}

export async function keepMessage(
  db: Database,
  message: ParsedMessage,
  envelope: { recipients: readonly string[]; source: Buffer; receivedAt: Date },
): Promise<void> {
  const { messageId, from, subject, html, text } = message
  await db.query(sql`
    insert into messages (message_id, from_name, from_address, recipients, subject, html, body_text, source, received_at)
    values (${clean(messageId)}, ${clean(from.name)}, ${clean(from.address)},
      ${envelope.recipients.map((address) => address.toLowerCase())}, ${clean(subject)},
      ${html === undefined ? null : clean(html)}, ${text === undefined ? null : clean(text)},
      ${clean(envelope.source.toString('latin1'))}, ${envelope.receivedAt})
    on conflict (message_id) do update set deliveries = messages.deliveries + 1`)
}

/** Newest first; only those to `to` if given. */
export async function listMessages(
  db: Queryable,
  { to, limit, before }: { to: string | undefined; limit: number; before: number | undefined },
): Promise<MessageRow[]> {
  const address = to?.toLowerCase() ?? null
  return await db.query<MessageRow>(sql`
    select id, message_id, from_name, from_address, recipients, subject, received_at, deliveries from messages
    where (${address}::text is null or recipients @> array[${address}::text])
      and (${before ?? null}::bigint is null or id < ${before ?? null})
    order by id desc limit ${limit}`)
}

export async function findMessage(db: Queryable, id: number): Promise<FullMessageRow | undefined> {
  const [row] = await db.query<FullMessageRow>(sql`select * from messages where id = ${id}`)
  return row
}

/** PostgreSQL text cannot hold U+0000. */
function clean(text: string): string {
  return text.replaceAll('\0', '')
}

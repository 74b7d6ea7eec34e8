import { createHash } from 'node:crypto'
import PostalMime from 'postal-mime'

export type ParsedMessage = {
  /** The Message-ID header, or a hash of the source for a message without one. */
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly html: string | undefined
  readonly text: string | undefined
}

export async function parseMessage(source: Buffer): Promise<ParsedMessage> {
  const { messageId, from, subject, html, text } = await PostalMime.parse(source)
  return {
    messageId: messageId ?? `sha256:${createHash('sha256').update(source).digest('hex')}`,
    from: { name: from?.name ?? '', address: from?.address ?? '' },
    subject: subject ?? '(no subject)',
    html,
    text,
  }
}

// AsyncAPI 2 and 3 (https://www.asyncapi.com/docs/reference/specification): which messages the application sends and
// which it takes in. In version 2 the words speak of the others: "subscribe" is what one may hear from it.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'

export type Message = {
  readonly name: string
  readonly value: Record<string, unknown>
  readonly pointer: string
  /** `sends` also where the document does not say: a list of messages is something published. */
  readonly role: 'sends' | 'receives'
}

/** Every message once; one that is sent and received is sent. */
export function messagesOf(root: Record<string, unknown>): Message[] {
  const reader = new Reader(root)
  const found = String(root['asyncapi']).startsWith('2') ? reader.version2() : reader.version3()
  const all = found.length > 0 ? found : reader.components()
  const once = new Map<string, Message>()
  for (const message of [...all.filter(({ role }) => role === 'sends'), ...all])
    if (![...once.values()].some(({ pointer, name }) => pointer === message.pointer || name === message.name))
      once.set(message.pointer, message)
  return [...once.values()]
}

/** A message's schema, and what language it is written in, whichever way the version says so. */
export function payloadOf(
  { value, pointer }: Message,
  root: unknown,
): { schema: unknown; pointer: string; format: string } | undefined {
  const format = typeof value['schemaFormat'] === 'string' ? value['schemaFormat'] : ''
  const at = follow(root, value['payload'], `${pointer}/payload`)
  if (at.value === undefined)
    return value['payload'] === undefined
      ? undefined
      : { schema: value['payload'], pointer: `${pointer}/payload`, format }
  if (isRecord(at.value) && typeof at.value['schemaFormat'] === 'string' && at.value['schema'] !== undefined)
    return { schema: at.value['schema'], pointer: `${at.pointer}/schema`, format: at.value['schemaFormat'] }
  return { schema: value['payload'], pointer: `${pointer}/payload`, format }
}

type At = {
  readonly value: unknown
  readonly pointer: string
  /** The last name on the way. */ readonly name: string
}

class Reader {
  readonly #root: Record<string, unknown>

  constructor(root: Record<string, unknown>) {
    this.#root = root
  }

  version2(): Message[] {
    const channels = entriesOf(this.#root['channels'], '/channels')
    return channels.flatMap((each) => {
      const channel = this.#follow(each)
      return (['subscribe', 'publish'] as const).flatMap((action) => {
        const operation = isRecord(channel.value) ? channel.value[action] : undefined
        if (!isRecord(operation)) return []
        const at = { value: operation['message'], pointer: `${channel.pointer}/${action}/message`, name: '' }
        const role = action === 'subscribe' ? 'sends' : 'receives'
        const name = typeof operation['operationId'] === 'string' ? operation['operationId'] : each.name
        return this.#alternatives(at).flatMap((message) => this.#message(message, role, name))
      })
    })
  }

  version3(): Message[] {
    const operations = entriesOf(this.#root['operations'], '/operations')
    if (operations.length === 0)
      return entriesOf(this.#root['channels'], '/channels').flatMap((channel) =>
        this.#ofChannel(this.#follow(channel), 'sends'),
      )
    return operations.flatMap((each) => {
      const { value, pointer } = this.#follow(each)
      if (!isRecord(value)) return []
      const role = value['action'] === 'receive' ? 'receives' : 'sends'
      const answer = isRecord(value['reply'])
        ? this.#chosen(value['reply'], `${pointer}/reply`, role === 'sends' ? 'receives' : 'sends')
        : []
      return [...this.#chosen(value, pointer, role), ...answer]
    })
  }

  components(): Message[] {
    const components = this.#root['components']
    const messages = isRecord(components) ? components['messages'] : undefined
    return entriesOf(messages, '/components/messages').flatMap((each) =>
      this.#message(each, 'sends', each.name),
    )
  }

  /** The messages an operation names, else all of its channel. */
  #chosen(operation: Record<string, unknown>, pointer: string, role: Message['role']): Message[] {
    const { messages, channel } = operation
    if (Array.isArray(messages))
      return messages.flatMap((value: unknown, i) =>
        this.#message({ value, pointer: `${pointer}/messages/${i}`, name: '' }, role, ''),
      )
    return channel === undefined
      ? []
      : this.#ofChannel(this.#follow({ value: channel, pointer: `${pointer}/channel`, name: '' }), role)
  }

  #ofChannel({ value, pointer }: At, role: Message['role']): Message[] {
    if (!isRecord(value)) return []
    return entriesOf(value['messages'], `${pointer}/messages`).flatMap((each) =>
      this.#message(each, role, each.name),
    )
  }

  #alternatives(at: At): At[] {
    const { value, pointer, name } = this.#follow(at)
    if (!isRecord(value) || !Array.isArray(value['oneOf']))
      return value === undefined ? [] : [{ value, pointer, name }]
    return value['oneOf'].map((each: unknown, i) => ({
      value: each,
      pointer: `${pointer}/oneOf/${i}`,
      name: '',
    }))
  }

  #message(at: At, role: Message['role'], otherwise: string): Message[] {
    const { value, pointer, name } = this.#follow(at)
    if (!isRecord(value)) return []
    const own = ['name', 'messageId', 'x-event-type']
      .map((key) => value[key])
      .find((each) => typeof each === 'string')
    return [{ name: typeof own === 'string' ? own : name || at.name || otherwise, value, pointer, role }]
  }

  #follow({ value, pointer, name }: At): At {
    const at = follow(this.#root, value, pointer)
    const isSame = at.pointer === pointer
    return {
      ...at,
      name: isSame
        ? name
        : (at.pointer.split('/').at(-1) ?? name).replaceAll('~1', '/').replaceAll('~0', '~'),
    }
  }
}

function follow(root: unknown, value: unknown, pointer: string): { value: unknown; pointer: string } {
  const ref = refOf(value)
  if (ref === undefined) return { value, pointer }
  const resolved = resolveRef(root, ref)
  return resolved.outcome === 'found'
    ? { value: resolved.value, pointer: resolved.pointer }
    : { value: undefined, pointer }
}

function entriesOf(value: unknown, pointer: string): At[] {
  if (!isRecord(value)) return []
  return Object.entries(value).map(([name, each]) => ({
    value: each,
    pointer: `${pointer}${pointerOf(name)}`,
    name,
  }))
}

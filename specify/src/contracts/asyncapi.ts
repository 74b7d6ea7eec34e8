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
  /** Of the channels it goes through; a list of messages has none. */
  readonly addresses: readonly string[]
}

/** Every message once in each role, with all the channels it goes through. */
export function messagesOf(root: Record<string, unknown>): Message[] {
  const reader = new Reader(root)
  const found = String(root['asyncapi']).startsWith('2') ? reader.version2() : reader.version3()
  const all = found.length > 0 ? found : reader.components()
  const once = [...Map.groupBy(all, ({ role, pointer }) => `${role} ${pointer}`).values()].map(
    (same): Message => ({ ...same[0]!, addresses: [...new Set(same.flatMap(({ addresses }) => addresses))] }),
  )
  return numbered(withChannels(once))
}

/** Two channels may each have a message of their own called "event". */
function withChannels(messages: readonly Message[]): Message[] {
  const named = Map.groupBy(messages, ({ role, name }) => `${role} ${name}`)
  return messages.map((message) => {
    const same = named.get(`${message.role} ${message.name}`)!
    const [address] = message.addresses
    const isTold = new Set(same.map(({ addresses }) => addresses[0])).size > 1
    return isTold && address !== undefined ? { ...message, name: `${message.name} in ${address}` } : message
  })
}

/** Alternatives without a name, one after the other. */
function numbered(messages: readonly Message[]): Message[] {
  const counts = new Map<string, number>()
  return messages.map((message) => {
    const key = `${message.role} ${message.name}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count === 1 ? message : { ...message, name: `${message.name} ${count}` }
  })
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
        return this.#alternatives(at).flatMap((message) => this.#message(message, role, name, each.name))
      })
    })
  }

  version3(): Message[] {
    const operations = entriesOf(this.#root['operations'], '/operations')
    if (operations.length === 0)
      return entriesOf(this.#root['channels'], '/channels').flatMap((channel) =>
        this.#ofChannel(this.#follow(channel), 'sends', channel.name),
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
    const at = this.#follow({ value: channel, pointer: `${pointer}/channel`, name: '' })
    const address = addressOf(at, at.name)
    if (Array.isArray(messages))
      return messages.flatMap((value: unknown, i) =>
        this.#message({ value, pointer: `${pointer}/messages/${i}`, name: '' }, role, '', address),
      )
    return channel === undefined ? [] : this.#ofChannel(at, role, at.name)
  }

  #ofChannel({ value, pointer, name }: At, role: Message['role'], key: string): Message[] {
    if (!isRecord(value)) return []
    const address = addressOf({ value, pointer, name }, key)
    return entriesOf(value['messages'], `${pointer}/messages`).flatMap((each) =>
      this.#message(each, role, each.name, address),
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

  #message(at: At, role: Message['role'], otherwise: string, address?: string): Message[] {
    const { value, pointer, name } = this.#follow(at)
    if (!isRecord(value)) return []
    const own = ['name', 'messageId', 'x-event-type']
      .map((key) => value[key])
      .find((each) => typeof each === 'string')
    const addresses = address === undefined || address === '' ? [] : [address]
    return [
      { name: typeof own === 'string' ? own : name || at.name || otherwise, value, pointer, role, addresses },
    ]
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

/** A channel without an address, or with null for one, goes by its name. */
function addressOf({ value }: At, key: string): string {
  return isRecord(value) && typeof value['address'] === 'string' ? value['address'] : key
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

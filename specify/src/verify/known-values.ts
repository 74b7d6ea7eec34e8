// Values the service gave out, by the names under which requests ask for them: the `id` in an answer of /orders is an
// `orderId`, and so is every `orderId` wherever it stands.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Operation } from '../contracts/model.ts'
import { responseFor } from './check-answer.ts'
import { linksOf } from './contract-details.ts'
import { parameterKey } from './draft.ts'
import type { Exchange } from './session.ts'

const MAX_PER_NAME = 40
const MAX_DEPTH = 6

export class KnownValues {
  readonly #byName = new Map<string, unknown[]>()
  /** Of links, by operation and parameter. */
  readonly #linked = new Map<string, unknown[]>()

  readonly #given = new Map<string, string[]>()

  /** Values the user says exist: they count before all others. */
  give(name: string, value: string): void {
    const key = plainName(name)
    this.#given.set(key, [...(this.#given.get(key) ?? []), value])
  }

  given(name: string): readonly string[] {
    return this.#given.get(plainName(name)) ?? []
  }

  /** The newest comes first. */
  of(name: string): readonly unknown[] {
    return this.#byName.get(plainName(name)) ?? []
  }

  /** For a parameter in a path: `{id}` means the id of what its path is about. */
  ofParameter({ operationId, path }: Operation, name: string): readonly unknown[] {
    const linked = this.#linked.get(`${operationId ?? ''} ${plainName(name)}`)
    if (linked !== undefined && linked.length > 0) return linked
    const given = [...this.given(name), ...this.given(qualified(path, name))]
    return given.length > 0 ? given : this.of(qualified(path, name))
  }

  forget(path: string, name: string, value: unknown): void {
    for (const list of [this.#byName.get(plainName(qualified(path, name))), ...this.#linked.values()]) {
      const at = list?.indexOf(value) ?? -1
      if (at >= 0) list?.splice(at, 1)
    }
  }

  learn({ draft, answer }: Exchange, operations: readonly Operation[]): void {
    if ('none' in answer || answer.status < 200 || answer.status > 299) return
    const { operation } = draft
    const about = resourceName(operation.path)
    // Names in the request are known to exist only once it was taken.
    for (const parameter of operation.parameters)
      if (parameter.in === 'path')
        this.#add(qualified(operation.path, parameter.name), draft.parameters.get(parameterKey(parameter)))
    if (draft.body !== undefined && 'value' in draft.body && operation.method !== 'PATCH')
      this.#learnFrom(draft.body.value, about, 0)
    this.#learnFrom(answer.json?.value, about, 0)
    const location = answer.headers.get('location')
    if (location !== undefined) this.#learnLocation(location, operations)
    this.#learnLinks({ draft, answer: answer.json?.value }, answer.status, operations)
  }

  #learnFrom(value: unknown, about: string | undefined, depth: number): void {
    if (depth > MAX_DEPTH) return
    if (Array.isArray(value)) {
      for (const each of value.slice(0, 10).toReversed()) this.#learnFrom(each, about, depth + 1)
      return
    }
    if (!isRecord(value)) return
    for (const [name, each] of Object.entries(value)) {
      if (typeof each === 'string' || typeof each === 'number') {
        // `id` two levels down may be that of something else; envelopes are one or two levels deep.
        if (depth <= 3 && about !== undefined && isKeyName(name)) this.#add(`${about}${capital(name)}`, each)
        this.#add(name, each)
      } else {
        const inner = Array.isArray(each) || isRecord(each) ? nameInside(name, about) : about
        this.#learnFrom(each, inner, depth + 1)
      }
    }
  }

  #learnLocation(location: string, operations: readonly Operation[]): void {
    const path = location.replace(/^[a-z]+:\/\/[^/]+/i, '').split(/[?#]/)[0]!
    for (const operation of operations) {
      const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!)
      if (names.length === 0) continue
      const pattern = operation.path
        .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
        .replaceAll(/\{[^}]+\}/g, '([^/]+)')
      const match = new RegExp(`${pattern}$`).exec(path)
      for (const [i, name] of names.entries())
        if (match?.[i + 1] !== undefined)
          this.#add(qualified(operation.path, name), decodeURIComponent(match[i + 1]!))
    }
  }

  #learnLinks(
    { draft, answer }: { draft: Exchange['draft']; answer: unknown },
    status: number,
    operations: readonly Operation[],
  ): void {
    const response = responseFor(draft.operation, status)
    if (response === undefined) return
    for (const { operationId, parameters } of linksOf(draft.operation.source, response)) {
      const target = operations.find((each) => each.operationId === operationId)
      if (target === undefined) continue
      for (const [name, expression] of Object.entries(parameters)) {
        const value = evaluated(expression, draft, answer)
        if (value === undefined) continue
        const key = `${operationId ?? ''} ${plainName(name.replace(/^(path|query|header|cookie)\./, ''))}`
        this.#linked.set(key, [value, ...(this.#linked.get(key) ?? []).slice(0, MAX_PER_NAME)])
      }
    }
  }

  #add(name: string, value: unknown): void {
    if (
      (typeof value !== 'string' && typeof value !== 'number') ||
      value === '' ||
      String(value).length > 200
    )
      return
    const key = plainName(name)
    const list = this.#byName.get(key) ?? []
    this.#byName.set(key, [value, ...list.filter((each) => each !== value)].slice(0, MAX_PER_NAME))
  }
}

/** Runtime expressions of OpenAPI links, those that name a body, a path or a query; constants as they are. */
function evaluated(expression: unknown, draft: Exchange['draft'], answer: unknown): unknown {
  if (typeof expression !== 'string' || !expression.startsWith('$')) return expression
  const [, from, part] = /^\$(response|request)\.(.+)$/.exec(expression) ?? []
  if (part?.startsWith('body#/')) {
    const body =
      from === 'response'
        ? answer
        : draft.body !== undefined && 'value' in draft.body
          ? draft.body.value
          : undefined
    return part
      .slice('body#/'.length)
      .split('/')
      .reduce<unknown>(
        (value, name) =>
          typeof value === 'object' && value !== null && Object.hasOwn(value, name)
            ? (value as Record<string, unknown>)[name]
            : undefined,
        body,
      )
  }
  const [place, name] = (part ?? '').split('.')
  return from === 'request' && name !== undefined ? draft.parameters.get(`${place} ${name}`) : undefined
}

/** `/orders/{id}` asks for an `orderId`; names that say more than `id` stay as they are. */
function qualified(path: string, name: string): string {
  if (!isKeyName(name)) return name
  const before = path.split(`{${name}}`)[0]!
  return `${resourceName(before) ?? ''}${capital(name)}`
}

function isKeyName(name: string): boolean {
  return /^(id|uuid|key|slug|code|name|number|token)$/i.test(name)
}

/** `order` of `/api/v1/orders/{orderId}`: the last word that is no parameter, in the singular. */
function resourceName(path: string): string | undefined {
  const word = path.split('/').findLast((part) => part !== '' && !part.startsWith('{'))
  return word?.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
}

const ENVELOPE =
  /^(data|items|results|result|content|records|list|value|values|entries|edges|node|page|payload)$/i

function nameInside(name: string, about: string | undefined): string | undefined {
  return ENVELOPE.test(name) ? about : name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
}

function plainName(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase()
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

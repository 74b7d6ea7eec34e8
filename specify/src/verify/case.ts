// One request with what is expected of it, and what making requests needs to know.

import type { Operation } from '../contracts/model.ts'
import { operationKey } from './check-answer.ts'
import type { Draft } from './draft.ts'
import type { KnownValues } from './known-values.ts'
import { makeDraft } from './make-draft.ts'
import { Random } from '../samples/random.ts'

export type Expectation =
  /** Fits the contract: to be carried out, or refused for a reason of the business. */
  | 'valid'
  /** Breaks the contract in one place. */
  | 'refused'
  /** Anything but a failure of the service. */
  | 'survived'
  | 'unauthorized'
  | 'method-refused'
  | 'media-refused'
  /** Names something that does not exist. */
  | 'absent'

export type Case = {
  /** `POST /orders edge body/name maxLength 2`. */
  readonly id: string
  readonly draft: Draft
  readonly expectation: Expectation
  /** What is special about the request: `body.name with one character more than 40`. */
  readonly what: string
  /** Tells causes apart among cases of one expectation. */
  readonly cause: string
  /** What shrinking must leave alone. */
  readonly fixed: { readonly place: string; readonly path: readonly (string | number)[] } | undefined
}

export type CaseWish = {
  readonly seed: string
  readonly known: KnownValues
  readonly maxExamples: number
  readonly readOnly: boolean
  /** A request like one that was carried out, made anew where the service takes each only once. */
  readonly base: (operation: Operation, name: string) => Draft | undefined
  readonly hasCredentials: (operation: Operation) => boolean
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY', 'TRACE'])

export function isSafe({ method }: Pick<Operation, 'method'>): boolean {
  return SAFE.has(method)
}

/** With every optional part, so that its constraints are looked at, too. */
export function fullest(operation: Operation, wish: CaseWish): Draft | undefined {
  const random = new Random(`${wish.seed} ${operationKey(operation)} fullest`)
  return makeDraft(operation, { random, extent: 'full', known: wish.known })
}

/** `body.lines[0].sku`, `the query parameter page`. */
export function named(place: string): string {
  const [head = '', ...rest] = place.split('/').filter((part) => part !== '')
  const [where, name] = head.split(' ')
  const start = name === undefined ? head : `the ${where} parameter ${name}`
  return rest.reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : `${text}.${part}`), start)
}

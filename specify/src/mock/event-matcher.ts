// Which of a service's events an operation sets off. Contracts do not say; names do: `POST /orders` and
// `order.order.placed` share the word order, and placed is what happens to new things. Without such a likeness no event
// is sent: none is better than a wrong one.

import type { EventContract, Operation } from '../contracts/model.ts'

export type Change = 'created' | 'changed' | 'removed' | 'acted'

const VERBS: Readonly<Record<Change, RegExp>> = {
  created:
    /^(?:creat|add|plac|register|open|submit|start|publish|request|initiat|issu|record|upload|post|reserv|book|sent|send|receiv|new|list|authori[sz])/,
  changed: /^(?:updat|chang|modif|edit|replac|renam|mov|set|adjust|revis|correct)/,
  removed: /^(?:delet|remov|cancel|clos|archiv|withdraw|withdrew|revok|clear|releas|expir|discard)/,
  acted: /^$/,
}

/** The events, by name the best first; at most one, unless several fit alike. */
export function eventsFor(
  operation: Operation,
  change: Change,
  events: readonly EventContract[],
): EventContract[] {
  const nouns = new Set(nounsOf(operation))
  const verbs = new Set(
    wordsOf(`${operation.operationId ?? ''} ${lastWord(operation.path)} ${WORD_OF[operation.method] ?? ''}`),
  )
  const scored = events.map((event) => {
    const segments = event.eventType.split(/[./:]/).filter((part) => !/^v\d+$/.test(part))
    const words = segments.flatMap(wordsOf)
    const verb = wordsOf(segments.at(-1) ?? '').at(-1) ?? ''
    const entity = words.slice(0, -1).filter((word) => nouns.has(word)).length
    const isSaid = [...verbs].some((word) => word.length > 2 && sameStem(word, verb))
    const isUsual = VERBS[change].test(verb)
    return { event, score: entity === 0 ? 0 : (isSaid ? 10 : 0) + (isUsual ? 5 : 0) + Math.min(entity, 3) }
  })
  const best = Math.max(0, ...scored.map(({ score }) => score))
  return best < 5 ? [] : scored.filter(({ score }) => score === best).map(({ event }) => event)
}

const WORD_OF: Readonly<Record<string, string>> = { DELETE: 'delete', PUT: 'update', PATCH: 'update' }

/** The things a path speaks of, singular: `/api/v1/orders/{orderId}/refunds` gives order and refund. */
function nounsOf({ path }: Operation): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{') && !/^(?:api|v\d+)$/.test(segment))
    .flatMap(wordsOf)
}

function lastWord(path: string): string {
  const last = path.split('/').at(-1) ?? ''
  return last.startsWith('{') ? '' : last
}

function wordsOf(text: string): string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/ies$/, 'y').replace(/(?<!s)s$/, ''))
}

/** Placed and place, cancelled and cancel, captured and capture. */
function sameStem(a: string, b: string): boolean {
  const stem = (word: string) => word.replace(/(?:ing|ed|e|s)$/, '').replace(/(.)\1$/, '$1')
  return stem(a) === stem(b) || (stem(a).length > 3 && stem(b).startsWith(stem(a)))
}

import { createHash } from 'node:crypto'
import type { Change, Directions } from './compare/change.ts'
import { SchemaComparison, type Verdict } from './compare/schema-comparison.ts'
import { sameParts } from './compare/same-parts.ts'
import { placeOf, type Source } from './model.ts'
import type { Hurt } from './declared-uses.ts'

/** A change that breaks somebody who relied on the contract as it was, or may. */
export type BreakingChange = {
  readonly code: string
  /** The same as long as the change is the same, wherever it is written: what an acknowledgement names. */
  readonly fingerprint: string
  /** `Endpoint: POST /api/v1/orders` or `Event: order.order.placed`. */
  readonly where: string
  readonly message: string
  readonly before: string
  readonly after: string
  /** The field in question: `items[].price`; empty for the whole. */
  readonly path: string
  /** Services it hurts, as far as is known. */
  readonly consumers: readonly string[]
  /** How that is known. */
  readonly uses: readonly Hurt[]
  readonly recommendation: string
  /** What to do one after the other, when somebody is hurt. */
  readonly advice: readonly string[]
  readonly verdict: Verdict
  /** A value that was fine before and is refused now, or comes now and was never allowed. */
  readonly witness?: unknown
  /** Other operations or events the same cause reaches, named like `where`. */
  readonly alsoAt: readonly string[]
  readonly service: string | undefined
  /** The contract that changed; `file` may be one it refers to. */
  readonly contract: string
  readonly file: string
  readonly line: number
}

export type Compared = (before: Source, now: Source) => Directions

/** One comparison for each pair of documents, so that what many operations share is judged once. */
export function comparisons(isStrict: boolean): Compared {
  const known = new Map<Source, Map<Source, Directions>>()
  return (before, now) => {
    const pairs = known.get(before) ?? new Map<Source, Directions>()
    known.set(before, pairs)
    let directions = pairs.get(now)
    if (directions === undefined) {
      const same = sameParts(before, now)
      directions = {
        request: new SchemaComparison('request', same, isStrict),
        response: new SchemaComparison('response', same, isStrict),
        isSame: same.isSame,
      }
      pairs.set(now, directions)
    }
    return directions
  }
}

/** Where the change is written; a change about the whole stands where `otherwise` says. */
export function placeOfChange(
  { at, line }: Change,
  otherwise: { readonly file: string; readonly line: number },
): { file: string; line: number } {
  return at === undefined
    ? { file: otherwise.file, line: line ?? otherwise.line }
    : placeOf(at.source, at.pointer)
}

export type Placed = Omit<
  BreakingChange,
  keyof Change | 'alsoAt' | 'fingerprint' | 'consumers' | 'advice'
> & {
  readonly change: Change
  readonly line: number
}

/** One change for every cause, with all the places that it reaches. */
export function oncePerCause(changes: readonly Placed[], next: string): BreakingChange[] {
  const groups = Map.groupBy(changes, ({ change: { cause }, file, where }) =>
    cause === undefined ? Symbol(where) : `${file} ${cause}`,
  )
  return [...groups.values()].map(([first, ...others]) => {
    const { change, ...placed } = first!
    const { code, message, before, after, path = '' } = change
    const all = [first!, ...others]
    const places = [...new Set(all.map(({ where }) => where))]
    const uses = uniqueUses(all.flatMap((each) => each.uses))
    const consumers = [...new Set(uses.filter(({ isHurt }) => isHurt).map(({ consumer }) => consumer))].sort()
    const verdict = verdictOf(change.verdict, uses, path)
    return {
      code,
      fingerprint: fingerprintOf(code, placed.service, message, places.toSorted()[0]),
      message,
      before,
      after,
      path,
      verdict,
      ...('witness' in change && { witness: change.witness }),
      ...placed,
      uses,
      alsoAt: places.slice(1),
      consumers,
      advice: adviceFor(code, consumers, next),
    }
  })
}

/** All are known to read other fields: the change is true, and hurts nobody who said what he reads. */
function verdictOf(verdict: Verdict, uses: readonly Hurt[], path: string): Verdict {
  const isUnused = path !== '' && uses.length > 0 && uses.every(({ isHurt }) => !isHurt)
  return verdict === 'breaking' && isUnused ? 'usage-loss' : verdict
}

function uniqueUses(uses: readonly Hurt[]): Hurt[] {
  const known = new Map<string, Hurt>()
  for (const use of uses) {
    const other = known.get(use.consumer)
    if (other === undefined || (use.isHurt && !other.isHurt)) known.set(use.consumer, use)
  }
  return [...known.values()].sort((a, b) => (a.consumer < b.consumer ? -1 : 1))
}

function fingerprintOf(...parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}

export function recommend(code: string, next: string): string {
  switch (code) {
    case 'required-field-added':
      return `Make field optional or bump version to ${next}`
    case 'required-parameter-added':
      return `Make parameter optional or bump version to ${next}`
    case 'required-body-added':
      return `Make the body optional or bump version to ${next}`
    case 'response-field-removed':
    case 'request-field-removed':
      return `Keep the field until its consumers have moved, or bump version to ${next}`
    case 'operation-removed':
    case 'event-removed':
    case 'response-removed':
    case 'media-type-removed':
      return `Keep it until its consumers have moved, or bump version to ${next}`
    default:
      return `Accept the old form, too, or bump version to ${next}`
  }
}

/** Expand, migrate, contract: the same three steps, in the words of the change. */
export function adviceFor(code: string, consumers: readonly string[], next: string): string[] {
  // The last row fits every code.
  const [, expand, contract] = STEPS.find(([pattern]) => pattern.test(code))!
  const migrate = consumers.map((name) => `Migrate: release ${name} with the new form.`)
  return [
    `Expand: ${expand.replace('{next}', next)}`,
    ...(migrate.length > 0
      ? migrate
      : ['Migrate: wait until nobody uses the old form any more; say from when on.']),
    `Contract: ${contract}`,
  ]
}

const STEPS: readonly (readonly [pattern: RegExp, expand: string, contract: string])[] = [
  [/^required-/, 'take it as optional, with a default on the server.', 'require it.'],
  [
    /^(response-field-(removed|optional)|lost)/,
    'keep sending it beside what replaces it; mark it deprecated.',
    'stop sending it.',
  ],
  [/^request-field-removed/, 'go on accepting it and ignore it.', 'refuse it.'],
  [
    /^(operation|event|notice|response|media-type|parameter)-?.*removed/,
    'offer the new one beside it as {next}; mark the old one deprecated, with a day of its end.',
    'remove the old one after that day.',
  ],
  [
    /^enum-widened/,
    'say that the list is open (x-extensible-enum), so that readers expect more.',
    'send the new value.',
  ],
  [
    /^(constraint-tightened|type-narrowed|enum-narrowed|alternatives-narrowed)/,
    'accept both, and count who still sends the old form.',
    'refuse the old form.',
  ],
  [/^security|^server/, 'accept old and new side by side.', 'turn the old one off.'],
  [/./, 'offer the new form beside the old as {next}.', 'retire the old form.'],
]

// What a change asks of the version number (https://semver.org), and in which order sides may be deployed.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { BreakingChange } from './breaking-change.ts'
import { canonical } from './compare/formula.ts'
import type { Api, Contracts, EventContract, Source } from './model.ts'

export type Step = 'major' | 'minor' | 'patch' | 'none'

export type VersionStep = {
  /** The service or file, or the event, that the number belongs to. */
  readonly subject: string
  readonly kind: 'api' | 'event'
  readonly before: string | undefined
  readonly now: string | undefined
  readonly needed: Step
  /** What was done to the number; undefined where it is no three numbers. */
  readonly made: Step | undefined
  readonly reason: string
  readonly file: string
  readonly line: number
}

/** One step for every API and every event that is there before and now. */
export function versionSteps(
  before: Contracts,
  now: Contracts,
  changes: readonly BreakingChange[],
): VersionStep[] {
  return [...apiSteps(before, now, changes), ...eventSteps(before, now, changes)]
}

function apiSteps(before: Contracts, now: Contracts, changes: readonly BreakingChange[]): VersionStep[] {
  return now.apis.flatMap((api): VersionStep[] => {
    const old = before.apis.find((each) => isSameSubject(each.source, api.source))
    if (old === undefined) return []
    const own = changes.filter(
      ({ where, contract }) => !where.startsWith('Event') && contract === api.source.file,
    )
    const [was, is] = [versionOf(old), versionOf(api)]
    const needed = stepOf(own, () => differenceOf(old.source.root, api.source.root))
    return [
      {
        subject: api.source.service ?? api.source.file,
        kind: 'api',
        before: was,
        now: is,
        ...needed,
        made: madeStep(was, is),
        file: api.source.file,
        line: api.source.lineOf('/info/version'),
      },
    ]
  })
}

function eventSteps(before: Contracts, now: Contracts, changes: readonly BreakingChange[]): VersionStep[] {
  const old = new Map(
    before.eventFiles.flatMap(({ events }) => events.map((event) => [event.eventType, event])),
  )
  return now.eventFiles.flatMap(({ events }) =>
    events.flatMap((event): VersionStep[] => {
      const was = old.get(event.eventType)
      if (was === undefined) return []
      const own = changes.filter(({ where, alsoAt }) =>
        [where, ...alsoAt].includes(`Event: ${event.eventType}`),
      )
      const needed = stepOf(own, () => differenceOf(bodyOf(was), bodyOf(event)))
      return [
        {
          subject: event.eventType,
          kind: 'event',
          before: was.version,
          now: event.version,
          ...needed,
          made: madeStep(was.version, event.version),
          file: event.source.file,
          line: event.line,
        },
      ]
    }),
  )
}

function bodyOf({ schema, avro, headers }: EventContract): unknown {
  return [schema?.schema, avro?.schema, headers?.schema]
}

function stepOf(
  changes: readonly BreakingChange[],
  difference: () => 'same' | 'words' | 'more',
): { needed: Step; reason: string } {
  const worst =
    changes.find(({ verdict }) => verdict === 'breaking') ??
    changes.find(({ verdict }) => verdict === 'unproven' || verdict === 'usage-loss')
  if (worst !== undefined) return { needed: 'major', reason: `${worst.where}: ${worst.message}` }
  const kind = difference()
  if (kind === 'same') return { needed: 'none', reason: 'nothing changed' }
  return kind === 'words'
    ? { needed: 'patch', reason: 'only words changed' }
    : { needed: 'minor', reason: 'all who relied on it still can' }
}

const WORDS = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'doc',
  '$comment',
  'contact',
  'license',
  'termsOfService',
])

/** Whether two documents say the same, apart from their version; or mean the same in other words. */
function differenceOf(before: unknown, now: unknown): 'same' | 'words' | 'more' {
  const [a, b] = [before, now].map((root) => withoutVersion(root))
  if (canonical(a) === canonical(b)) return 'same'
  return canonical(withoutWords(a)) === canonical(withoutWords(b)) ? 'words' : 'more'
}

function withoutVersion(root: unknown): unknown {
  if (!isRecord(root) || !isRecord(root['info'])) return root
  return { ...root, info: { ...root['info'], version: '' } }
}

function withoutWords(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutWords(each))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      // A property may be called "description".
      .filter(([name]) => isMap || !WORDS.has(name))
      .map(([name, each]) => [name, withoutWords(each, name === 'properties' || name === 'schemas')]),
  )
}

/** What was done between two versions; undefined where one is no version of three numbers. */
export function madeStep(before: string | undefined, now: string | undefined): Step | undefined {
  const [a, b] = [before, now].map((text) =>
    /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/
      .exec(text ?? '')
      ?.slice(1)
      .map((part) => Number(part ?? 0)),
  )
  if (a === undefined || b === undefined) return undefined
  if (a[0] !== b[0]) return 'major'
  if (a[1] !== b[1]) return 'minor'
  return a[2] !== b[2] ? 'patch' : 'none'
}

const RANK: Readonly<Record<Step, number>> = { none: 0, patch: 1, minor: 2, major: 3 }

/** A number not yet touched is no fault until somebody breaks: it is raised at the release. */
export function isTooSmall({ needed, made }: VersionStep): boolean {
  return made !== undefined && RANK[made] < RANK[needed] && (made !== 'none' || needed === 'major')
}

function versionOf({ source: { root } }: Api): string | undefined {
  const info = isRecord(root) ? root['info'] : undefined
  const version = isRecord(info) ? info['version'] : undefined
  return typeof version === 'string' || typeof version === 'number' ? String(version) : undefined
}

function isSameSubject(a: Source, b: Source): boolean {
  return (
    a.service === b.service &&
    (a.service === undefined || a.file.split('/').at(-1) === b.file.split('/').at(-1))
  )
}

export type DeployOrder = 'any order' | 'provider first' | 'consumers first' | 'expand and contract'

/** From two questions: do old clients get on with the new server, and new clients with the old one? */
export function deployOrder(
  forwards: readonly BreakingChange[],
  backwards: readonly BreakingChange[],
): DeployOrder {
  const isFree = (changes: readonly BreakingChange[]) =>
    changes.every(({ verdict }) => verdict !== 'breaking' && verdict !== 'unproven')
  if (isFree(forwards)) return isFree(backwards) ? 'any order' : 'provider first'
  return isFree(backwards) ? 'consumers first' : 'expand and contract'
}

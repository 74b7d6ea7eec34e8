import type { Finding } from '@specwright/cli/finding.ts'
import type { BreakingChange } from './breaking-change.ts'
import type { Deployment } from './find-changes.ts'
import { dependenciesOf, type Graph } from './graph.ts'

type Summary = {
  readonly graph: Graph
  readonly findings: readonly Finding[]
  /** Undefined when nothing was compared. */
  readonly changes: readonly BreakingChange[] | undefined
  /** Which side goes first, for each service that changed. */
  readonly deploy?: readonly Deployment[] | undefined
  readonly service: string | undefined
  /** Whether the contracts were checked, not only compared. */
  readonly isWhole: boolean
  readonly about: 'api' | 'events' | 'all'
}

/** What was checked and how it stands, one line each; the findings follow below it. */
export function contractsSummary(summary: Summary): string {
  const { isWhole, changes } = summary
  return [
    ...(isWhole ? checkLines(summary) : []),
    ...(changes === undefined ? [] : changeLines(changes)),
    ...(summary.deploy ?? []).map(
      ({ service, order, consumers }) =>
        `Deploy ${service}: ${order}${consumers.length === 0 ? '' : ` (consumers: ${consumers.join(', ')})`}`,
    ),
  ].join('\n')
}

function checkLines({ graph, findings, service, about }: Summary): string[] {
  const codes = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))
  const bad = (pattern: RegExp) => [...codes].some((code) => pattern.test(code))
  const isOwn = (owner: string | undefined) => service === undefined || owner === service
  const lines: string[] = []
  if (about !== 'events')
    lines.push(
      apiLine(
        graph.apis.some(({ source }) => isOwn(source.service)),
        service,
        bad(API_CODES),
      ),
    )
  if (about !== 'api') {
    const events = graph.events.filter(({ source }) => isOwn(source.service))
    lines.push(eventLine(events, service, bad(EVENT_CODES)))
  }
  lines.push(dependencyLine(graph, service, bad(/^(missing-upstream|event-without-publisher)$/)))
  if (service === undefined)
    lines.push(bad(/^call-cycle$/) ? '❌ Circular dependencies' : '✅ No circular dependencies')
  lines.push(
    bad(/^(scenario-|hurl-)/) ? '❌ Scenarios do not fit the contracts' : '✅ Scenarios fit the contracts',
  )
  return about === 'api' ? lines : [...lines, ...consumerLines(findings, service, bad(/^unknown-consumer$/))]
}

const API_CODES = /^(openapi-|operation-|path-|duplicate-|contract-|invalid-schema|unresolved-ref)/
const EVENT_CODES = /^(event-(?!without-publisher)|contract-|invalid-schema|unresolved-ref)/

function apiLine(hasApi: boolean, service: string | undefined, isBad: boolean): string {
  if (isBad) return '❌ API specs have errors'
  if (!hasApi) return 'ℹ️  No API specs'
  return service === undefined ? '✅ All API specs valid' : '✅ API spec complete and valid'
}

function eventLine(events: Graph['events'], service: string | undefined, isBad: boolean): string {
  if (isBad) return '❌ Event schemas have errors'
  if (events.length === 0) return 'ℹ️  No events published'
  if (events.some(({ form, schema }) => form === 'list' && schema === undefined))
    return '⚠️  Some events have no schema'
  return service === undefined ? '✅ All event schemas defined' : '✅ Event schemas well-defined'
}

function consumerLines(findings: readonly Finding[], service: string | undefined, isBad: boolean): string[] {
  const waiting = findings
    .filter(({ code }) => code === 'consumer-not-implemented')
    .map(({ message }) => message.split(' ')[0]!)
  const names = [...new Set(waiting)]
  const first = isBad
    ? ['❌ Some declared consumers do not exist']
    : names.length === 0
      ? ['✅ All declared consumers exist']
      : []
  if (names.length === 0) return first
  return [
    ...first,
    ...names.map((name) =>
      service === undefined
        ? `⚠️  ${name} not yet implemented`
        : `⚠️  ${name} listed as consumer but not yet implemented`,
    ),
    '',
    `Recommendation: Implement ${names.join(', ')} to complete dependency chain`,
  ]
}

function dependencyLine(graph: Graph, service: string | undefined, isBad: boolean): string {
  if (isBad) return '❌ Some dependencies do not exist'
  if (service === undefined) return '✅ All dependencies exist'
  const found = dependenciesOf(graph, service)
  return found.length === 0 ? '✅ No dependencies' : `✅ All dependencies exist (${found.join(', ')} found)`
}

function changeLines(changes: readonly BreakingChange[]): string[] {
  if (changes.length === 0) return ['✅ No breaking changes found']
  return changes.flatMap((change) => {
    const { where, alsoAt, message, consumers, recommendation, verdict, advice } = change
    const isHarm = verdict === 'breaking' || verdict === 'usage-loss' || verdict === 'unproven'
    return [
      HEADLINE[verdict],
      `    ${where}`,
      ...(alsoAt.length === 0 ? [] : [`    Also: ${few(alsoAt)}`]),
      `    Change: ${message}`,
      `    Consumers affected: ${consumers.join(', ') || 'none known'}`,
      '',
      ...(isHarm ? [`    Recommendation: ${recommendation}`] : []),
      ...('witness' in change ? [`    Example: ${shortJson(change.witness)}`] : []),
      ...(isHarm && consumers.length > 0 ? advice.map((step) => `    ${step}`) : []),
      `    Fingerprint: ${change.fingerprint}`,
      '',
    ]
  })
}

const HEADLINE = {
  breaking: '⚠️  Breaking change detected:',
  'usage-loss': '⚠️  Breaking change detected:',
  unproven: '⚠️  Possibly breaking change:',
  source: 'ℹ️  Generated clients change:',
  behaviour: 'ℹ️  Changed behaviour:',
  policy: 'ℹ️  Against a rule of the house:',
} as const

function few(places: readonly string[]): string {
  const names = places.slice(0, 3).map((place) => place.replace(/^\w+: /, ''))
  return names.length < places.length
    ? `${names.join(', ')} and ${places.length - names.length} more`
    : names.join(', ')
}

const LONGEST = 200

/** A value on one line; of a long one only the beginning. */
export function shortJson(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

// Judges the pairs of documents that oasdiff tests itself with (Apache-2.0, captured at v1.27.0) and writes oasdiff.md:
// every pair where our verdict is another, with the witness or the reason. It fails when one has neither. The pairs are
// no part of this repository:
//
//   node scripts/node24.js specify/conformance/oasdiff.ts <folder with index.json and pairs/>

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BreakingChange } from '../src/contracts/breaking-change.ts'
import { compareContracts } from '../src/contracts/compare-contracts.ts'
import type { Graph } from '../src/contracts/graph.ts'
import { loadOpenApi } from '../src/contracts/load-openapi.ts'
import type { Contracts } from '../src/contracts/model.ts'
import { JUDGED } from './oasdiff-judged.ts'

type Expected = {
  readonly id: string
  readonly level: string
  readonly path?: string
  readonly args?: readonly string[] | null
}
type Pair = {
  readonly dir: string
  readonly base: string
  readonly revision: string
  readonly expected: readonly Expected[]
}

/** `group`: who says breaking; `kind` and `text`: why the other does not, when one of them does. */
type Row = { readonly group: string; readonly kind?: string; readonly text?: string }

const NOBODY: Graph = {
  services: [],
  apis: [],
  events: [],
  calls: [],
  consumptions: [],
  uses: [],
  dependents: [],
} as unknown as Graph

function main(folder: string | undefined): void {
  if (folder === undefined || !existsSync(join(folder, 'index.json')))
    return print('skipped: name the folder that holds index.json and pairs/')
  const { pairs } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { pairs: Pair[] }
  const rows = pairs.map((pair): [string, Row] => [pair.dir, judge(pair, folder)])
  writeFileSync(join(import.meta.dirname, 'oasdiff.md'), page(rows))
  const counts = Object.entries(Object.groupBy(rows, ([, { group }]) => group))
  for (const [group, list = []] of counts) print(`${String(list.length).padStart(5)}  ${group}`)
  const open = rows.filter(([, { kind }]) => kind === UNEXPLAINED)
  for (const [dir] of open) print(`without a witness or a reason: ${dir}`)
  if (open.length > 0) process.exitCode = 1
}

function judge(pair: Pair, folder: string): Row {
  const [before, now] = [pair.base, pair.revision].map((name) => {
    const text = readFileSync(join(folder, 'pairs', pair.dir, name), 'utf8')
    const { api } = loadOpenApi(text, name.replace(/^(base|revision)/, 'api'), 'it')
    return api && { apis: [api], eventFiles: [], findings: [] }
  })
  if (before === undefined || now === undefined) return { group: 'not read by us', kind: UNEXPLAINED }
  const changes = compareContracts(before, now, NOBODY)
  const breaks = changes.filter(({ verdict }) => verdict === 'breaking')
  const errors = pair.expected.filter(({ level }) => level === 'error')
  if (breaks.length > 0 === errors.length > 0)
    return { group: breaks.length > 0 ? 'both say breaking' : 'both say not breaking' }
  return breaks.length > 0
    ? { group: 'we alone say breaking', ...whyWe(breaks) }
    : { group: 'oasdiff alone says breaking', ...whyTheyAlone(pair, errors, changes, before, now) }
}

const UNEXPLAINED = 'not explained'
const LONGEST = 110

function whyWe(breaks: readonly BreakingChange[]): Omit<Row, 'group'> {
  const shown = breaks.find((each) => 'witness' in each)
  if (shown !== undefined)
    return { kind: 'a witness', text: `${shown.code}: ${code(JSON.stringify(shown.witness))}` }
  const [first] = breaks
  const said = WITHOUT_VALUE.find(([pattern]) => pattern.test(first!.code))
  return said === undefined
    ? { kind: UNEXPLAINED, text: first!.code }
    : { kind: said[1], text: `${first!.where}: ${code(first!.before)} → ${code(first!.after)}` }
}

/** Breaks that are shown by the request itself. */
const WITHOUT_VALUE: readonly (readonly [code: RegExp, kind: string])[] = [
  [
    /^operation-removed/,
    'the request itself: nobody answers it (allowed there for deprecated, alpha and draft)',
  ],
  [/^security-/, 'the request with the credentials that were enough'],
  [/^(response|media-type)-removed/, 'the answer that clients wait for no longer comes in that form'],
  [/^discriminator-value/, 'the value of the mapping that the other side does not know'],
]

function whyTheyAlone(
  { dir }: Pair,
  errors: readonly Expected[],
  changes: readonly BreakingChange[],
  before: Contracts,
  now: Contracts,
): Omit<Row, 'group'> {
  const text = [...new Set(errors.map(({ id }) => id))].join(', ')
  const family = FAMILIES.find(([isOne]) => errors.every(isOne))
  if (family !== undefined) return { kind: family[1], text }
  if (changes.some(({ verdict }) => verdict === 'unproven')) return { kind: UNEXPLAINED, text }
  if (changes.some(({ code: each }) => each === 'format-changed'))
    return { kind: 'a format only: an annotation, a warning with us', text }
  const strict = compareContracts(before, now, NOBODY, { isStrict: true }).find(
    ({ verdict }) => verdict === 'breaking',
  )
  if (strict !== undefined)
    return {
      kind: 'only with members that no conforming sender sends; breaking with --strict',
      text: `${text}: ${code(JSON.stringify(strict.witness))}`,
    }
  // All that follows is proved by inclusion; people said why in words.
  const said = JUDGED[dir.slice(0, 3)]
  if (said === undefined) return { kind: UNEXPLAINED, text }
  const isSame = !compareContracts(now, before, NOBODY).some(({ verdict }) => verdict === 'breaking')
  const kind = isSame
    ? 'proved: what was valid is valid, and the other way round'
    : 'proved: all that was valid is valid'
  return { kind, text: `${text}: ${said}` }
}

/** Rules that ask something else than whether a message is still understood. */
const FAMILIES: readonly (readonly [isOne: (each: Expected) => boolean, kind: string])[] = [
  [({ id }) => /sunset|stability|deprecat/.test(id), 'a policy of their extensions, nothing on the wire'],
  [({ id }) => /default-value/.test(id), 'a default: another behaviour, a warning with us'],
  [
    ({ id }) => /content-(encoding|media-type|schema)/.test(id),
    'content keywords are annotations in 2020-12',
  ],
  [({ id }) => /x-extensible-enum/.test(id), 'the list says that it is open'],
  [({ path }) => path?.startsWith('webhook:') === true, 'a webhook, judged as if clients sent it'],
  [({ args }) => args?.includes('format') === true, 'a format only: an annotation, a warning with us'],
]

function page(rows: readonly (readonly [dir: string, row: Row])[]): string {
  const groups = Object.entries(Object.groupBy(rows, ([, { group }]) => group)).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const parts = groups.flatMap(([group, list = []]) => {
    const kinds = Object.entries(Object.groupBy(list, ([, { kind = '' }]) => kind)).filter(
      ([kind]) => kind !== '',
    )
    return kinds.length === 0
      ? []
      : [
          `## ${group[0]!.toUpperCase()}${group.slice(1)}`,
          ...kinds.map(([kind, own = []]) =>
            [`**${kind}** (${own.length})\n`, ...own.map(([dir, { text }]) => `- ${dir}: ${text}`)].join(
              '\n',
            ),
          ),
        ]
  })
  return `# Our verdicts beside those of oasdiff

Written by

    node scripts/node24.js specify/conformance/oasdiff.ts <folder with index.json and pairs/>

from ${rows.length} pairs of documents that oasdiff 1.27.0 tests itself with (Apache-2.0; not part of this repository). A pair
breaks for oasdiff when it expects a finding of level error, for us when a verdict is "breaking"; fields lost to readers
nobody has named are warnings on both sides. Every difference has a witness, a value that was fine and is refused now
(judged by two validators), or a reason; the command fails when one has neither.

| | pairs |
|---|---|
${groups.map(([group, list = []]) => `| ${group} | ${list.length} |`).join('\n')}

${parts.join('\n\n')}
`
}

function code(text: string): string {
  return `\`${(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text).replaceAll('`', "'")}\``
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

main(process.argv[2])

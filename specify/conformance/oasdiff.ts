// Judges the pairs of documents that oasdiff tests itself with (Apache-2.0, captured at v1.27.0) and lists every pair
// where our verdict is another, with the witness or the reason. The pairs are no part of this repository:
//
//   node scripts/node24.js specify/conformance/oasdiff.ts <folder with index.json and pairs/>

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BreakingChange } from '../src/contracts/breaking-change.ts'
import { compareContracts } from '../src/contracts/compare-contracts.ts'
import type { Graph } from '../src/contracts/graph.ts'
import { loadOpenApi } from '../src/contracts/load-openapi.ts'

type Pair = {
  readonly dir: string
  readonly base: string
  readonly revision: string
  readonly worst: 'error' | 'warning' | 'info' | 'none'
  readonly expected: readonly { readonly id: string; readonly level: string }[]
}

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
  if (folder === undefined || !existsSync(join(folder, 'index.json'))) {
    print('skipped: name the folder that holds index.json and pairs/')
    return
  }
  const { pairs } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { pairs: Pair[] }
  const counts = new Map<string, number>()
  const lines: string[] = []
  for (const pair of pairs) {
    const row = judge(pair, folder)
    counts.set(row.group, (counts.get(row.group) ?? 0) + 1)
    if (row.line !== undefined) lines.push(`${pair.dir}: ${row.line}`)
  }
  print(`${pairs.length} pairs`)
  for (const [group, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    print(`${String(count).padStart(5)}  ${group}`)
  print(`\n${lines.join('\n')}`)
}

function judge(pair: Pair, folder: string): { group: string; line?: string } {
  const [before, now] = [pair.base, pair.revision].map((name) => {
    const text = readFileSync(join(folder, 'pairs', pair.dir, name), 'utf8')
    return loadOpenApi(text, name.replace(/^(base|revision)/, 'api'), 'it')
  }) as [ReturnType<typeof loadOpenApi>, ReturnType<typeof loadOpenApi>]
  if (before.api === undefined || now.api === undefined) {
    const [finding] = [...before.findings, ...now.findings]
    return { group: 'not read by us', line: `not read: ${finding?.message}` }
  }
  const contracts = ({ api }: typeof before) => ({
    apis: api === undefined ? [] : [api],
    eventFiles: [],
    findings: [],
  })
  const changes = compareContracts(contracts(before), contracts(now), NOBODY)
  const isBreaking = changes.some(({ verdict }) => verdict === 'breaking' || verdict === 'usage-loss')
  const theirs = [...new Set(pair.expected.filter(({ level }) => level === 'error').map(({ id }) => id))]
  if (isBreaking === theirs.length > 0) return { group: isBreaking ? 'both: breaking' : 'both: not breaking' }
  if (isBreaking) {
    const found = changes.filter(({ verdict }) => verdict === 'breaking' || verdict === 'usage-loss')
    return { group: 'ours alone: breaking', line: `we: ${found.map(proof).join('; ')} | they: ${pair.worst}` }
  }
  const said = changes.map(({ verdict, code }) => `${verdict} ${code}`).join(', ') || 'nothing'
  return {
    group: 'theirs alone: breaking',
    line: `they: ${theirs.join(', ')} | we: ${said} (${reason(theirs)})`,
  }
}

function proof(change: BreakingChange): string {
  const witness = 'witness' in change ? ` ${JSON.stringify(change.witness)?.slice(0, 100)}` : ''
  return `${change.code}${witness}`
}

/** Why a rule of theirs is no break of ours, by families of rules. */
function reason(ids: readonly string[]): string {
  const known = REASONS.find(([pattern]) => ids.every((id) => pattern.test(id)))
  return known?.[1] ?? 'no value shows it'
}

/** Families of rules that ask something else than we do; the rest is explained by hand in oasdiff.md. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/sunset|stability|deprecat/, 'policy of their extensions, nothing on the wire'],
  [/content-(encoding|media-type|schema)/, 'content keywords are annotations in 2020-12'],
  [/unevaluated/, 'unproven where alternatives are involved'],
  [/default/, 'a default is a note: another behaviour at most'],
  [/x-extensible-enum/, 'the list is declared open'],
]

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

main(process.argv[2])

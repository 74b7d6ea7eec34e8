// Schemas with something broken in them give findings, never an error of ours. Seeded: a failure names its seed.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { canonicalModel } from '../src/canonical/canonical-model.ts'
import { loadSqlParser } from '../src/constraints/sql-parser.ts'
import { planSet } from '../src/plan/plan-set.ts'
import { parseSchema } from '../src/schema/parse-schema.ts'

const TEMPLATES = join(import.meta.dirname, '../templates')
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  ' ',
  "it's",
  '"',
  'id',
  'users.id',
  'x'.repeat(70),
  [],
  {},
  [[]],
  { name: 7 },
  ['id', 'id'],
  '1 +',
  'serial[]',
  'numeric(0)',
]

/** The high half of a 64-bit linear congruential step: its low bits repeat. */
function random(seed: number): (below: number) => number {
  let state = BigInt(seed) * 6364136223846793005n + 1442695040888963407n
  return (below) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
    return Number((state >> 33n) % BigInt(below))
  }
}

type Tree = Record<string, unknown>

/** One value somewhere in the tree replaced, dropped, or put beside another. */
function mutate(tree: Tree, pick: (below: number) => number): void {
  const places: [Tree, string][] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      places.push([value as Tree, key]) // an array is one, too, for our purpose
      walk(member)
    }
  }
  walk(tree)
  const [owner, key] = places[pick(places.length)]!
  const [other, otherKey] = places[pick(places.length)]!
  const kind = pick(4)
  if (kind === 0) delete owner[key]
  else if (kind === 1) owner[key] = structuredClone(other[otherKey])
  else if (kind === 2) owner[`${key}_2`] = structuredClone(owner[key])
  else owner[key] = ODD[pick(ODD.length)]
}

const templates = readdirSync(TEMPLATES).filter((name) => name.endsWith('.json'))

test('broken schemas give findings, never a stack trace', async () => {
  const sql = await loadSqlParser()
  let broken = 0
  for (let seed = 1; seed <= 40; seed++) {
    const pick = random(seed)
    const name = templates[pick(templates.length)]!
    const tree = parseDocument(readFileSync(join(TEMPLATES, name), 'utf8'), 'json').value as Tree // our own file
    for (let i = 0; i <= pick(3); i++) mutate(tree, pick)
    const findings: Finding[] = []
    const add = (finding: Finding) => void findings.push(finding)
    try {
      const model = parseSchema({ file: name, document: parseDocument(JSON.stringify(tree), 'json') }, add)
      const models = model ? [canonicalModel(model, sql, add)] : []
      findings.push(...planSet(models, { seed, sql }).findings)
    } catch (error) {
      assert.fail(`seed ${seed}, ${name}: ${error instanceof Error ? error.stack : String(error)}`)
    }
    if (findings.length > 0) broken++
  }
  assert.ok(broken > 12, `only ${broken} of 40 had findings: the mutations are too tame`)
})

// npm run check: everything that must hold before a commit, in under two minutes. One line per step; the output of
// a step only when it fails. Ends with "N passed, N failed" (steps).
//   --fix   formats and regenerates first

import { parseArgs } from 'node:util'
import { findTypeChecks } from './find-type-checks.ts'
import { runStep, type Step } from './run-step.ts'

const root = new URL('../', import.meta.url)
const { values } = parseArgs({ options: { fix: { type: 'boolean' } } })

const format: Step = {
  name: 'format',
  run: [['node_modules/oxfmt/bin/oxfmt', ...(values.fix ? [] : ['--check']), '.']],
}
const generated: Step = {
  name: 'generated files are fresh',
  run: [['scripts/generate.ts', ...(values.fix ? [] : ['--check'])]],
}
const steps: Step[] = [
  ...(await findTypeChecks(root)),
  { name: 'lint', run: [['node_modules/oxlint/bin/oxlint', '--type-aware', '--format=unix', '.']] },
  { name: 'boundaries', run: [['scripts/boundaries.ts']] },
  { name: 'fast tests', run: [['scripts/test.ts', '--fast', '--quiet']] },
]

const startedAt = performance.now()
let passed = 0
let failed = 0
// What writes goes first and alone; what only reads goes two at a time, like the cores we promise.
if (values.fix) for (const step of [generated, format]) await report(step)
await inPairs(values.fix ? steps : [format, generated, ...steps])
console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
if (failed > 0 && !values.fix) console.log('hint: "npm run fix" formats and regenerates')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function inPairs(steps: readonly Step[]): Promise<void> {
  const waiting = [...steps]
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await report(step)
  }
  await Promise.all([lane(), lane()])
}

async function report(step: Step): Promise<void> {
  const { ok, seconds, output } = await runStep(step, root)
  if (ok) passed++
  else failed++
  console.log(`${ok ? '✔' : '✖'} ${step.name}  ${seconds.toFixed(1)} s`)
  if (!ok) console.log(`${output.trimEnd().replaceAll(/^(?=.)/gm, '    ')}\n`)
}

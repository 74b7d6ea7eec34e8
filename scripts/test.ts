// npm test: every test of the repository, fast ones first. Ends with "N passed, N failed[, N skipped]".
//   --fast              only the fast ones: everything outside test/system/
//   --only=<text>       only files whose path contains <text>
//   --name=<text>       only tests whose title contains <text>
//   --quiet             no lines for files that passed

import { parseArgs } from 'node:util'
import { findTests } from './find-tests.ts'
import { runTests, type Tally } from './run-tests.ts'

const { values } = parseArgs({
  options: {
    fast: { type: 'boolean' },
    only: { type: 'string' },
    name: { type: 'string' },
    quiet: { type: 'boolean' },
  },
})
const root = new URL('../', import.meta.url)
const { fast, system } = await findTests(root, values.only)
const startedAt = performance.now()

const tallies: Tally[] = []
for (const [title, files, timeoutMs] of [
  ['fast tests', fast, 60_000],
  ['system tests', values.fast ? [] : system, 300_000],
] as const) {
  if (files.length === 0) continue
  console.log(`${title}: ${files.length} files`)
  tallies.push(await runTests({ root, files, timeoutMs, name: values.name, quiet: values.quiet }))
}

const failures = tallies.flatMap(({ failures }) => failures)
const skips = tallies.flatMap(({ skips }) => skips)
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)

if (failures.length > 0) console.log(`\nfailed:\n${failures.map((one) => `  ${one}`).join('\n')}`)
if (skips.length > 0) console.log(`\nskipped:\n${skips.map((one) => `  ${one}`).join('\n')}`)
console.log(`\n${Math.round((performance.now() - startedAt) / 1000)} s`)
if (passed + failures.length + skips.length === 0) {
  console.log(
    `No test ${values.only === undefined ? '' : `in a file named like "${values.only}" `}was found.`,
  )
  process.exitCode = 2
} else {
  console.log(
    [
      `${passed} passed`,
      `${failures.length} failed`,
      ...(skips.length > 0 ? [`${skips.length} skipped`] : []),
    ].join(', '),
  )
  process.exitCode = failures.length > 0 ? 1 : 0
}

// node scripts/node24.js scripts/boundaries.ts: who imports whom, against the rules in boundary-rules.ts.
// Runs first on planted violations and refuses to speak about the repository if it does not find them all.

import { sortFindings, type Finding } from '@specwright/cli/finding.ts'
import { renderFindings } from '@specwright/cli/render.ts'
import { checkBoundaries, type Tree } from './boundary-rules.ts'
import { expected, planted } from './planted-violations.ts'
import { readTree } from './read-tree.ts'

const found = checkBoundaries(planted).map(place).sort()
const missed = expected.filter((one) => !found.includes(one))
const invented = found.filter((one) => !expected.includes(one))
if (missed.length > 0 || invented.length > 0) {
  console.error('error: the boundary check is broken; it was tried on scripts/planted-violations.ts first.')
  for (const one of missed) console.error(`  missed:   ${one}`)
  for (const one of invented) console.error(`  invented: ${one}`)
  process.exitCode = 2
} else {
  const tree: Tree = await readTree(new URL('../', import.meta.url))
  const findings = sortFindings(checkBoundaries(tree))
  const sources = [...tree.keys()].filter((path) => !path.endsWith('package.json')).length
  console.log(renderFindings('text', findings, { program: { name: 'boundaries', version: '' }, command: '' }))
  console.log(
    `${expected.length} planted violations found, ${sources} files checked, ${findings.length} findings`,
  )
  process.exitCode = findings.length > 0 ? 1 : 0
}

function place({ code, file, line }: Finding): string {
  return `${code} ${file ?? ''}${line === undefined ? '' : `:${line}`}`
}

// node scripts/node24.js specify/bench/validate.ts: `specify validate --all` on 2,001 spec files as a whole process,
// cold (no cache) and warm, five times each; best and median.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLargeWorkspace } from './large-workspace.ts'

const root = mkdtempSync(join(tmpdir(), 'specify-bench-'))
try {
  writeLargeWorkspace(root, 667)
  report('validate --all, cold', ['validate', '--all', '--quiet'], true)
  report('validate --all, warm', ['validate', '--all', '--quiet'], false)
  report('find, first', ['find', 'partial refund of a voucher'], true)
  report('find, warm', ['find', 'partial refund of a voucher'], false)
  report('--version', ['--version'], false)
} finally {
  rmSync(root, { recursive: true })
}

function report(title: string, args: readonly string[], isCold: boolean): void {
  const times = Array.from({ length: 5 }, () => {
    if (isCold) rmSync(join(root, '.speckit'), { recursive: true, force: true })
    const start = performance.now()
    spawnSync(process.execPath, [join(import.meta.dirname, '../bin/specify.js'), ...args], { cwd: root })
    return performance.now() - start
  }).sort((a, b) => a - b)
  console.log(`${title.padEnd(24)} best ${times[0]!.toFixed(0)} ms, median ${times[2]!.toFixed(0)} ms`)
}

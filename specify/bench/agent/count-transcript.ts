// node specify/bench/agent/count-transcript.ts <folder>…: what an agent read and wrote, in o200k tokens, one after the other.
// A transcript is a folder of NNNN.<kind>.in (what the agent wrote) and NNNN.<kind>.out (what it read), as run, see and put
// beside this file keep them; what it was told at the start goes in as 0000.told.out.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tokenCounter } from '../../src/context/count-tokens.ts'

type Row = { calls: number; read: number; wrote: number }

const count = await tokenCounter()
const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('usage: count-transcript.ts <transcript folder>…')
  process.exitCode = 2
}
for (const folder of folders) report(folder)

function report(folder: string): void {
  const all: Row = { calls: 0, read: 0, wrote: 0 }
  const kinds = new Map<string, Row>()
  let sent = 0
  for (const name of readdirSync(folder).sort()) {
    const [, kind, direction] = /^\d+\.(\w+)\.(in|out)$/.exec(name) ?? []
    if (kind === undefined) continue
    const tokens = count(readFileSync(join(folder, name), 'utf8'))
    const own = kinds.get(kind) ?? { calls: 0, read: 0, wrote: 0 }
    kinds.set(kind, own)
    // A model is sent everything again before each of its turns; "in" sorts before "out".
    if (direction === 'in') sent += all.read + all.wrote
    for (const row of [all, own]) {
      if (direction === 'out') row.read += tokens
      else {
        row.calls++
        row.wrote += tokens
      }
    }
  }
  console.log(
    `${folder}: ${grouped(all.read + all.wrote)} tokens, sent again before each turn ${grouped(sent)}`,
  )
  for (const [kind, { calls, read, wrote }] of [...kinds, ['all', all] as const])
    console.log(`  ${kind.padEnd(5)} ${calls} turns, read ${grouped(read)}, wrote ${grouped(wrote)}`)
}

function grouped(n: number): string {
  return n.toLocaleString('en-US')
}

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { runSpecify, temporaryFolder } from '../run-specify.ts'

const CLI = join(import.meta.dirname, '../../src/cli.ts')
const BASE = join(import.meta.dirname, '../projects/base')
const ROUNDS = 16

// @spec 001#SC-002
test('done, killed at any moment, leaves tasks.md as it was or as it should be, and resume ends it', async (t) => {
  const cwd = temporaryFolder(t)
  cpSync(BASE, cwd, { recursive: true })
  mkdirSync(join(cwd, 'src'))
  writeFileSync(join(cwd, 'src/tokens.ts'), '')
  const tasks = join(cwd, 'specs/001-log-in/tasks.md')
  const progress = join(cwd, '.specify/progress/001-log-in.json')
  const before = readFileSync(tasks, 'utf8')
  const after = before.replace('[ ] T002', '[X] T002')

  const whole = await lasts(cwd)
  const seen = { before: 0, after: 0, pending: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    writeFileSync(tasks, before)
    writeFileSync(progress, JSON.stringify({ version: 1, feature: 'specs/001-log-in', done: [] }))
    const child = spawn(process.execPath, [CLI, 'done', 'T002'], { cwd, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    // Most of the time goes into starting; what matters happens at the end.
    await sleep(whole * (0.6 + (0.4 * round) / ROUNDS))
    child.kill('SIGKILL')
    await ended
    const now = readFileSync(tasks, 'utf8')
    assert.ok(now === before || now === after, now)
    if (/"pending"/.test(readFileSync(progress, 'utf8'))) seen.pending++
    else if (now === before) seen.before++
    else seen.after++
    const { exitCode, stdout, stderr } = await runSpecify(cwd, ['resume', '--json'])
    assert.equal(exitCode, 0, stderr)
    const { recovered, completed } = (
      JSON.parse(stdout) as { data: { recovered: string | null; completed: number } }
    ).data
    assert.equal(completed, recovered === 'T002' || now === after ? 2 : 1)
    assert.equal((await runSpecify(cwd, ['done', 'T002'])).exitCode, 0)
    assert.equal(readFileSync(tasks, 'utf8'), after)
  }
  t.diagnostic(`killed before ${seen.before}, in between ${seen.pending}, after ${seen.after}`)
  assert.ok(!existsSync(`${progress}.lock`))
})

/** How long the command takes here, in milliseconds. */
async function lasts(cwd: string): Promise<number> {
  const start = performance.now()
  await new Promise((resolve) =>
    spawn(process.execPath, [CLI, 'done', 'T002'], { cwd, stdio: 'ignore' }).once('exit', resolve),
  )
  return performance.now() - start
}

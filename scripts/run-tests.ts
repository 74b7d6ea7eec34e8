import { run } from 'node:test'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'

export type Tally = {
  readonly passed: number
  /** `path › title` of each. */
  readonly failures: readonly string[]
  /** `path › title: reason` of each. */
  readonly skips: readonly string[]
}

/**
 * Runs test files, each in a process of its own and two at a time: system tests start servers, and two cores are
 * what we promise. Prints a line per file, and failures in full as they happen.
 */
export async function runTests({
  root,
  files,
  timeoutMs,
  name,
  quiet = false,
}: {
  root: URL
  files: readonly string[]
  timeoutMs: number
  name?: string | undefined
  /** No line for a file that passed. */
  quiet?: boolean | undefined
}): Promise<Tally> {
  const cwd = fileURLToPath(root)
  const failures: string[] = []
  const skips: string[] = []
  const broken = new Set<string>()
  const output = new Map<string, string>()
  let passed = 0

  const silence = new AbortController()
  const stream = run({
    cwd,
    signal: silence.signal,
    files: files.map((file) => fileURLToPath(new URL(file, root))),
    concurrency: 2,
    timeout: timeoutMs,
    execArgv: ['--import', new URL('end-of-patience.ts', import.meta.url).href],
    env: { ...process.env, TEST_FILE_LIMIT_MS: String(timeoutMs + 5000) },
    ...(name !== undefined && { testNamePatterns: [new RegExp(RegExp.escape(name), 'i')] }),
  })
  const pathOf = (file: string | undefined) => (file === undefined ? '' : relative(cwd, file))

  stream.on('test:pass', ({ name, file, skip, details }) => {
    if (details.type === 'suite' || name === file) return // a file without tests passes as itself
    if (skip === undefined || skip === false) passed++
    else skips.push(`${pathOf(file)} › ${name}${typeof skip === 'string' && skip !== '' ? `: ${skip}` : ''}`)
  })
  stream.on('test:fail', ({ name, file, todo, details }) => {
    if (todo !== undefined && todo !== false) return
    // A suite or a file fails because something in it failed, which has been told, or by itself: a hook, a syntax error.
    const { failureType, cause } = details.error as { failureType?: string; cause?: unknown }
    if (failureType === 'subtestsFailed') return
    if (name === file) {
      failures.push(`${pathOf(file)} (the file itself: it could not be loaded, or ended early)`)
      broken.add(name)
      return
    }
    failures.push(`${pathOf(file)} › ${name}`)
    console.log(`\n✖ ${pathOf(file)} › ${name}\n${indented(describe(cause ?? details.error))}\n`)
  })
  for (const event of ['test:stdout', 'test:stderr'] as const)
    stream.on(event, ({ file, message }) => output.set(file, (output.get(file) ?? '') + message))
  stream.on('test:summary', ({ file, success, counts, duration_ms }) => {
    if (file === undefined || (success && quiet)) return
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
    console.log(
      `${success ? '✔' : '✖'} ${pathOf(file)}  ${counts.passed}/${counts.tests - counts.skipped}${skipped}  ${(duration_ms / 1000).toFixed(1)} s`,
    )
    if (!success && output.has(file))
      console.log(indented(`what it printed:\n${output.get(file)!.trimEnd()}`))
    output.delete(file)
  })
  // A file in an endless loop cannot end itself (end-of-patience.ts), it only falls silent, and so does all of this.
  const giveUp = setTimeout(() => silence.abort(), timeoutMs + 15_000)
  for await (const _ of stream) giveUp.refresh() // the stream ends when all files have
  clearTimeout(giveUp)
  for (const file of broken)
    console.log(`\n✖ ${pathOf(file)}\n${indented(output.get(file) ?? 'It printed nothing.')}`)
  return { passed, failures, skips }
}

function describe(cause: unknown): string {
  if (cause instanceof Error) return inspect(cause)
  return typeof cause === 'string' ? cause : inspect(cause, { depth: 4 })
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ')
}

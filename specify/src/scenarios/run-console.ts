import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Block } from '../spec/model.ts'
import { outputFits, parseConsoleBlock, type ConsoleStep } from './console-block.ts'
import type { HurlValue } from './hurl/value.ts'
import type { ScenarioFailure } from './scenario-result.ts'
import { pathWithPrograms } from './start-process.ts'

export type ConsoleContext = {
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Text, numbers and booleans among them are environment variables of the commands. */
  readonly variables: ReadonlyMap<string, HurlValue>
}

const TIMEOUT_MS = 60_000
const LONGEST_OUTPUT = 1024 * 1024

/** Runs a block's commands one after the other in a folder made for it and removed afterwards. */
export async function runConsoleBlock(
  block: Block,
  context: ConsoleContext,
  timeoutMs = TIMEOUT_MS,
): Promise<ScenarioFailure[]> {
  const { steps, problems } = parseConsoleBlock(block.text, block.line)
  const [problem] = problems
  if (problem !== undefined) return [{ message: problem.message, line: problem.line }]
  const folder = await mkdtemp(join(tmpdir(), 'specify-console-'))
  try {
    for (const step of steps) {
      const failure = await runStep(step, folder, context, timeoutMs)
      if (failure !== undefined) return [failure]
    }
    return []
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runStep(
  step: ConsoleStep,
  folder: string,
  context: ConsoleContext,
  timeoutMs: number,
): Promise<ScenarioFailure | undefined> {
  const { output, exitCode, timedOut } = await execute(step.command, folder, context, timeoutMs)
  const at = { line: step.line, reproduce: step.command }
  const answer = output.trim() === '' ? {} : { answer: output.trimEnd().slice(-2000) }
  if (timedOut) return { message: `the command did not end within ${timeoutMs} ms`, ...at, ...answer }
  if (exitCode !== step.exitCode)
    return {
      message: 'the exit code differs',
      expected: String(step.exitCode),
      actual: String(exitCode),
      ...at,
      ...answer,
    }
  if (outputFits(output, step.expected)) return undefined
  return {
    message: 'the output differs',
    expected: step.expected.join('\n'),
    actual: output.trimEnd(),
    ...at,
  }
}

/** Output and errors come mixed, as a person at a terminal sees them. */
function execute(
  command: string,
  folder: string,
  { root, env, signal, variables }: ConsoleContext,
  timeoutMs: number,
): Promise<{ output: string; exitCode: number; timedOut: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      cwd: folder,
      shell: true,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(root, env, variables),
    })
    let output = ''
    let timedOut = false
    const add = (chunk: Buffer) => {
      if (output.length < LONGEST_OUTPUT) output += chunk.toString('utf8')
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, timeoutMs)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ output, exitCode: code ?? -1, timedOut })
    })
  })
}

function environment(
  root: string,
  env: ConsoleContext['env'],
  variables: ConsoleContext['variables'],
): Record<string, string> {
  const values = [...variables].flatMap(([name, value]) =>
    /^\w+$/.test(name) &&
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      ? [[name, String(value)] as const]
      : [],
  )
  return {
    ...Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    ...Object.fromEntries(values),
    PATH: pathWithPrograms(root, env['PATH']),
    WORKSPACE: root,
    NO_COLOR: '1',
  }
}

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { CliError } from './cli-error.ts'
import {
  optionsOf,
  type Command,
  type OptionSpec,
  type OptionSpecs,
  type OptionValues,
  type Result,
  type Streams,
} from './command.ts'
import { completionScript, shells } from './completion.ts'
import { countFindings, sortFindings } from './finding.ts'
import { globalOptions } from './global-options.ts'
import { commandHelp, programHelp } from './help.ts'
import { manPage } from './man-page.ts'
import { didYouMean } from './nearest.ts'
import { silentProgress, terminalProgress } from './progress.ts'
import { renderFindings, type Format } from './render.ts'

export type Program = {
  readonly name: string
  readonly version: string
  readonly summary: string
  /** Loaded only when used, so that start-up pays for one verb. */
  readonly commands: Readonly<Record<string, () => Promise<Command>>>
}

export type Terminal = {
  readonly stdout: {
    /** `done` is called when the bytes are on their way and may be used for something else. */
    write(text: string | Uint8Array, done?: () => void): unknown
    readonly isTTY?: boolean
  }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Absent where nobody can speak a protocol: in a test, or in a command run by another. */
  readonly streams?: Streams
}

/** 0 fine, 1 findings, 2 could not run, 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 130

/** argv (without node and script) → command → output → exit code. The only place that prints. */
export async function runCli(
  program: Program,
  argv: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const json = wantsJson(argv)
  try {
    return await dispatch(program, argv, terminal)
  } catch (error) {
    if (terminal.signal.aborted) {
      if (json) printJson(terminal, { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } })
      terminal.stderr.write('cancelled\n')
      return 130
    }
    if (!(error instanceof CliError)) {
      if (json) printJson(terminal, { ok: false, error: { code: 'internal-error', message: String(error) } })
      terminal.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      return 2
    }
    const { code, message, hint, details } = error
    if (json) printJson(terminal, { ok: false, error: { code, message, hint, details } })
    else terminal.stderr.write(`error: ${message}\n${hint === undefined ? '' : `hint:  ${hint}\n`}`)
    return 2
  }
}

async function dispatch(program: Program, argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = argv
  if (first === '--version' || first === '-V' || first === 'version') {
    terminal.stdout.write(`${program.name} ${program.version}\n`)
    return 0
  }
  if (first === 'completion') return await printCompletion(program, rest, terminal)
  if (first === 'man') {
    terminal.stdout.write(manPage(program, await loadAll(program)))
    return 0
  }
  const helpFor = first === 'help' ? rest[0] : undefined
  if (
    helpFor === undefined &&
    (first === undefined || first === 'help' || first === '--help' || first === '-h')
  ) {
    terminal.stdout.write(programHelp(program, await loadAll(program)))
    return first === undefined ? 2 : 0
  }
  const command = await loadCommand(program, helpFor ?? first ?? '')
  if (helpFor !== undefined || wantsHelp(rest)) {
    terminal.stdout.write(commandHelp(program, command, globalOptions))
    return 0
  }
  return await runCommand(program, command, rest, terminal)
}

async function runCommand(
  program: Program,
  command: Command,
  argv: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { values, positionals } = parseOptions(program, command, argv)
  const options = values as OptionValues<typeof globalOptions> & OptionValues<OptionSpecs>
  const quiet = options.quiet
  let isAnnounced = false
  const result = await command.run({
    args: positionals,
    options,
    cwd: terminal.cwd,
    env: terminal.env,
    signal: terminal.signal,
    progress: quiet ? silentProgress : terminalProgress(terminal.stderr),
    say: quiet ? () => {} : (line) => terminal.stderr.write(`${line}\n`),
    announce: (announced) => {
      isAnnounced = true
      printResult(program, command, announced, exitCodeOf(announced), options, terminal, 0)
    },
    ...(terminal.streams && { streams: terminal.streams }),
  })
  const exitCode = exitCodeOf(result)
  if (result.stream && options.json)
    throw new CliError(
      'file-needed',
      '--json prints one document: the result needs a file of its own.',
      'Give one with --file.',
    )
  if (result.stream) await streamResult(result.stream, terminal)
  if (!isAnnounced) printResult(program, command, result, exitCode, options, terminal)
  return terminal.signal.aborted ? 130 : exitCode
}

function exitCodeOf({ exitCode, findings }: Result): 0 | 1 {
  return exitCode ?? (countFindings(findings).errors > 0 ? 1 : 0)
}

async function streamResult(stream: NonNullable<Result['stream']>, { stdout }: Terminal): Promise<void> {
  await stream({
    async write(bytes) {
      await new Promise<void>((resolve) => stdout.write(bytes, resolve))
    },
  })
}

function printResult(
  program: Program,
  command: Command,
  result: Result,
  exitCode: 0 | 1,
  options: OptionValues<typeof globalOptions>,
  terminal: Terminal,
  indent = 2,
): void {
  const { data } = result
  const findings = sortFindings(result.findings)
  // A command may give --format a meaning of its own (an archive format); its findings are text then, or --json.
  const asked = command.options?.['format'] === undefined ? options.format : undefined
  const format = (options.json ? 'json' : (asked ?? 'text')) as Format
  const counts = countFindings(findings)
  if (format === 'json') {
    printJson(terminal, { ok: exitCode === 0, command: command.name, data, findings, counts }, indent)
    return
  }
  if (format !== 'text') {
    terminal.stdout.write(renderFindings(format, findings, { program, command: command.name }))
    return
  }
  const text = result.text()
  if (result.raw || result.stream) {
    if (text !== '') terminal.stdout.write(text)
    if (findings.length > 0)
      terminal.stderr.write(renderFindings('text', findings, { program, command: command.name }))
    return
  }
  const color = wantsColor(options.color, terminal)
  const rendered = renderFindings('text', findings, { program, command: command.name, color })
  terminal.stdout.write(
    [text, rendered]
      .filter((part) => part !== '')
      .map(endLine)
      .join('\n'),
  )
}

function parseOptions(program: Program, command: Command, argv: readonly string[]) {
  const specs = optionsOf(command, globalOptions)
  const { tokens, values, positionals } = parseArgs({
    args: [...argv],
    options: parseArgsConfig(specs),
    allowPositionals: true,
    strict: false,
    tokens: true,
    allowNegative: false,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined
    if (spec === undefined) {
      const known = Object.keys(specs).map((name) => `--${name}`)
      throw new CliError(
        'unknown-option',
        `${program.name} ${command.name} has no option ${token.rawName}.`,
        didYouMean(token.rawName, known) ?? `Run "${program.name} ${command.name} --help".`,
      )
    }
    checkValue(token, spec)
  }
  if (command.args === undefined && positionals.length > 0)
    throw new CliError(
      'unexpected-argument',
      `${program.name} ${command.name} takes no arguments, got "${positionals[0]}".`,
    )
  const absent = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple }]) => [
      name,
      type === 'boolean' ? false : multiple ? [] : undefined,
    ]),
  )
  return { values: { ...absent, ...values }, positionals }
}

function checkValue(
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  spec: OptionSpec,
): void {
  if (spec.type === 'boolean') {
    if (token.value !== undefined) throw new CliError('bad-option', `${token.rawName} takes no value.`)
    return
  }
  if (token.value === undefined || token.value === '')
    throw new CliError(
      'missing-value',
      `${token.rawName} needs a value${spec.placeholder ? `: <${spec.placeholder}>` : ''}.`,
    )
  // `--out --json` forgot a file name; whoever means it can write `--out=--json`. Negative numbers are values.
  if (token.inlineValue === false && /^--?[A-Za-z]/.test(token.value))
    throw new CliError(
      'missing-value',
      `${token.rawName} needs a value, got the option ${token.value}.`,
      `Write ${token.rawName}=${token.value} if that is the value.`,
    )
  if (spec.choices && !spec.choices.includes(token.value))
    throw new CliError(
      'bad-choice',
      `${token.rawName} must be one of ${spec.choices.join(', ')}, not "${token.value}".`,
      didYouMean(token.value, spec.choices),
    )
}

function parseArgsConfig(specs: OptionSpecs): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type, short, multiple, default: preset }]) => [
      name,
      {
        type,
        ...(short !== undefined && { short }),
        ...(multiple && { multiple }),
        ...(preset !== undefined && { default: preset }),
      },
    ]),
  )
}

async function loadCommand(program: Program, name: string): Promise<Command> {
  const load = Object.hasOwn(program.commands, name) ? program.commands[name] : undefined
  if (load !== undefined) return await load()
  throw new CliError(
    'unknown-command',
    `${program.name} has no command "${name}".`,
    didYouMean(name, Object.keys(program.commands)) ?? `Run "${program.name} --help" for the list.`,
  )
}

async function loadAll(program: Program): Promise<Command[]> {
  return await Promise.all(Object.values(program.commands).map((load) => load()))
}

async function printCompletion(
  program: Program,
  [shell]: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  if (!shells.includes(shell as (typeof shells)[number]))
    throw new CliError('bad-choice', `Say which shell: ${program.name} completion ${shells.join('|')}.`)
  terminal.stdout.write(
    completionScript(shell as (typeof shells)[number], program, await loadAll(program), globalOptions),
  )
  return 0
}

function wantsHelp(argv: readonly string[]): boolean {
  return beforeDashes(argv).some((arg) => arg === '--help' || arg === '-h')
}

/** Read from the raw arguments, so that a wrong option is reported as JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  return beforeDashes(argv).some(
    (arg, i, all) =>
      arg === '--json' || arg === '--format=json' || (arg === '--format' && all[i + 1] === 'json'),
  )
}

/** What follows a bare `--` are arguments, whatever they look like. */
function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? argv : argv.slice(0, end)
}

function wantsColor(choice: string | undefined, terminal: Terminal): boolean {
  if (choice === 'always') return true
  if (choice === 'never' || terminal.env['NO_COLOR']) return false
  return terminal.stdout.isTTY === true
}

function printJson(terminal: Terminal, document: object, indent = 2): void {
  terminal.stdout.write(`${JSON.stringify(document, null, indent)}\n`)
}

function endLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

/** What a `cli.ts` calls: real streams, Ctrl-C as an abort signal, a second Ctrl-C as an immediate end. */
export async function main(program: Program): Promise<void> {
  const cancel = new AbortController()
  process.on('SIGINT', () => {
    if (cancel.signal.aborted) process.exit(130)
    cancel.abort()
  })
  process.on('SIGTERM', () => cancel.abort())
  // `pgmock generate | head` closes our stdout early; that is the reader's choice, not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  // Whoever watched the progress may go before the work is done; the work goes on.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  process.exitCode = await runCli(program, process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    signal: cancel.signal,
    streams: { input: process.stdin, output: process.stdout },
  })
}

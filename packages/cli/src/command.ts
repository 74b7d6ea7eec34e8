import type { Readable, Writable } from 'node:stream'
import type { Finding } from './finding.ts'
import type { Progress } from './progress.ts'

export type OptionSpec = {
  readonly type: 'string' | 'boolean'
  readonly summary: string
  readonly short?: string
  readonly multiple?: boolean
  readonly default?: string
  /** What stands for the value in help: `--seed <number>`. */
  readonly placeholder?: string
  readonly choices?: readonly string[]
  /** Offered by shell completion as file names. */
  readonly file?: boolean
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** What `run` sees of each option: a default makes a string certain, `multiple` makes it a list. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name]['type'] extends 'boolean'
    ? boolean
    : Specs[Name] extends { multiple: true }
      ? readonly string[]
      : Specs[Name] extends { default: string }
        ? string
        : string | undefined
}

export type CommandContext<Specs extends OptionSpecs = OptionSpecs> = {
  readonly args: readonly string[]
  readonly options: OptionValues<Specs>
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C: stop soon, leave nothing half-written. */
  readonly signal: AbortSignal
  readonly progress: Progress
  /** For humans, to stderr; silent with --quiet. */
  readonly say: (line: string) => void
  /** For a command that goes on working, such as a server: prints its result now and not at the end; as JSON on one line. */
  readonly announce: (result: Result) => void
  /** For a command that speaks a protocol on stdin and stdout; whoever takes them gives back a result without text. */
  readonly streams?: Streams
}

export type Streams = { readonly input: Readable; readonly output: Writable }

export type ByteStream = {
  /** Resolves when the reader is ready for more; `bytes` may be used for something else then. */
  write(bytes: Uint8Array): Promise<void>
}

/** What a command gives back; only the runner prints it, as text or in the asked format, and picks the exit code. */
export type Result = {
  /** Becomes `data` of the --json document; camelCase, plain values. */
  readonly data: unknown
  readonly findings: readonly Finding[]
  /** The human form of `data`; the runner prints the findings after it. */
  readonly text: () => string
  /** Overrides the exit code derived from the findings (0 without errors, 1 with). */
  readonly exitCode?: 0 | 1
  /** Bytes for stdout instead of text, when the result is a file such as SQL. */
  readonly raw?: true
  /** Writes the result to stdout itself, piece by piece, when it may be larger than memory. Refused with --json. */
  readonly stream?: (out: ByteStream) => Promise<void>
}

export type Command<Specs extends OptionSpecs = OptionSpecs> = {
  readonly name: string
  readonly summary: string
  /** Longer help, wrapped by the author at 100 columns. */
  readonly description?: string
  /** Positional arguments as help shows them: `<schema.json> [path…]`. None: arguments are refused. */
  readonly args?: string
  readonly options?: Specs
  readonly examples: readonly { readonly run: string; readonly does: string }[]
  run(context: CommandContext<Specs>): Promise<Result>
}

/** The identity, with types: `options` of `run` are inferred from the table, so flags are described once. */
export function command<const Specs extends OptionSpecs = Record<never, never>>(
  spec: Command<Specs>,
): Command {
  return spec
}

/** A command's own options first, then those every command has; where both have a name, the command's meaning wins. */
export function optionsOf({ options }: Command, globalOptions: OptionSpecs): OptionSpecs {
  return { ...options, ...globalOptions, ...options }
}

// A verb's table of flags is its description already: the tool's input schema and its command line both come from it.

import { CliError } from '@specwright/cli/cli-error.ts'
import type { Command, OptionSpec } from '@specwright/cli/command.ts'
import { globalOptions } from '@specwright/cli/global-options.ts'

/** The part of MCP's Tool that we fill in. */
export type VerbTool = {
  readonly name: string
  readonly description: string
  readonly inputSchema: { readonly type: 'object'; readonly [key: string]: unknown }
  readonly outputSchema: typeof outputSchema
  readonly annotations: { readonly readOnlyHint: boolean; readonly openWorldHint: false }
}

/** What every tool answers: the document --json prints, or one page of it. Kept short, agents pay for reading it. */
export const outputSchema = {
  type: 'object' as const,
  required: ['ok'],
  properties: {
    ok: { type: 'boolean' },
    findings: { type: 'array', items: { type: 'object', required: ['code', 'severity', 'message'] } },
    data: {},
    error: { type: 'object', required: ['code', 'message'] },
    page: { type: 'object', required: ['from', 'to', 'total'] },
  },
}

export function verbTool(command: Command): VerbTool {
  const { name, summary, args, options = {} } = command
  const properties = Object.fromEntries(
    Object.entries(options).map(([option, spec]) => [option, optionSchema(spec)]),
  )
  const mustHaveArgs = args?.includes('<') ?? false
  return {
    name,
    description: args === undefined ? summary : `${summary}. args: ${args}`,
    inputSchema: {
      type: 'object',
      properties: {
        ...(args !== undefined && { args: { type: 'array', items: { type: 'string' } } }),
        ...properties,
      },
      ...(mustHaveArgs && { required: ['args'] }),
      additionalProperties: false,
    },
    outputSchema,
    // Every verb that writes can be asked to only say what it would write.
    annotations: { readOnlyHint: !Object.hasOwn(options, 'dry-run'), openWorldHint: false },
  }
}

/**
 * The command line of a tool call. Unknown names are passed on, so that the command line itself says what is wrong and
 * what was meant. Throws CliError `bad-option` for values no flag can have.
 */
export function commandLine(command: Command, input: Readonly<Record<string, unknown>>): string[] {
  const { args = [], ...flags } = input
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === 'string'))
    throw new CliError('bad-option', 'args must be a list of texts.')
  const own = command.options ?? {}
  const options = Object.entries(flags)
    .filter(([name]) => Object.hasOwn(own, name) || !Object.hasOwn(globalOptions, name))
    .flatMap(([name, value]) => flagsFor(name, value))
  return [command.name, '--json', ...options, ...(args.length > 0 ? ['--', ...args] : [])]
}

function flagsFor(name: string, value: unknown): string[] {
  if (value === false || value === null || value === undefined) return []
  if (value === true) return [`--${name}`]
  if (Array.isArray(value)) return value.flatMap((one) => flagsFor(name, one))
  if (typeof value === 'string' || typeof value === 'number') return [`--${name}=${value}`]
  throw new CliError('bad-option', `"${name}" must be a text, a number, true or false, or a list of these.`)
}

function optionSchema({ type, summary, choices, multiple, placeholder }: OptionSpec): object {
  const one =
    choices !== undefined
      ? { enum: choices }
      : { type: type === 'boolean' ? 'boolean' : placeholder === 'number' ? ['number', 'string'] : 'string' }
  return multiple ? { type: 'array', items: one, description: summary } : { ...one, description: summary }
}

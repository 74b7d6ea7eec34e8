import { optionsOf, type Command, type OptionSpec, type OptionSpecs } from './command.ts'
import type { Program } from './run-cli.ts'

export function programHelp(program: Program, commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    `${program.name} ${program.version}: ${program.summary}`,
    '',
    `Usage: ${program.name} <command> [options]`,
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `Run "${program.name} <command> --help" for options and examples.`,
    `"${program.name} completion bash|zsh|fish" prints a completion script, "${program.name} man" the manual page.`,
    '',
  ].join('\n')
}

export function commandHelp(program: Program, command: Command, globalOptions: OptionSpecs): string {
  const { name, summary, description, args, examples } = command
  return [
    `${program.name} ${name}: ${summary}`,
    ...(description === undefined ? [] : ['', description.trim()]),
    '',
    `Usage: ${program.name} ${name}${args === undefined ? '' : ` ${args}`} [options]`,
    '',
    'Options:',
    ...optionLines(optionsOf(command, globalOptions)),
    ...(examples.length === 0 ? [] : ['', 'Examples:']),
    ...examples.flatMap(({ run, does }) => [`  $ ${run}`, `      ${does}`]),
    '',
  ].join('\n')
}

/** `-s, --seed <number>`, as help, manual page and completion name an option. */
export function optionUsage(name: string, { short, type, placeholder = 'value' }: OptionSpec): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${type === 'string' ? ` <${placeholder}>` : ''}`
}

/** The summary with choices and default. */
export function optionSummary({ summary, choices, default: preset, multiple }: OptionSpec): string {
  const notes = [
    ...(choices === undefined ? [] : [choices.join(', ')]),
    ...(preset === undefined ? [] : [`default ${preset}`]),
    ...(multiple ? ['can be repeated'] : []),
  ]
  return notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`
}

function optionLines(options: OptionSpecs): string[] {
  const rows = Object.entries(options).map(
    ([name, spec]) => [optionUsage(name, spec), optionSummary(spec)] as const,
  )
  const width = Math.max(...rows.map(([usage]) => usage.length))
  return rows.map(([usage, summary]) => `  ${usage.padEnd(width)}  ${summary}`)
}

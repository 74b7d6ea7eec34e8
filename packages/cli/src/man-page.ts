import type { Command } from './command.ts'
import { globalOptions } from './global-options.ts'
import { optionSummary, optionUsage } from './help.ts'
import type { Program } from './run-cli.ts'

/** One roff page (man(7)) for the whole program: `pgmock man | man -l -`. */
export function manPage(program: Program, commands: readonly Command[]): string {
  return `${[
    `.TH ${program.name.toUpperCase()} 1 "" "${escape(`${program.name} ${program.version}`)}" "User Commands"`,
    '.SH NAME',
    `${program.name} \\- ${escape(program.summary)}`,
    '.SH SYNOPSIS',
    `.B ${program.name}`,
    '.I command',
    '[options]',
    '.SH COMMANDS',
    ...commands.flatMap((command) => commandSection(command)),
    '.SH OPTIONS OF EVERY COMMAND',
    ...optionEntries(globalOptions),
    '.SH EXIT STATUS',
    ...[
      ['0', 'Fine.'],
      ['1', 'Findings.'],
      ['2', 'Could not run.'],
      ['130', 'Cancelled.'],
    ].flatMap(([code, text]) => ['.TP', `.B ${code}`, `${text}`]),
  ].join('\n')}\n`
}

function commandSection({ name, args, summary, description, options, examples }: Command): string[] {
  return [
    `.SS ${escape(`${name}${args === undefined ? '' : ` ${args}`}`)}`,
    escape(`${summary}.`),
    ...(description === undefined ? [] : ['.PP', escape(description.trim())]),
    ...optionEntries(options ?? {}),
    ...examples.flatMap(({ run, does }) => ['.PP', escape(`${does}:`), '.PP', '.nf', escape(run), '.fi']),
  ]
}

function optionEntries(options: NonNullable<Command['options']>): string[] {
  return Object.entries(options).flatMap(([name, spec]) => [
    '.TP',
    `.B ${escape(optionUsage(name, spec))}`,
    escape(`${optionSummary(spec)}.`),
  ])
}

/** A leading dot or quote would be a roff request, a hyphen a breakable dash. */
function escape(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1')
}

import type { OptionSpecs } from './command.ts'
import { formats } from './render.ts'

/** Flags every command has. */
export const globalOptions = {
  help: { type: 'boolean', short: 'h', summary: 'Show help with examples' },
  json: { type: 'boolean', summary: 'Print exactly one JSON document on stdout' },
  format: { type: 'string', placeholder: 'format', choices: formats, summary: 'How to print the findings' },
  quiet: { type: 'boolean', short: 'q', summary: 'No progress and no remarks on stderr' },
  color: {
    type: 'string',
    placeholder: 'when',
    choices: ['auto', 'always', 'never'],
    summary: 'Colour the output',
  },
} as const satisfies OptionSpecs

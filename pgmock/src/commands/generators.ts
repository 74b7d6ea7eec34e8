import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { generators } from '../values/registry.ts'
import { generatorSamples } from '../plan/generator-samples.ts'
import { textTable } from './text-table.ts'

export const generatorsCommand = command({
  name: 'generators',
  summary: 'List the generators with samples',
  args: '[list | [show] <name…>]',
  examples: [
    { run: 'pgmock generators', does: 'All of them' },
    { run: 'pgmock generators show timestamp', does: 'One with its options' },
  ],
  async run({ args }) {
    const names = args[0] === 'list' || args[0] === 'show' ? args.slice(1) : args
    if (args[0] === 'show' && names.length === 0)
      throw new CliError(
        'bad-arguments',
        'Say which: generators show <name>.',
        'For example: pgmock generators show email',
      )
    const wanted = names.length === 0 ? [...generators.values()] : names.map(known)
    const data = wanted.map(({ name, family, summary, options = {}, fits }) => ({
      name,
      family,
      summary,
      options: Object.fromEntries(
        Object.entries(options).map(([option, { summary: about }]) => [option, about]),
      ),
      types: fits,
      samples: generatorSamples(name, names.length === 0 ? 3 : 8),
    }))
    return {
      data,
      findings: [],
      text: () => (names.length === 0 ? list(data) : data.map(details).join('\n\n')),
    }
  },
})

type Row = {
  readonly name: string
  readonly family: string
  readonly summary: string
  readonly options: Readonly<Record<string, string>>
  readonly types: readonly string[]
  readonly samples: readonly string[]
}

function known(name: string) {
  const found = generators.get(name)
  if (!found)
    throw new CliError(
      'unknown-generator',
      `There is no generator "${name}".`,
      didYouMean(name, generators.keys()),
    )
  return found
}

function list(rows: readonly Row[]): string {
  const table = rows.map(({ name, family, samples }) => [name, family, samples.slice(0, 2).join(' · ')])
  return `${textTable(['generator', 'family', 'samples'], table, 90)}\n(${rows.length} generators)`
}

function details({ name, family, summary, options, types, samples }: Row): string {
  const lines = Object.entries(options).map(([option, about]) => `  ${option}: ${about}`)
  return [
    `${name} (${family}): ${summary}`,
    `  for ${types.join(', ')}`,
    ...lines,
    ...samples.map((sample) => `  e.g. ${sample}`),
  ].join('\n')
}

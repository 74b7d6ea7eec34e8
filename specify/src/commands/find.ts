import { join } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { openIndex } from '../context/open-index.ts'
import {
  fileType,
  fileTypes,
  readingWeight,
  searchablePaths,
  type FileType,
} from '../context/searchable-files.ts'
import { search } from '../context/search.ts'
import { tellingLines } from '../context/telling-line.ts'
import { featureName } from '../workspace/feature-name.ts'
import type { Workspace } from '../workspace/model.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'

const TYPES: Readonly<Record<string, readonly FileType[]>> = {
  all: fileTypes,
  specs: ['spec', 'quick-ref'],
  docs: ['spec', 'quick-ref', 'docs'],
  contracts: ['contract'],
  code: ['code'],
  tests: ['test'],
}

export const find = command({
  name: 'find',
  summary: 'Search specs, quick references, contracts and code, best match first',
  description: `Finds words in any of their forms ("order" finds "ordered"), by their beginning ("auth" finds "authentication") and
despite a typing mistake when nothing contains the word as typed. Ids such as FR-003 are found as they are.`,
  args: '<words>',
  options: {
    limit: { type: 'string', default: '10', placeholder: 'number', summary: 'How many files to show' },
    type: {
      type: 'string',
      default: 'all',
      placeholder: 'kind',
      choices: Object.keys(TYPES),
      summary: 'What to search',
    },
    feature: {
      type: 'string',
      placeholder: 'name',
      summary: 'Search one feature or service: its folder, or a name such as order-service/001',
    },
  },
  examples: [
    {
      run: 'specify find "user profile"',
      does: 'Show where user profiles are specified, agreed on and coded',
    },
    { run: 'specify find --type specs --limit 3 "refund"', does: 'Show the three best places in specs' },
    {
      run: 'specify find --feature order-service FR-003 --json',
      does: 'Print the places of one requirement as JSON',
    },
  ],

  async run({ args, options, cwd }) {
    const query = args.join(' ').trim()
    if (query === '') throw new CliError('missing-words', 'Say what to find.', 'specify find "user profile"')
    const limit = wholeNumber(options.limit, '--limit', { min: 1 })
    const { workspace, findings } = await openWorkspace(cwd)
    const types = new Set(TYPES[options.type])
    const below = options.feature === undefined ? undefined : foldersOf(workspace, options.feature)
    const isAsked = (path: string) =>
      types.has(fileType(path)) &&
      (below === undefined || below.some((folder) => path.startsWith(`${folder}/`)))
    const paths = searchablePaths(workspace)
    const { hits, concepts } = search(
      query,
      openIndex(workspace.root, paths, { keep: workspace.config.cache !== false }),
      {
        features: workspace.features.map(({ path }) => path),
        weightOf: (path) => (isAsked(path) ? readingWeight(path) : 0),
      },
    )
    const { found, corrections } = tellingLines(hits.slice(0, limit), concepts, (path) =>
      textIfThere(join(workspace.root, path)),
    )
    const results = found.map(({ path, line, context, relevance }) => ({
      file: pathFrom(cwd, workspace.root, path),
      line,
      type: fileType(path),
      context,
      relevance: Math.max(1, Math.round(relevance * 100)),
    }))
    return {
      data: { query, results, totalResults: hits.length, corrections },
      findings,
      text() {
        if (results.length === 0)
          return `Nothing found for "${query}" in ${paths.filter(isAsked).length} files.`
        const lines = results.map(
          ({ file, line, relevance, context }) => `- ${file}:${line} (relevance: ${relevance}%)  ${context}`,
        )
        const instead = corrections.map(({ from, to }) => `No word like "${from}"; looked for "${to}".`)
        const more = hits.length - results.length
        return [
          ...instead,
          'Found in:',
          ...lines,
          ...(more > 0 ? [`… and ${more} more (--limit ${hits.length})`] : []),
        ].join('\n')
      },
    }
  },
})

/** A file that went away since the search is not worth failing for. */
function textIfThere(path: string): string {
  try {
    return decodeText(readBytes(path))
  } catch {
    return ''
  }
}

/** The folders a name stands for: a service, a feature by folder name, by number or by full name. */
function foldersOf({ services, features }: Workspace, name: string): string[] {
  const wanted = name.replace(/\/+$/, '')
  const named = [
    ...services.map(({ name: service, path }) => ({ names: [service, path], path })),
    ...features.map(({ id, path, service }) => ({
      names: [id, path, featureName(service, id), id.split('-')[0]!],
      path,
    })),
  ]
  const found = named.filter(({ names }) => names.includes(wanted)).map(({ path }) => path)
  if (found.length > 0) return found
  throw new CliError(
    'unknown-feature',
    `There is no feature or service "${name}".`,
    didYouMean(
      wanted,
      named.flatMap(({ names }) => names),
    ) ?? `Known: ${named.map(({ names }) => names[0]).join(', ')}.`,
  )
}

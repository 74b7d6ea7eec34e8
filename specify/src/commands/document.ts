import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { tokenCounter } from '../context/count-tokens.ts'
import { loadContracts } from '../contracts/load-contracts.ts'
import { gatherFacts } from '../document/gather-facts.ts'
import {
  joinSections,
  keysOf,
  mergeSections,
  type Section,
  type Written,
} from '../document/merge-sections.ts'
import { aiDoc, quickRef } from '../document/render-documents.ts'
import { readFeature } from '../rules/read-documents.ts'
import { featureName } from '../workspace/feature-name.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import { isOwn, mustBeOwn } from '../workspace/members.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

/** Remembers what was written, so that an edit by hand is told from an old text. To be committed. */
const STATE_FILE = '.specify/documents.json'

type State = Readonly<Record<string, Written>>
type Outcome = 'created' | 'updated' | 'unchanged' | 'kept'

export const document = command({
  name: 'document',
  summary: 'Make quick-ref.md and ai-doc.md from spec, contracts and code',
  description: `quick-ref.md is at most 200 tokens; ai-doc.md says for every statement where it stands. Run again, only parts
that are out of date change; what you edited, added or deleted stays so. A document written by hand is left alone.`,
  args: '[feature]',
  options: {
    all: { type: 'boolean', summary: 'Document every feature of the workspace' },
    update: { type: 'boolean', summary: 'Only renew documents that are there, make no new ones' },
    'dry-run': { type: 'boolean', summary: 'Write nothing, say what would be' },
  },
  examples: [
    { run: 'specify document', does: 'Document the feature you are in' },
    { run: 'specify document order-service/001 --dry-run', does: 'Show what would change for one feature' },
    { run: 'specify document --all --update', does: 'Renew what is out of date everywhere' },
  ],

  async run({ args, options, cwd, env, signal }) {
    const { workspace, findings: opening } = await openWorkspace(cwd)
    const features = options.all
      ? workspace.features.filter(isOwn)
      : await chosen(workspace, args[0], cwd, env)
    for (const { path } of features) mustBeOwn(path)
    if (features.length === 0)
      throw new CliError('nothing-to-document', 'There is no feature here.', 'Run "specify document --all".')
    const count = await tokenCounter()
    const contracts = await loadContracts(workspace)
    const state = await readState(workspace.root)
    const findings: Finding[] = [...opening]
    const files: { file: string; outcome: Outcome; tokens: number; changed: readonly string[] }[] = []
    const written: Record<string, Written> = { ...state }

    for (const feature of features) {
      if (signal.aborted) break
      const { documents } = await readFeature(workspace.root, feature)
      if (documents.spec === undefined) continue
      const facts = gatherFacts(workspace, documents, contracts)
      await renew(`${feature.path}/quick-ref.md`, quickRef(facts, count, workspace.config.quickRefTokens))
      await renew(`${feature.path}/ai-doc.md`, aiDoc(facts))
    }
    if (!options['dry-run'] && JSON.stringify(written) !== JSON.stringify(state))
      await writeFileAtomic(join(workspace.root, STATE_FILE), `${JSON.stringify(sorted(written), null, 2)}\n`)

    const would = options['dry-run'] ? 'would be ' : ''
    return {
      data: { files, dryRun: options['dry-run'] },
      findings,
      text: () =>
        files
          .map(({ file, outcome, tokens, changed }) => {
            const parts = outcome === 'updated' ? `: ${changed.join(', ')}` : ''
            const made = outcome === 'created' || outcome === 'updated' ? would : ''
            return `${file} (${tokens} tokens) ${made}${outcome}${parts}`
          })
          .join('\n'),
    }

    async function renew(file: string, fresh: readonly Section[]): Promise<void> {
      const path = join(workspace.root, file)
      const seen = pathFrom(cwd, workspace.root, file)
      if (!existsSync(path)) {
        if (options.update) return
        const text = joinSections(fresh)
        if (!options['dry-run']) await writeFileAtomic(path, text)
        written[file] = keysOf(fresh)
        files.push({ file: seen, outcome: 'created', tokens: count(text), changed: [] })
        return
      }
      const existing = await readText(path)
      const known = state[file]
      if (known === undefined) {
        findings.push(handWritten(seen))
        files.push({ file: seen, outcome: 'kept', tokens: count(existing), changed: [] })
        return
      }
      const merged = mergeSections(existing, fresh, known)
      for (const heading of merged.edited) findings.push(edited(seen, heading))
      if (merged.changed.length > 0 && !options['dry-run']) await writeFileAtomic(path, merged.text)
      written[file] = merged.written
      files.push({
        file: seen,
        outcome: merged.changed.length > 0 ? 'updated' : 'unchanged',
        tokens: count(merged.text),
        changed: merged.changed,
      })
    }
  },
})

async function chosen(
  workspace: Workspace,
  name: string | undefined,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Feature[]> {
  if (name === undefined) return chooseFeatures(workspace, { cwd, path: undefined, env })
  const names = ({ id, path, service }: Feature) => [
    id,
    path,
    featureName(service, id),
    ...(service ?? '').split(' '),
  ]
  const found = workspace.features.filter((feature) => names(feature).includes(name.replace(/\/+$/, '')))
  if (found.length > 0) return found
  if (existsSync(join(cwd, name))) return chooseFeatures(workspace, { cwd, path: name, env })
  throw new CliError(
    'unknown-feature',
    `There is no feature "${name}".`,
    didYouMean(name, workspace.features.flatMap(names)) ??
      'Run "specify status" or name a folder below specs/.',
  )
}

async function readState(root: string): Promise<State> {
  const text = await readText(join(root, STATE_FILE)).catch(() => undefined)
  if (text === undefined) return {}
  try {
    return JSON.parse(text) as State // we wrote it; what is not ours in it names no file of ours
  } catch {
    throw new CliError(
      'bad-document-state',
      `${STATE_FILE} is not JSON.`,
      'Restore it from git, or delete it: then documents that are there count as written by hand.',
    )
  }
}

function sorted(state: State): State {
  return Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function handWritten(file: string): Finding {
  return {
    code: 'hand-written-document',
    severity: 'info',
    file,
    message: 'Written by hand, so it is left alone.',
    hint: 'Delete it to have it made from spec, contracts and code.',
  }
}

function edited(file: string, heading: string): Finding {
  return {
    code: 'edited-part',
    severity: 'info',
    file,
    message: `"${heading.replaceAll(/[#*]/g, '').trim()}" was edited and is kept, though spec or code now say something else.`,
    hint: 'Bring it up to date by hand, or delete the file to have it made anew.',
  }
}

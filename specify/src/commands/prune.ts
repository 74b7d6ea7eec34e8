import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { tokenCounter } from '../context/count-tokens.ts'
import { sessionSummary } from '../context/session-summary.ts'
import { readFeature } from '../rules/read-documents.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { decodeText, readBytes, readText } from '../workspace/read-text.ts'

export const prune = command({
  name: 'prune',
  summary: 'Write what the next session must know, and count what that saves',
  description: `Sums up one feature (decisions, what is done, next and open, where to read) in .speckit/memory/, so that an agent
starts from that and not from every document. The saving is counted with a tokenizer, not estimated.`,
  args: '[feature folder]',
  options: {
    note: {
      type: 'string',
      multiple: true,
      placeholder: 'text',
      summary: 'Something to remember, in your words',
    },
    'dry-run': { type: 'boolean', summary: 'Print the summary, write nothing' },
  },
  examples: [
    { run: 'specify prune', does: 'Sum up the current feature' },
    {
      run: 'specify prune specs/001-log-in --note "tokens live 15 minutes"',
      does: 'Sum up one feature with a note',
    },
  ],

  async run({ args, options, cwd, env }) {
    const { workspace, findings } = await openWorkspace(cwd, args[0])
    const features = await chooseFeatures(workspace, { cwd, path: args[0], env })
    const [feature] = features
    if (feature === undefined || features.length > 1)
      throw new CliError(
        'which-feature',
        feature === undefined ? 'There is no feature here.' : `There are ${features.length} features here.`,
        feature === undefined
          ? undefined
          : `Name one: specify prune ${pathFrom(cwd, workspace.root, feature.path)}`,
      )
    const { documents, findings: unreadable } = await readFeature(workspace.root, feature)
    const researchFile = `${feature.path}/research.md`
    const research = existsSync(join(workspace.root, researchFile))
      ? await readText(join(workspace.root, researchFile))
      : undefined
    const day = new Date().toISOString().slice(0, 10)
    const text = sessionSummary({ documents, research, day, notes: options.note })

    const count = await tokenCounter()
    const read = [...Object.values(feature.files), ...(research === undefined ? [] : [researchFile])]
    const before = read.reduce(
      (sum, file) => sum + count(decodeText(readBytes(join(workspace.root, file)))),
      0,
    )
    const after = count(text)
    const file = `.speckit/memory/session-summary-${day}.md`
    if (!options['dry-run']) await writeFileAtomic(join(workspace.root, file), text)
    const seen = pathFrom(cwd, workspace.root, file)
    return {
      data: {
        file: seen,
        dryRun: options['dry-run'],
        before,
        after,
        saved: Math.max(0, before - after),
        summary: text,
      },
      findings: [...findings, ...unreadable],
      text: () =>
        [
          ...(options['dry-run'] ? [text] : [`Wrote ${seen}.`]),
          `${read.length} documents: ${grouped(before)} tokens; summary: ${grouped(after)} tokens (o200k_base)${
            before > after ? `, ${grouped(before - after)} saved` : ''
          }`,
        ].join('\n'),
    }
  },
})

function grouped(n: number): string {
  return n.toLocaleString('en-US')
}

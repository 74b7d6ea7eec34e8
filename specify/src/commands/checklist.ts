import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { checklistTable, readChecklists, tickLines, type Checklist } from '../verbs/checklists.ts'
import { findTemplate } from '../verbs/find-template.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { writeTextAlike } from '../verbs/write-text-alike.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

export const checklist = command({
  name: 'checklist',
  summary: 'Count the checklists of a feature, start one, or tick items',
  description: `Without a name: the table of all, exit code 1 while an item is open. With a name checklists/<name>.md is made
from the template unless it is there. --tick changes the box and no other character.`,
  args: '[name]',
  options: {
    feature: featureOption,
    tick: {
      type: 'string',
      multiple: true,
      placeholder: 'id',
      summary: 'Tick this item (CHK003) of the named list',
    },
    'dry-run': { type: 'boolean', summary: 'Show what would happen, write nothing' },
  },
  examples: [
    { run: 'specify checklist', does: 'Show which checklists are done' },
    { run: 'specify checklist security', does: 'Start checklists/security.md' },
    { run: 'specify checklist security --tick CHK001 --tick CHK002', does: 'Tick two items' },
  ],

  async run({ args, options, cwd, env }) {
    const [name] = args
    if (name !== undefined && !/^[\w-]+$/.test(name))
      throw new CliError(
        'bad-name',
        `"${name}" cannot name a checklist.`,
        'Letters, digits and hyphens: security.',
      )
    const ids = options.tick.flatMap((value) => value.split(',')).map((id) => id.trim().toUpperCase())
    if (ids.length > 0 && name === undefined)
      throw new CliError(
        'missing-name',
        'Name the checklist the items belong to.',
        `specify checklist requirements --tick ${ids[0]}`,
      )
    const { workspace, feature, findings } = await openFeature({
      cwd,
      env,
      typed: options.feature,
      toWrite: args.length > 0,
    })
    const folder = join(workspace.root, feature.path)
    const done: string[] = []
    if (name !== undefined) {
      const path = join(folder, 'checklists', `${name}.md`)
      const file = pathFrom(cwd, workspace.root, `${feature.path}/checklists/${name}.md`)
      if (!existsSync(path)) {
        if (ids.length > 0)
          throw new CliError('unknown-checklist', `There is no ${file}.`, `specify checklist ${name}`)
        const { content } = await findTemplate(workspace.root, 'checklist')
        const text = content
          .replaceAll('[CHECKLIST TYPE]', () => name)
          .replaceAll('[###-feature-name]', () => feature.id)
        if (!options['dry-run']) await writeFileAtomic(path, text)
        done.push(`${options['dry-run'] ? 'Would create' : 'Created'} ${file}`)
      } else if (ids.length > 0) {
        const text = await readText(path)
        const after = tickLines(
          text,
          linesOf(
            ids,
            (await readChecklists(folder)).find((one) => one.name === name)!,
          ),
        )
        if (after !== text && !options['dry-run']) await writeTextAlike(path, after)
        done.push(`${options['dry-run'] ? 'Would tick' : 'Ticked'} ${ids.join(', ')} in ${file}`)
      }
    }
    const checklists = await readChecklists(folder)
    return {
      data: {
        checklists: checklists.map(({ name: list, items }) => ({
          name: list,
          total: items.length,
          checked: items.filter(({ isChecked }) => isChecked).length,
          open: items.filter(({ isChecked }) => !isChecked),
        })),
        dryRun: options['dry-run'],
      },
      // Whoever works on a list knows that it is not done; whoever asks about all wants the gate.
      findings: [
        ...findings,
        ...(name === undefined
          ? openItems(feature.path, checklists).map((one) => seenFrom(cwd, workspace.root, one))
          : []),
      ],
      text: () =>
        [...done, checklists.length === 0 ? 'No checklists.' : checklistTable(checklists)].join('\n'),
    }
  },
})

/** One finding for each list with an open item, at the first. */
export function openItems(featurePath: string, checklists: readonly Checklist[]): Finding[] {
  return checklists.flatMap(({ name, items }) => {
    const open = items.filter(({ isChecked }) => !isChecked)
    if (open.length === 0) return []
    return [
      {
        code: 'open-checklist',
        severity: 'error' as const,
        file: `${featurePath}/checklists/${name}.md`,
        line: open[0]!.line,
        message: `${open.length} of ${items.length} items of checklist "${name}" are open.`,
        hint: 'Decide each and tick it, or go on knowingly with "specify implement --force".',
      },
    ]
  })
}

function linesOf(ids: readonly string[], { name, items }: Checklist): Set<number> {
  return new Set(
    ids.map((id) => {
      const item = items.find((one) => one.id === id)
      if (item === undefined) throw new CliError('unknown-item', `Checklist "${name}" has no item ${id}.`)
      return item.line
    }),
  )
}

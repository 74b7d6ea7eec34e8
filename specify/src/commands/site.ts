import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { compareWith } from '../portal/compare-with.ts'
import { openGatherer } from '../portal/gather.ts'
import { readLastRun } from '../portal/last-run.ts'
import { siteOf } from '../portal/site.ts'
import { writeSite } from '../portal/write-site.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'

export const site = command({
  name: 'site',
  summary: 'Write the portal as a folder of pages that work without a server',
  description: `The pages of "specify serve" as files: open index.html, or put the folder on any web server. Links are relative, search
runs in the browser, nothing is loaded from elsewhere. Written again, pages that are gone are removed; files of others
are left alone.`,
  options: {
    out: { type: 'string', short: 'o', placeholder: 'folder', file: true, summary: 'Where the pages go' },
    'compare-with': {
      type: 'string',
      placeholder: 'revision',
      summary: 'Show what changed in the contracts since this git revision',
    },
    'dry-run': { type: 'boolean', summary: 'Write nothing, say how much it would be' },
  },
  examples: [
    { run: 'specify site -o public', does: 'Write the portal into the folder public' },
    { run: 'specify site -o public --compare-with origin/main', does: 'With what the branch would break' },
  ],

  async run({ options, cwd, signal, progress }) {
    const { out } = options
    if (out === undefined)
      throw new CliError('missing-folder', 'Say where the pages go.', 'specify site -o public')
    const folder = resolve(cwd, out)
    const { workspace, findings } = await openWorkspace(cwd)
    if (folder === workspace.root)
      throw new CliError(
        'folder-is-workspace',
        `${out} is the workspace itself.`,
        'Name a folder for the pages, such as public.',
      )
    if (
      existsSync(folder) &&
      !existsSync(join(folder, '.specify-site.json')) &&
      readdirSync(folder).length > 0
    )
      throw new CliError(
        'folder-not-empty',
        `${out} has files that are no site of ours.`,
        'Name an empty folder or a new one.',
      )
    const portal = await openGatherer(workspace.root, signal).gather(readLastRun(workspace.root))
    const revision = options['compare-with']
    const comparison = revision === undefined ? undefined : await compareWith(portal, revision)
    if (comparison?.outcome === 'refused')
      throw new CliError(
        'not-compared',
        comparison.message,
        'Name a branch, tag or commit of this repository.',
      )

    if (options['dry-run']) {
      const files = siteOf(portal).paths.length
      return { data: { folder: out, files }, findings, text: () => `Would write ${files} files to ${out}.` }
    }
    const task = progress.start('site', siteOf(portal).paths.length, 'files')
    const done = await writeSite(portal, folder, { comparison, signal, onFile: (n) => task.update(n) })
    task.finish()
    return {
      data: { folder: out, ...done },
      findings,
      text: () =>
        `${done.files} files, ${(done.bytes / 1_000_000).toFixed(1)} MB, in ${out}: ${done.written} written, ${done.removed} removed. Open ${join(out, 'index.html')}.`,
    }
  },
})

import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { checkDocument } from '../rules/check.ts'
import { parseMarkdown } from '../spec/markdown.ts'
import { parsePrinciples } from '../spec/parse-constitution.ts'
import { constitutionVersion, raiseVersion, type Step } from '../verbs/constitution-version.ts'
import { findTemplate } from '../verbs/find-template.ts'
import { openProject } from '../verbs/open-feature.ts'
import { writeTextAlike } from '../verbs/write-text-alike.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

export const constitution = command({
  name: 'constitution',
  summary: 'Show the principles of the project and what is unfilled; start the file or raise its version',
  description: `Makes .specify/memory/constitution.md from the template when the project has none. While places of the template are
unfilled, each is a finding and the exit code is 1. --bump sets version and date:
major when a principle goes or turns round, minor when one is added, patch for wording.`,
  options: {
    bump: {
      type: 'string',
      placeholder: 'step',
      choices: ['major', 'minor', 'patch'],
      summary: 'Raise the version, amended today',
    },
    'dry-run': { type: 'boolean', summary: 'Show what would change, write nothing' },
  },
  examples: [
    { run: 'specify constitution --json', does: 'Path, version and principles, for an agent' },
    { run: 'specify constitution --bump minor', does: 'Record that a principle was added' },
  ],

  async run({ options, cwd, env }) {
    const { workspace, findings } = await openProject({ cwd, env })
    const { root } = workspace
    const file = workspace.constitution ?? '.specify/memory/constitution.md'
    const isNew = workspace.constitution === undefined
    const before = isNew
      ? (await findTemplate(root, 'constitution')).content
      : await readText(join(root, file))
    if (options.bump !== undefined && constitutionVersion(before) === undefined)
      throw new CliError(
        'no-version',
        `${file} has no version.`,
        'End it with "**Version**: 1.0.0 | **Ratified**: … | **Last Amended**: …".',
      )
    const day = new Date().toISOString().slice(0, 10)
    const text = options.bump === undefined ? before : raiseVersion(before, options.bump as Step, day)
    if ((isNew || text !== before) && !options['dry-run']) await writeTextAlike(join(root, file), text)
    const markdown = parseMarkdown(text, file)
    const principles = parsePrinciples(markdown)
    const version = constitutionVersion(text)
    const open = checkDocument({ kind: 'constitution', markdown, principles })
    const unfilled = open.filter(({ code }) => code === 'placeholder').length
    const next =
      unfilled > 0
        ? `Fill the ${unfilled} places below; a first version is 1.0.0.`
        : version === undefined
          ? 'End it with "**Version**: 1.0.0 | **Ratified**: … | **Last Amended**: …".'
          : undefined
    return {
      data: {
        CONSTITUTION: join(root, file),
        version: version ?? null,
        principles,
        unfilled,
        next: next ?? null,
        isNew,
        dryRun: options['dry-run'],
      },
      findings: [...findings, ...open.map((one) => seenFrom(cwd, root, one))],
      text: () =>
        [
          `${isNew ? (options['dry-run'] ? 'Would create ' : 'Created ') : ''}${pathFrom(cwd, root, file)}${version === undefined ? '' : `, version ${version}`}`,
          ...principles.map(({ title }) => `  ${title}`),
          ...(next === undefined ? [] : [next]),
        ].join('\n'),
    }
  },
})

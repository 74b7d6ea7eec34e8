import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { findClarifications } from '../spec/find-clarifications.ts'
import { parseMarkdown } from '../spec/markdown.ts'
import type { Clarification } from '../spec/model.ts'
import { missingSteps } from '../verbs/gate.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { recordAnswer } from '../verbs/record-answer.ts'
import { writeTextAlike } from '../verbs/write-text-alike.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

export const clarify = command({
  name: 'clarify',
  summary: 'List the open questions of a spec, or record the answer to one',
  description: `An answer goes below "## Clarifications", "### Session <today>" as "- Q: … → A: …". With --replace the marker
[NEEDS CLARIFICATION: …] of that question gives way to the text that was decided.`,
  options: {
    feature: featureOption,
    question: { type: 'string', placeholder: 'text', summary: 'The question that was answered' },
    answer: { type: 'string', placeholder: 'text', summary: 'The answer to it' },
    replace: {
      type: 'string',
      placeholder: 'text',
      summary: "What stands in the marker's place from now on",
    },
    'dry-run': { type: 'boolean', summary: 'Show what would be recorded, write nothing' },
  },
  examples: [
    { run: 'specify clarify', does: 'List open questions with their lines' },
    {
      run: 'specify clarify --question "how long?" --answer "15 minutes" --replace "15 minutes"',
      does: 'Record an answer and put it in its place',
    },
  ],

  async run({ options, cwd, env }) {
    const { question, answer, replace } = options
    if ((question === undefined) !== (answer === undefined))
      throw new CliError('half-an-answer', '--question and --answer go together.')
    if (question?.trim() === '' || answer?.trim() === '' || (replace !== undefined && question === undefined))
      throw new CliError('half-an-answer', 'Say the question, and its answer.')
    const { workspace, feature, findings } = await openFeature({
      cwd,
      env,
      typed: options.feature,
      toWrite: question !== undefined,
    })
    const missing = missingSteps(workspace, feature, ['spec'])
    if (missing.length > 0)
      return {
        data: { file: undefined, open: [], answered: [] },
        findings: [...findings, ...missing.map((one) => seenFrom(cwd, workspace.root, one))],
        text: () => 'There is no spec to clarify.',
      }
    const path = join(workspace.root, feature.path, 'spec.md')
    const before = await readText(path)
    const day = new Date().toISOString().slice(0, 10)
    const after =
      question === undefined || answer === undefined
        ? before
        : recordAnswer(before, { question, answer, day, replacement: replace })
    if (after !== before && !options['dry-run']) await writeTextAlike(path, after)
    const all = findClarifications(parseMarkdown(after, 'spec.md'))
    const open = all.filter((one) => one.answer === undefined)
    const file = pathFrom(cwd, workspace.root, `${feature.path}/spec.md`)
    return {
      data: {
        file,
        open: open.map(({ question: text, line }) => ({ question: text, line })),
        answered: all.filter((one) => one.answer !== undefined),
        ...(question !== undefined && { recorded: after !== before, dryRun: options['dry-run'] }),
      },
      findings,
      text: () =>
        [
          ...(question === undefined
            ? []
            : [
                after === before
                  ? 'Recorded already.'
                  : options['dry-run']
                    ? 'Would record it.'
                    : `Recorded in ${file}.`,
              ]),
          ...(open.length === 0
            ? ['No open question.']
            : [`${open.length} open:`, ...open.map((one) => `  ${file}:${one.line}: ${one.question}`)]),
          ...history(all),
        ].join('\n'),
    }
  },
})

/** What was asked before, so that nobody asks it again: a line for each session. */
function history(all: readonly Clarification[]): string[] {
  const answered = all.filter(({ answer }) => answer !== undefined)
  return [...Map.groupBy(answered, ({ session }) => session ?? 'no session named')].map(
    ([session, own]) => `Answered, ${session}: ${own.map(({ question }) => question).join(' · ')}`,
  )
}

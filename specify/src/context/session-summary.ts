import { posix } from 'node:path'
import type { FeatureDocuments } from '../rules/rule.ts'
import type { Task } from '../spec/model.ts'
import { featureName } from '../workspace/feature-name.ts'

export type SummaryInput = {
  readonly documents: FeatureDocuments
  /** The text of research.md, where decisions are written down. */
  readonly research: string | undefined
  /** `2026-08-01`. */
  readonly day: string
  /** What somebody wants to be remembered, in their words. */
  readonly notes: readonly string[]
}

/** What the next session must know of a feature: decisions, what is done, what is next, what is open, where to look. */
export function sessionSummary({ documents, research, day, notes }: SummaryInput): string {
  const { feature, spec, plan, tasks } = documents
  const all = tasks?.tasks ?? []
  const open = all.filter(({ isDone }) => !isDone)
  const clarifications = spec?.spec.clarifications ?? []
  const sections: [string, string[]][] = [
    [
      'Decisions',
      [
        ...(plan?.fields ?? [])
          .filter(({ value }) => value !== '')
          .map(({ name, value }) => `- ${name}: ${clip(value)}`),
        ...clarifications
          .filter(({ answer }) => answer !== undefined)
          .map(({ question, answer }) => `- ${clip(question)} → ${clip(answer!)}`),
        ...decisionsOf(research ?? ''),
      ],
    ],
    ['Done', all.length === 0 ? [] : [`${all.length - open.length} of ${all.length} tasks${lastDone(all)}`]],
    [
      'Next',
      open.slice(0, NEXT).map((task) => `- ${task.id ?? 'task'} ${clip(task.text)} (tasks.md:${task.line})`),
    ],
    [
      'Open questions',
      clarifications
        .filter(({ answer }) => answer === undefined)
        .map(({ question, line }) => `- ${clip(question)} (${posix.basename(spec!.markdown.file)}:${line})`),
    ],
    ['Notes', notes.map((note) => `- ${note}`)],
    ['Read', Object.values(feature.files).map((file) => `- ${file}`)],
  ]
  return [
    `# Session summary ${day}: ${featureName(feature.service, feature.id)} ${spec?.spec.title ?? feature.id}`,
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}`),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

/** More would be the task list again. */
const NEXT = 5

function lastDone(tasks: readonly Task[]): string {
  const last = tasks.findLast(({ isDone }) => isDone)
  return last === undefined ? '' : `, last ${last.id ?? ''} ${clip(last.text)}`
}

/** `**Decision**: …` and `- Decision: …` of research.md. */
function decisionsOf(research: string): string[] {
  return [...research.matchAll(/^\s*(?:[-*]\s+)?\**Decision\**\s*[::]\**\s*(.+)$/gim)].map(
    ([, text]) => `- ${clip(text!)}`,
  )
}

function clip(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  return plain.length <= 140 ? plain : `${plain.slice(0, 139)}…`
}

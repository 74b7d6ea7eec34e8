import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { featureName } from '../workspace/feature-name.ts'
import { featureOption } from '../verbs/open-feature.ts'
import { readText } from '../workspace/read-text.ts'

export const taskstoissues = command({
  name: 'taskstoissues',
  summary: 'Print the open tasks as issues for a tracker, leaving out those it has',
  description: `Opens no connection: the list is for a tool that does. --existing takes a JSON array of issues with titles, such as
"gh issue list --state all --limit 1000 --json title" prints it; a task whose id stands in one of them is left out.`,
  options: {
    feature: featureOption,
    existing: { type: 'string', placeholder: 'file', file: true, summary: 'Issues the tracker has, as JSON' },
  },
  examples: [
    { run: 'specify taskstoissues --existing issues.json --json', does: 'What is still to be opened' },
  ],

  async run({ options, cwd, env }) {
    const { feature, graph } = await openTasks({ cwd, env, typed: options.feature })
    const known =
      options.existing === undefined
        ? new Set<string>()
        : await knownTasks(resolve(cwd, options.existing), options.existing)
    const open = graph.tasks.filter(({ isDone, id }) => !isDone && id !== undefined)
    const issues = open
      .filter(({ key }) => !known.has(key))
      .map(({ key, text, phase, needs, requirements, stories, paths, line }) => ({
        title: `${key}: ${text.replaceAll(/\[(?:P|US\d+[a-z]?)\]\s*/g, '')}`,
        body: [
          `Task ${key} of ${featureName(feature.service, feature.id)} (${feature.path}/tasks.md:${line}), ${phase}.`,
          ...(stories.length > 0 ? [`Stories: ${stories.join(', ')}`] : []),
          ...(requirements.length > 0 ? [`Requirements: ${requirements.join(', ')}`] : []),
          ...(paths.length > 0 ? [`Files: ${paths.join(', ')}`] : []),
          ...openNeeds(needs, open),
        ].join('\n'),
        labels: stories,
      }))
    return {
      data: { feature: feature.path, issues, skipped: open.length - issues.length },
      findings: [],
      text: () =>
        issues.length === 0 ? 'Every open task has its issue.' : issues.map(({ title }) => title).join('\n'),
    }
  },
})

function openNeeds(needs: readonly string[], open: readonly { readonly key: string }[]): string[] {
  const waiting = open.filter(({ key }) => needs.includes(key)).map(({ key }) => key)
  return waiting.length === 0 ? [] : [`Waits for: ${waiting.join(', ')}`]
}

async function knownTasks(path: string, typed: string): Promise<Set<string>> {
  try {
    const issues: unknown = JSON.parse(await readText(path))
    if (!Array.isArray(issues)) throw new TypeError('it is no list')
    const titles = issues.map((issue: unknown) =>
      String((issue as { title?: unknown } | null)?.title ?? issue),
    )
    return new Set(
      titles.flatMap((title) => title.match(/\b(?:T\d{3,}[A-Za-z]?|Task \d+(?:\.\d+)*)\b/g) ?? []),
    )
  } catch (error) {
    throw new CliError(
      'bad-issues',
      `${typed} is no JSON list of issues: ${error instanceof Error ? error.message : String(error)}.`,
      'gh issue list --state all --limit 1000 --json title > issues.json',
    )
  }
}

import { command } from '@specwright/cli/command.ts'
import { recover } from '../tasks/finish-task.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { readProgress } from '../tasks/progress.ts'
import { readyTasks } from '../tasks/task-graph.ts'
import { featureOption } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'

export const resume = command({
  name: 'resume',
  summary: 'Pick up where work on a feature stopped, whatever stopped it',
  description: `Finishes what a killed "specify done" had begun, then shows what was done last and what comes next.`,
  options: {
    feature: featureOption,
    'dry-run': { type: 'boolean', summary: 'Show it, finish nothing' },
  },
  examples: [{ run: 'specify resume', does: 'Show the last and the next task of the current feature' }],

  async run({ options, cwd, env }) {
    const asked = { cwd, env, typed: options.feature }
    const first = await openTasks(asked)
    const { pending } = await readProgress(first.workspace, first.feature)
    if (!options['dry-run']) await recover(first.workspace, first.feature)
    const { workspace, feature, graph, findings } = await openTasks(asked)
    const { done } = await readProgress(workspace, feature)
    const ready = readyTasks(graph)
    const ticked = graph.tasks.filter(({ isDone }) => isDone)
    const unproven = ticked.filter(({ key }) => !done.some(({ task }) => task === key)).map(({ key }) => key)
    const last = done.at(-1)
    return {
      data: {
        feature: feature.path,
        total: graph.tasks.length,
        completed: ticked.length,
        recovered: pending?.task ?? null,
        last: last ?? null,
        next: ready.map(({ key, text }) => ({ task: key, text })),
        withoutEvidence: unproven,
      },
      findings: findings.map((finding) => seenFrom(cwd, workspace.root, finding)),
      text: () =>
        [
          `${pathFrom(cwd, workspace.root, feature.path)}: ${ticked.length} of ${graph.tasks.length} tasks done`,
          ...(pending === undefined
            ? []
            : [`${options['dry-run'] ? 'Would finish' : 'Finished'} what was interrupted: ${pending.task}`]),
          ...(last === undefined ? [] : [`Last: ${last.task} (${last.evidence.join(', ')})`]),
          ...(unproven.length === 0 ? [] : [`Ticked by hand, without evidence: ${unproven.join(', ')}`]),
          ready.length === 0 ? 'Nothing is ready.' : `Next: ${ready[0]!.key}  ${ready[0]!.text}`,
        ].join('\n'),
    }
  },
})

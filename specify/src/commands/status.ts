import { command } from '@specwright/cli/command.ts'
import { featureOption } from '../verbs/open-feature.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { besideEachOther, readyTasks } from '../tasks/task-graph.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'

export const status = command({
  name: 'status',
  summary: 'Show how far a feature is: phases, what is ready, what can go on side by side',
  description: `Reads tasks.md. Exit code 1 when tasks wait for each other in a ring or for a task that is not there.`,
  options: { feature: featureOption },
  examples: [
    { run: 'specify status', does: 'Show the phases of the current feature and what is ready' },
    { run: 'specify status --feature 002 --json', does: 'The same for another feature, for a program' },
  ],

  async run({ options, cwd, env }) {
    const { workspace, feature, graph, findings } = await openTasks({ cwd, env, typed: options.feature })
    const phases = graph.phases
      .map((title) => {
        const own = graph.tasks.filter(({ phase }) => phase === title)
        return { title, done: own.filter(({ isDone }) => isDone).length, total: own.length }
      })
      .filter(({ total }) => total > 0)
    const ready = readyTasks(graph)
    const beside = besideEachOther(ready)
    const done = graph.tasks.filter(({ isDone }) => isDone).length
    return {
      data: {
        feature: feature.path,
        done,
        total: graph.tasks.length,
        phases,
        ready: ready.map(({ key, text, line, paths }) => ({ task: key, text, line, paths })),
        sideBySide: beside.map(({ key }) => key),
        blocked: graph.tasks.length - done - ready.length,
      },
      findings: findings.map((finding) => seenFrom(cwd, workspace.root, finding)),
      text: () =>
        [
          `${pathFrom(cwd, workspace.root, feature.path)}: ${done} of ${graph.tasks.length} tasks done`,
          ...phases.map(
            (phase) =>
              `  ${phase.done === phase.total ? '✅' : '○ '} ${phase.done}/${phase.total}  ${phase.title}`,
          ),
          ...(ready.length === 0 ? [] : ['Ready:', ...ready.map(({ key, text }) => `  ${key}  ${text}`)]),
          ...(beside.length > 1
            ? [`Side by side without touching the same file: ${beside.map(({ key }) => key).join(', ')}`]
            : []),
        ].join('\n'),
    }
  },
})

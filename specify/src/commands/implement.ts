import { join } from 'node:path'
import { command } from '@specwright/cli/command.ts'
import { readyTasks, taskGraph } from '../tasks/task-graph.ts'
import { checklistTable, readChecklists } from '../verbs/checklists.ts'
import { availableDocs, featurePaths } from '../verbs/feature-paths.ts'
import { gate } from '../verbs/gate.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { openItems } from './checklist.ts'

export const implement = command({
  name: 'implement',
  summary: 'Check that building may begin, and give the order of the tasks',
  description: `Errors in spec, plan or tasks and open items of checklists give exit code 1; --force goes on. Writes nothing: work
goes on with "specify next" and "specify done".`,
  options: {
    feature: featureOption,
    force: { type: 'boolean', summary: 'Go on despite errors and open checklists' },
  },
  examples: [
    { run: 'specify implement --json', does: 'The gate, the documents and the order, for an agent' },
  ],

  async run({ options, cwd, env }) {
    const { workspace, feature, findings } = await openFeature({ cwd, env, typed: options.feature })
    const gated = await gate(workspace, feature, ['spec', 'plan', 'tasks'])
    const { FEATURE_DIR } = featurePaths(workspace, feature)
    const checklists = await readChecklists(join(workspace.root, feature.path))
    const { graph, findings: problems } =
      gated.documents.tasks === undefined
        ? { graph: { tasks: [], phases: [] }, findings: [] }
        : taskGraph(gated.documents.tasks)
    const open = graph.tasks.filter(({ isDone }) => !isDone)
    const all = [...gated.findings, ...problems, ...openItems(feature.path, checklists)]
    const stops = all.some(
      ({ severity, code }) => severity === 'error' && (!options.force || code === 'missing-step'),
    )
    return {
      data: {
        FEATURE_DIR,
        AVAILABLE_DOCS: availableDocs(FEATURE_DIR, { withTasks: true }),
        checklists: checklists.map(({ name, items }) => ({
          name,
          total: items.length,
          checked: items.filter(({ isChecked }) => isChecked).length,
        })),
        done: graph.tasks.length - open.length,
        order: open.map(({ key, phase, isParallel, paths }) => ({
          task: key,
          phase,
          parallel: isParallel,
          paths,
        })),
        next: readyTasks(graph)[0]?.key ?? null,
      },
      findings: [...findings, ...all.map((finding) => seenFrom(cwd, workspace.root, finding))],
      exitCode: stops ? 1 : 0,
      text: () =>
        [
          ...(checklists.length === 0 ? [] : [checklistTable(checklists), '']),
          ...(stops
            ? ['Not ready to build.']
            : [
                `${open.length} tasks to do: ${open
                  .slice(0, 12)
                  .map(({ key }) => key)
                  .join(', ')}${open.length > 12 ? ', …' : ''}`,
                'Next: specify next',
              ]),
        ].join('\n'),
    }
  },
})

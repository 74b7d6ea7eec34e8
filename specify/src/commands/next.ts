import { wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { contextOf, packed, render, type Section } from '../tasks/context-pack.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { besideEachOther, readyTasks } from '../tasks/task-graph.ts'
import { featureOption } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'

export const next = command({
  name: 'next',
  summary: 'Show the next task with all an agent must read for it, and no more',
  description: `The task, its requirements and scenarios, the operations it touches, the files it names, quick references of
neighbours: in this order until the budget is spent, counted with the o200k tokenizer. What did not fit is listed.`,
  options: {
    feature: featureOption,
    brief: {
      type: 'boolean',
      summary:
        'Name the scenarios, files and the rest by their places only: for whoever wrote or read them already',
    },
    budget: { type: 'string', default: '8000', placeholder: 'tokens', summary: 'Most tokens to hand out' },
  },
  examples: [
    { run: 'specify next', does: 'Show the next task of the current feature' },
    { run: 'specify next --brief', does: 'Show it to somebody who still has the spec in mind' },
    { run: 'specify next --budget 2000 --json', does: 'The same for a small window' },
  ],

  async run({ options, cwd, env }) {
    const budget = wholeNumber(options.budget, '--budget', { min: 1 })
    const { workspace, feature, documents, graph, findings } = await openTasks({
      cwd,
      env,
      typed: options.feature,
    })
    const seen = findings.map((finding) => seenFrom(cwd, workspace.root, finding))
    const ready = readyTasks(graph)
    const [task] = ready
    if (task === undefined) {
      const open = graph.tasks.filter(({ isDone }) => !isDone).length
      return {
        data: { task: null, open, sideBySide: [], pack: null },
        findings: seen,
        text: () =>
          open === 0
            ? 'All tasks are done. Next: "specify converge"'
            : `${open} tasks are open, none is ready.`,
      }
    }
    const { encode } = await import('gpt-tokenizer/encoding/o200k_base')
    const whole = await contextOf(workspace, { feature, task, spec: documents.spec })
    const sections = options.brief ? whole.map(placeOnly) : whole
    const pack = packed(sections, budget, (text) => encode(text).length)
    const beside = besideEachOther(ready).map(({ key }) => key)
    return {
      data: { task: task.key, feature: feature.path, line: task.line, sideBySide: beside, budget, pack },
      findings: seen,
      text: () =>
        [
          ...pack.sections.map(render),
          `${pack.tokens} of ${budget} tokens${pack.leftOut.length === 0 ? '' : `; left out: ${pack.leftOut.map((one) => `${one.file}:${one.line} (${one.tokens})`).join(', ')}`}`,
          ...(beside.length > 1 ? [`Side by side: ${beside.join(', ')}`] : []),
          `When it works: specify done ${task.key}`,
        ].join('\n'),
    }
  },
})

/** The task and its requirements keep their text: they are what is to be done. */
function placeOnly(section: Section): Section {
  return section.kind === 'task' || section.kind === 'requirement' ? section : { ...section, text: '' }
}

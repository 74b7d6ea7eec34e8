import { command } from '@specwright/cli/command.ts'
import { availableDocs, featurePaths } from '../verbs/feature-paths.ts'
import { findTemplate } from '../verbs/find-template.ts'
import { gate } from '../verbs/gate.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'

export const tasks = command({
  name: 'tasks',
  summary: 'What is needed to cut a plan into tasks: documents and the template; stops on errors',
  description: `Writes nothing: tasks.md is made from what spec and plan say. Errors in them give exit code 1.`,
  options: { feature: featureOption },
  examples: [{ run: 'specify tasks --json', does: 'Print folder, documents and template for an agent' }],

  async run({ options, cwd, env }) {
    const { workspace, feature, findings } = await openFeature({ cwd, env, typed: options.feature })
    const gated = await gate(workspace, feature, ['spec', 'plan'])
    const { FEATURE_DIR } = featurePaths(workspace, feature)
    const template = await findTemplate(workspace.root, 'tasks')
    const docs = availableDocs(FEATURE_DIR, { withTasks: false })
    return {
      data: {
        FEATURE_DIR,
        AVAILABLE_DOCS: docs,
        TASKS_TEMPLATE: template.path,
        TASKS_TEMPLATE_CONTENT: template.content,
      },
      findings: [...findings, ...gated.findings.map((finding) => seenFrom(cwd, workspace.root, finding))],
      text: () =>
        [
          gated.findings.length > 0
            ? 'Spec or plan is not ready to be cut into tasks.'
            : 'Ready to break the plan into tasks',
          `Feature:   ${pathFrom(cwd, workspace.root, feature.path)}`,
          `Documents: ${docs.join(', ') || 'only spec.md and plan.md'}`,
        ].join('\n'),
    }
  },
})

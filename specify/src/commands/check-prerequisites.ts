import { command } from '@specwright/cli/command.ts'
import { availableDocs, featurePaths } from '../verbs/feature-paths.ts'
import { findTemplate } from '../verbs/find-template.ts'
import { missingSteps } from '../verbs/gate.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'

export const checkPrerequisites = command({
  name: 'check-prerequisites',
  summary: 'Paths and documents of the current feature, under the names Spec Kit gives them',
  description: `Replaces Spec Kit's script of this name. Writes nothing. Exit code 1 when plan.md, or with --require-tasks
tasks.md, is not there yet.`,
  options: {
    feature: featureOption,
    'paths-only': { type: 'boolean', summary: 'Only the paths, whether or not the files are there' },
    'require-tasks': { type: 'boolean', summary: 'tasks.md must be there, too' },
    'include-tasks': { type: 'boolean', summary: 'List tasks.md among the documents' },
    template: { type: 'string', placeholder: 'name', summary: 'Print this template along with the rest' },
  },
  examples: [
    {
      run: 'specify check-prerequisites --json --paths-only',
      does: 'Print where the files of the feature are',
    },
    {
      run: 'specify check-prerequisites --json --require-tasks --include-tasks',
      does: 'What a verb after tasks needs',
    },
  ],

  async run({ options, cwd, env }) {
    const { workspace, feature, findings } = await openFeature({ cwd, env, typed: options.feature })
    const paths = featurePaths(workspace, feature)
    if (options['paths-only'])
      return {
        data: paths,
        findings,
        text: () =>
          Object.entries(paths)
            .map(([key, path]) => `${key}: ${path}`)
            .join('\n'),
      }
    const steps = options['require-tasks'] ? (['plan', 'tasks'] as const) : (['plan'] as const)
    const docs = availableDocs(paths.FEATURE_DIR, { withTasks: options['include-tasks'] })
    const template =
      options.template === undefined ? undefined : await findTemplate(workspace.root, options.template)
    return {
      data: {
        FEATURE_DIR: paths.FEATURE_DIR,
        AVAILABLE_DOCS: docs,
        ...(template !== undefined && { TEMPLATE_CONTENT: template.content }),
      },
      findings: [
        ...findings,
        ...missingSteps(workspace, feature, steps).map((one) => seenFrom(cwd, workspace.root, one)),
      ],
      text: () => [`FEATURE_DIR: ${paths.FEATURE_DIR}`, ...docs.map((name) => `  ✓ ${name}`)].join('\n'),
    }
  },
})

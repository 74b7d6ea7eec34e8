import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '@specwright/cli/command.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { featurePaths } from '../verbs/feature-paths.ts'
import { findTemplate } from '../verbs/find-template.ts'
import { gate } from '../verbs/gate.ts'
import { featureOption, openFeature } from '../verbs/open-feature.ts'
import { seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'

export const plan = command({
  name: 'plan',
  summary: 'Start the plan of a feature: check the spec, put plan.md from the template beside it',
  description: `Errors in spec.md stop it with exit code 1, --force goes on. A plan.md that is there is never overwritten.`,
  options: {
    feature: featureOption,
    force: { type: 'boolean', summary: 'Go on although the spec has errors' },
    'dry-run': { type: 'boolean', summary: 'Check and show the paths, write nothing' },
  },
  examples: [
    { run: 'specify plan', does: 'Put plan.md beside the current spec' },
    {
      run: 'specify plan --feature 002 --json',
      does: 'The same for another feature, with paths for an agent',
    },
  ],

  async run({ options, cwd, env }) {
    const { workspace, feature, findings } = await openFeature({
      cwd,
      env,
      typed: options.feature,
      toWrite: !options['dry-run'],
    })
    const { root } = workspace
    const gated = await gate(workspace, feature, ['spec'])
    const stops =
      gated.findings.some(({ code }) => code === 'missing-step') ||
      (gated.findings.length > 0 && !options.force)
    const { FEATURE_SPEC, IMPL_PLAN, FEATURE_DIR, BRANCH } = featurePaths(workspace, feature)
    const isNew = !existsSync(IMPL_PLAN)
    if (!stops && isNew && !options['dry-run']) {
      const { content } = await findTemplate(root, 'plan')
      await writeFileAtomic(
        IMPL_PLAN,
        content
          .replaceAll('[###-feature-name]', () => feature.id)
          .replaceAll('[DATE]', () => new Date().toISOString().slice(0, 10)),
      )
    }
    return {
      data: { FEATURE_SPEC, IMPL_PLAN, SPECS_DIR: FEATURE_DIR, BRANCH },
      findings: [...findings, ...gated.findings.map((finding) => seenFrom(cwd, root, finding))],
      ...(stops ? { exitCode: 1 as const } : { exitCode: 0 as const }),
      text: () => {
        const path = pathFrom(cwd, root, join(feature.path, 'plan.md'))
        if (stops) return 'The spec is not ready for planning.'
        if (!isNew) return `${path} is there already and was kept.`
        return options['dry-run']
          ? `Would create ${path}`
          : `Created ${path}\nNext: fill it in, then "specify validate --plan"`
      },
    }
  },
})

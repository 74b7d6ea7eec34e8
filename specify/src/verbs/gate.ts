import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { checkDocument, checkFeature } from '../rules/check.ts'
import { readFeature } from '../rules/read-documents.ts'
import type { FeatureDocuments } from '../rules/rule.ts'
import type { Feature, Workspace } from '../workspace/model.ts'

const VERB = { spec: 'specify', plan: 'plan', tasks: 'tasks' } as const
export type Step = keyof typeof VERB

/** What keeps a verb from starting: a file that is not there yet, and every error of the rules in those that are. */
export async function gate(
  workspace: Workspace,
  feature: Feature,
  steps: readonly Step[],
): Promise<{ documents: FeatureDocuments; findings: Finding[] }> {
  const missing = missingSteps(workspace, feature, steps)
  const { documents, findings } = await readFeature(workspace.root, feature)
  const errors = [
    ...steps.flatMap((step) => (documents[step] === undefined ? [] : checkDocument(documents[step]))),
    ...(steps.includes('tasks') ? checkFeature(documents) : []),
  ].filter(({ severity }) => severity === 'error')
  return { documents, findings: [...missing, ...findings, ...errors] }
}

export function missingSteps({ root }: Workspace, { path }: Feature, steps: readonly Step[]): Finding[] {
  return steps
    .filter((step) => !existsSync(join(root, path, `${step}.md`)))
    .map((step) => ({
      code: 'missing-step',
      severity: 'error' as const,
      file: `${path}/${step}.md`,
      message: `${basename(path)} has no ${step}.md yet.`,
      hint: `Run "specify ${VERB[step]}" first (/speckit.${VERB[step]} in your agent).`,
    }))
}

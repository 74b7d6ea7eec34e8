import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import type { Spec } from '../spec/model.ts'
import { parseSpec } from '../spec/parse-spec.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'

/** The spec.md of every feature given; one that cannot be read is a finding. */
export async function readSpecs(
  { root }: Workspace,
  features: readonly Feature[],
): Promise<{ specs: Spec[]; findings: Finding[] }> {
  const findings: Finding[] = []
  const specs = await Promise.all(
    features.map(async ({ id, service, files }): Promise<Spec | undefined> => {
      if (files.spec === undefined) return undefined
      try {
        const text = await readText(join(root, files.spec))
        return parseSpec(text, { file: files.spec, service, featureId: id })
      } catch (error) {
        const message = `This file cannot be read: ${error instanceof Error ? error.message : String(error)}.`
        findings.push({ code: 'unreadable-file', severity: 'error', message, file: files.spec })
        return undefined
      }
    }),
  )
  return { specs: specs.filter((spec) => spec !== undefined), findings }
}

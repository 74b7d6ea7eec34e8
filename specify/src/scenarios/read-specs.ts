import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import type { Spec } from '../spec/model.ts'
import { contentKey, type Cache } from '../cache/open-cache.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'

/** The spec.md of every feature given; one that cannot be read is a finding. What `cache` knows is not parsed again. */
export async function readSpecs(
  { root }: Workspace,
  features: readonly Feature[],
  cache?: Cache<Spec>,
): Promise<{ specs: Spec[]; findings: Finding[] }> {
  const findings: Finding[] = []
  const specs = await Promise.all(
    features.map(async ({ id, service, files }): Promise<Spec | undefined> => {
      if (files.spec === undefined) return undefined
      try {
        const bytes = readBytes(join(root, files.spec))
        const name = JSON.stringify([files.spec, service, id])
        const key = contentKey([bytes])
        const known = cache?.get(name, key)
        if (known !== undefined) return known
        const { parseSpec } = await import('../spec/parse-spec.ts')
        const spec = parseSpec(decodeText(bytes), { file: files.spec, service, featureId: id })
        cache?.set(name, key, spec)
        return spec
      } catch (error) {
        const message = `This file cannot be read: ${error instanceof Error ? error.message : String(error)}.`
        findings.push({ code: 'unreadable-file', severity: 'error', message, file: files.spec })
        return undefined
      }
    }),
  )
  return { specs: specs.filter((spec) => spec !== undefined), findings }
}

import { featureName } from '../workspace/feature-name.ts'
import type { Rule } from './rule.ts'

export const duplicateFeatureNumber: Rule = {
  code: 'duplicate-feature-number',
  severity: 'warning',
  why: 'Full names of requirements hang on the number ("order-service/001#FR-003"); two branches often take the same one.',
  example: { wrong: 'specs/004-search, specs/004-export', right: 'specs/004-search, specs/005-export' },
  reads: 'workspace',

  *check({ features }) {
    const first = new Map<string, string>()
    for (const { id, path, service, files } of features) {
      const name = featureName(service, id)
      // Numbers count per folder of specs: .specify/specs and specs are two series.
      const key = `${path.slice(0, -id.length)}${name}`
      const earlier = first.get(key)
      if (earlier === undefined) first.set(key, path)
      else
        yield {
          file: files.spec ?? files.plan ?? files.tasks ?? path,
          line: 1,
          message: `${path} has the same number as ${earlier}.`,
          hint: `Rename the younger folder to the next free number.`,
        }
    }
  },
}

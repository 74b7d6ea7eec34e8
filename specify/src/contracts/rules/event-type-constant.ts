import { propertyOf, valuesOf } from '../schema-walk.ts'
import type { EventContract } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'

export const eventTypeConstant: ContractRule = {
  code: 'event-type-mismatch',
  severity: 'error',
  about: 'events',
  scope: 'file',
  why: 'A copied schema that still names the old event lets no message through.',
  example: {
    wrong: '"eventType": {"const": "user.profile.created"} in user.profile.updated',
    right: '"eventType": {"const": "user.profile.updated"}',
  },
  check: ({ events }) => events.flatMap(problemsOf),
}

function problemsOf({ eventType, form, schema, source }: EventContract): Problem[] {
  if (schema === undefined || form !== 'list') return []
  const found = propertyOf([schema], 'eventType')
  const values = found.outcome === 'found' ? valuesOf(found.schemas) : undefined
  if (found.outcome !== 'found' || values === undefined || values.includes(eventType)) return []
  return [
    {
      file: source.file,
      line: source.lineOf(found.schemas[0]!.pointer),
      message: `The schema of ${eventType} allows the eventType ${values.map((value) => JSON.stringify(value)).join(', ')} only.`,
      service: source.service,
    },
  ]
}

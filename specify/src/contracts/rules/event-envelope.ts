import { propertyOf } from '../schema-walk.ts'
import { requiredOf } from '../required-properties.ts'
import type { EventContract } from '../model.ts'
import type { ContractRule, Problem } from './rule.ts'

export const eventEnvelope: ContractRule = {
  code: 'event-envelope',
  severity: 'error',
  about: 'events',
  scope: 'file',
  why: 'Without a required eventId a consumer cannot tell a repeat; without eventType and timestamp it cannot route or order.',
  example: {
    wrong: '"required": ["data"]',
    right: '"required": ["eventId", "eventType", "timestamp", "data"]',
  },
  check: ({ events }) => events.flatMap(problemsOf),
}

function problemsOf({ eventType, form, schema, source, pointer }: EventContract): Problem[] {
  // Elsewhere the envelope is the headers' business, or that of a convention of its own.
  if (schema === undefined || form !== 'list') return []
  const required = requiredOf(schema)
  const missing = ['eventId', 'eventType', 'timestamp'].filter(
    (name) => !required.has(name) || propertyOf([schema], name).outcome === 'absent',
  )
  if (missing.length === 0) return []
  return [
    {
      file: source.file,
      line: source.lineOf(`${pointer}/schema/required`),
      message: `The event ${eventType} does not require ${missing.join(', ')}.`,
      hint: 'Declare them under "properties" and list them in "required".',
      service: source.service,
    },
  ]
}

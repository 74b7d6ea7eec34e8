import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { EventContract } from '../contracts/model.ts'
import type { Entity } from './entity.ts'
import { overlaid } from './make-answer.ts'
import { validSample } from '../samples/valid-sample.ts'
import { ValueChecks } from '../contracts/value-check.ts'

/** A payload that is valid by the event's schema and tells what is known; undefined when no value fits the schema. */
export function makeEvent({ schema, eventType }: EventContract, known: Entity, seed: string): unknown {
  if (schema === undefined) return known
  const check = new ValueChecks('response').checkOf(schema)
  const sampled = validSample(schema, check, { exchange: 'response', seed })
  if (sampled.outcome === 'none') return undefined
  const media = { type: 'application/json', isJson: true, at: schema, check, examples: [] }
  const typed = overlaid(sampled.value, [], { eventType }, media)
  // Seeds wrap what happened in `data`; others say it at the top.
  const way =
    isRecord(typed) && isRecord(typed['data'])
      ? ['data']
      : isRecord(typed) && isRecord(typed['payload'])
        ? ['payload']
        : []
  return overlaid(typed, way, known, media)
}

import { didYouMean } from '@specwright/cli/nearest.ts'
import type { EventContract, SchemaAt } from '../contracts/model.ts'
import { propertyOf } from '../contracts/schema-walk.ts'
import { bodyProblems } from './check-request.ts'
import { parseEventBlock, type EventStep } from './event-block.ts'
import { excerpt } from './excerpt.ts'
import type { JsonNode } from './hurl/model.ts'
import type { Block } from '../spec/model.ts'
import { problem, type ScenarioProblem } from './problem.ts'

const ENVELOPE = new Set(['eventId', 'eventType', 'eventVersion', 'timestamp', 'data'])

/** Whether the events of a block exist and their payloads fit; what is expected may name only a few members. */
export function checkEventBlock(block: Block, events: ReadonlyMap<string, EventContract>): ScenarioProblem[] {
  const { steps, problems } = parseEventBlock(block.text, block.line, block.column)
  return [
    ...problems.map(({ message, at, hint }) =>
      problem('scenario-event-syntax', message + excerpt(block, at), at, hint),
    ),
    ...steps.flatMap((step) => checkStep(step, events)),
  ]
}

function checkStep(step: EventStep, events: ReadonlyMap<string, EventContract>): ScenarioProblem[] {
  const event = events.get(step.eventType)
  if (event === undefined) {
    const hint =
      didYouMean(step.eventType, events.keys()) ?? 'Describe it in contracts/events/*.json of its service.'
    return [
      problem('scenario-unknown-event', `no contract describes the event ${step.eventType}`, step.at, hint),
    ]
  }
  if (event.schema === undefined || step.payload === undefined) return []
  const schema = schemaFor(step.payload, event.schema)
  return schema === undefined ? [] : bodyProblems(step.payload, schema, step.action === 'expect')
}

/** A payload without any member of the envelope is the event's `data`. */
function schemaFor(payload: JsonNode, schema: SchemaAt): SchemaAt | undefined {
  const names = payload.kind === 'object' ? payload.members.map(({ name }) => name) : []
  if (names.some((name) => ENVELOPE.has(name))) return schema
  const data = propertyOf([schema], 'data')
  return data.outcome === 'found' ? data.schemas[0] : schema
}

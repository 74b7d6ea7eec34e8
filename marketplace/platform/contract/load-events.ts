import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { compileSchema } from '@specwright/json-schema/compile-schema.ts'
import type { EventEnvelope } from '../events/event-log.ts'
import type { Check, JsonSchema } from './load-contract.ts'

export type EventFile = {
  readonly events: readonly {
    readonly eventType: string
    readonly version: string
    readonly description: string
    readonly schema: JsonSchema
    readonly consumers?: readonly string[]
  }[]
}

export async function readEventFiles(folder: URL): Promise<EventFile[]> {
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  // Checked by specify in CI; read here as what it says it is.
  return await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as EventFile),
  )
}

/** A check that throws on an event which no schema in `folder` describes, or which breaks its schema: our own bug. */
export async function loadEventSchemas(folder: URL): Promise<(event: EventEnvelope) => void> {
  const files = await readEventFiles(folder)
  const checks = new Map<string, Check>(
    files.flatMap(({ events }) =>
      events.map(
        ({ eventType, schema }) => [eventType, compileSchema(schema, { dialect: '2020-12' })] as const,
      ),
    ),
  )
  return (event) => {
    const check = checks.get(event.eventType)
    if (check === undefined) throw new Error(`Event ${event.eventType} is not in this service's contract.`)
    const [problem] = check(event)
    if (problem)
      throw new Error(
        `Event ${event.eventType} breaks its contract at ${problem.pointer}: ${problem.message}`,
      )
  }
}

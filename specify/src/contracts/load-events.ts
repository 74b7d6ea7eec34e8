import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { EventContract, EventFile, Source } from './model.ts'
import { readDocument } from './read-document.ts'

/** Reads `{"events": [{eventType, version, description, schema, consumers}]}`, as JSON or YAML. */
export function loadEvents(
  text: string,
  file: string,
  service: string | undefined,
): { eventFile: EventFile | undefined; findings: Finding[] } {
  const { root, document, findings } = readDocument(text, file)
  if (root === undefined) return { eventFile: undefined, findings: [...findings] }
  const lineOf = (pointer: string) => document.locate(pointer)?.line ?? 1
  const source: Source = { file, service, dialect: '2020-12', root, lineOf }
  const list = root['events']
  if (!Array.isArray(list))
    return { eventFile: undefined, findings: [...findings, formatFinding(root, file)] }
  const problems: Finding[] = []
  const events = list.flatMap((item: unknown, i): EventContract[] => {
    const pointer = `/events/${i}`
    if (isRecord(item) && typeof item['eventType'] === 'string' && item['eventType'] !== '')
      return [readEvent(source, item, item['eventType'], pointer)]
    problems.push({
      code: 'event-without-type',
      severity: 'error',
      message: `Event ${i + 1} of this file has no "eventType".`,
      hint: 'Name it domain.entity.action, such as "order.order.placed".',
      file,
      line: lineOf(pointer),
    })
    return []
  })
  return { eventFile: { source, events }, findings: [...findings, ...problems] }
}

function readEvent(
  source: Source,
  item: Record<string, unknown>,
  eventType: string,
  pointer: string,
): EventContract {
  const { version, description, schema, consumers } = item
  return {
    source,
    eventType,
    version: typeof version === 'string' || typeof version === 'number' ? String(version) : undefined,
    description: typeof description === 'string' && description.trim() !== '' ? description : undefined,
    schema: schema === undefined ? undefined : { schema, pointer: `${pointer}/schema`, source },
    consumers: (Array.isArray(consumers) ? consumers : []).flatMap((service: unknown, i) =>
      typeof service === 'string' ? [{ service, line: source.lineOf(`${pointer}/consumers/${i}`) }] : [],
    ),
    pointer,
    line: source.lineOf(pointer),
  }
}

function formatFinding(root: Record<string, unknown>, file: string): Finding {
  return {
    code: 'event-file-format',
    severity: 'error',
    message:
      root['asyncapi'] === undefined
        ? 'This event file has no list "events".'
        : 'This is AsyncAPI: specify reads event files of the form {"events": […]}.',
    hint: 'Write {"events": [{"eventType": "order.order.placed", "version": "v1", "schema": {…}, "consumers": [] }]}.',
    file,
    line: 1,
  }
}

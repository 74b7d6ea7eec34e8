import type { Paragraph, RootContent, Table } from 'mdast'
import { lineOf, plainText, sourceOf, type MarkdownFile } from './markdown.ts'
import type { ServiceDependency, Spec } from './model.ts'

type Dependencies = Pick<
  Spec,
  'upstreamServices' | 'downstreamServices' | 'eventsConsumed' | 'eventsPublished'
>
type OpenEvent = { eventType: string; from: string | undefined; consumers: string[]; line: number }

const SECTIONS = [
  ['upstreamServices', /^upstream\b/i],
  ['downstreamServices', /^downstream\b/i],
  ['eventsConsumed', /^(events? consumed|consumed events?|subscribes? to|events? subscribed)\b/i],
  ['eventsPublished', /^(events? published|published events?|publishes|events? produced)\b/i],
] as const

/** The tables of services above and below, and the events a service consumes and publishes. */
export function findDependencies({ text, root }: MarkdownFile): Dependencies {
  const found = {
    upstreamServices: [] as ServiceDependency[],
    downstreamServices: [] as ServiceDependency[],
    eventsConsumed: [] as OpenEvent[],
    eventsPublished: [] as OpenEvent[],
  }
  let section: { key: keyof typeof found; depth: number } | undefined
  let event: OpenEvent | undefined

  for (const node of root.children) {
    if (node.type === 'heading') {
      const title = plainText(node)
      if (section !== undefined && node.depth > section.depth) {
        event = isEventKey(section.key) ? eventHeading(title, lineOf(node)) : undefined
        if (event !== undefined && isEventKey(section.key)) found[section.key].push(event)
        continue
      }
      const key = SECTIONS.find(([, pattern]) => pattern.test(title))?.[0]
      section = key === undefined ? undefined : { key, depth: node.depth }
      event = undefined
    } else if (section !== undefined) {
      if (isEventKey(section.key)) readEvents(text, node, found[section.key], event)
      else found[section.key].push(...readServices(node))
    }
  }
  return found
}

function isEventKey(key: keyof Dependencies): key is 'eventsConsumed' | 'eventsPublished' {
  return key === 'eventsConsumed' || key === 'eventsPublished'
}

function eventHeading(title: string, line: number): OpenEvent | undefined {
  const eventType =
    /^event\s*[::]\s*`?([\w.:/-]+)`?$/i.exec(title)?.[1] ?? /^`?([\w-]+(?:\.[\w-]+)+)`?$/.exec(title)?.[1]
  return eventType === undefined ? undefined : { eventType, from: undefined, consumers: [], line }
}

function readEvents(text: string, node: RootContent, events: OpenEvent[], open: OpenEvent | undefined): void {
  if (node.type === 'paragraph' && open !== undefined) readFields(sourceOf(text, node), open)
  else if (node.type === 'list') {
    for (const item of node.children) {
      const first = item.children[0]
      if (first?.type !== 'paragraph') continue
      if (open !== undefined) readFields(sourceOf(text, first), open)
      else {
        const event = eventItem(text, first)
        if (event !== undefined) events.push(event)
      }
    }
  } else if (node.type === 'table') events.push(...eventRows(node))
}

/** `**From:** user-service`, one field per line. */
function readFields(source: string, event: OpenEvent): void {
  for (const line of source.split(/\r\n|\n|\r/)) {
    const [, name, value] = /^\s*\*\*([^*:]+?)\s*(?:\*\*\s*[::]|[::]\s*\*\*)\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    if (/^(from|producer|source)$/i.test(name)) event.from = names(value)[0]
    if (/^consumers?$/i.test(name)) event.consumers.push(...names(value))
  }
}

/** `` - `order.order.placed` from order-service``. */
function eventItem(text: string, paragraph: Paragraph): OpenEvent | undefined {
  const source = sourceOf(text, paragraph)
  const eventType = /^[*_`]*([\w-]+(?:\.[\w-]+)+)[*_`]*/.exec(source)?.[1]
  if (eventType === undefined) return undefined
  const from = /\bfrom:?\s+[*_`]*([\w-]+)/i.exec(source)?.[1]
  const consumers = /\b(?:consumers?|to)\s*:\s*(.+)$/im.exec(source)?.[1]
  return {
    eventType,
    from,
    consumers: consumers === undefined ? [] : names(consumers),
    line: lineOf(paragraph),
  }
}

function eventRows(table: Table): OpenEvent[] {
  const [head, ...rows] = table.children.map((row) => ({
    cells: row.children.map(plainText),
    line: lineOf(row),
  }))
  const column = (pattern: RegExp) => head!.cells.findIndex((cell) => pattern.test(cell))
  const type = Math.max(0, column(/^event/i))
  const from = column(/^(from|producer|source)/i)
  const consumers = column(/^consumer/i)
  return rows
    .filter(({ cells }) => /^[\w-]+([.:/][\w-]+)+$/.test(cells[type] ?? ''))
    .map(({ cells, line }) => ({
      eventType: cells[type]!,
      from: from === -1 ? undefined : names(cells[from] ?? '')[0],
      consumers: consumers === -1 ? [] : names(cells[consumers] ?? ''),
      line,
    }))
}

function readServices(node: RootContent): ServiceDependency[] {
  if (node.type === 'table')
    return node.children
      .slice(1)
      .map((row) => ({
        service: names(plainText(row.children[0] ?? row))[0] ?? '',
        purpose: row.children[1] === undefined ? '' : plainText(row.children[1]),
        line: lineOf(row),
      }))
      .filter(({ service }) => service !== '')
  if (node.type === 'list')
    return node.children.flatMap((item): ServiceDependency[] => {
      const [, service, purpose] = /^([a-z][\w]*(?:-[\w]+)+)\s*[::(–—-]*\s*(.*)$/.exec(plainText(item)) ?? []
      return service === undefined ? [] : [{ service, purpose: purpose ?? '', line: lineOf(item) }]
    })
  return []
}

/** `notification-service, inventory-service (planned)` → the names; "None" and "-" are nobody. */
function names(value: string): string[] {
  return value
    .split(/[,;、]|\band\b/)
    .map((part) => /^[\s*_`]*([A-Za-z][\w.-]*)/.exec(part)?.[1] ?? '')
    .filter((name) => name !== '' && !/^(none|n\/a|tbd|all|no|any)$/i.test(name))
}

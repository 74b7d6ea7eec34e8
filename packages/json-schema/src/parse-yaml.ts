// One YAML 1.2 document through js-yaml: its events carry offsets, and the value is built from the same events,
// so positions and value cannot disagree.
//
// Codes: yaml-syntax, duplicate-key, empty-document, several-documents, circular-alias.

import {
  constructFromEvents,
  CORE_SCHEMA,
  EVENT_ID,
  getScalarValue,
  load,
  mergeTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
  type ScalarEvent,
} from 'js-yaml'
import type { OffsetProblem, Parsed, Place } from './document.ts'

/** Core schema: no dates, `no` is text. `<<: *anchor` is kept because OpenAPI files in the wild use it. */
const schema = CORE_SCHEMA.withTags(mergeTag)

export function parseYaml(text: string): Parsed {
  let events: Event[]
  try {
    events = parseEvents(text, {})
  } catch (error) {
    return unreadable(syntaxProblem(error, text))
  }
  const problem = documentCountProblem(events, text)
  if (problem !== undefined) return unreadable(problem)
  return quickYaml(events, text) ?? carefulYaml(events, text)
}

/**
 * Most documents have no fault and no aliases: then the value is all there is to make, and places are looked up when
 * somebody asks. Undefined for the others.
 */
function quickYaml(events: Event[], text: string): Parsed | undefined {
  if (text.includes('<<') || events.length <= 2) return undefined
  if (events.some(({ type }) => type === EVENT_ID.ALIAS)) return undefined
  try {
    const [value] = constructFromEvents(events, { source: text, schema })
    return { value, place: new YamlPlace(events, text, 1, undefined), problems: [] }
  } catch (error) {
    if (error instanceof YAMLException) return undefined
    throw error
  }
}

/** A place that finds its children when they are asked for. */
class YamlPlace implements Place {
  readonly keyOffset: number
  readonly valueOffset: number
  readonly #events: readonly Event[]
  readonly #text: string
  readonly #at: number
  #children: Map<string, Place> | undefined

  constructor(events: readonly Event[], text: string, at: number, keyOffset: number | undefined) {
    const start = startOf(events[at]!)
    this.valueOffset = start === -1 ? (keyOffset ?? 0) : start
    this.keyOffset = keyOffset ?? this.valueOffset
    this.#events = events
    this.#text = text
    this.#at = at
  }

  get children(): Map<string, Place> | undefined {
    const { type } = this.#events[this.#at]!
    if (type !== EVENT_ID.SEQUENCE && type !== EVENT_ID.MAPPING) return undefined
    this.#children ??= this.#read(type === EVENT_ID.MAPPING)
    return this.#children
  }

  #read(isMapping: boolean): Map<string, Place> {
    const [events, text] = [this.#events, this.#text]
    const children = new Map<string, Place>()
    for (let at = this.#at + 1; events[at]!.type !== EVENT_ID.POP; at = afterNode(events, at)) {
      let key = String(children.size)
      let keyOffset: number | undefined
      if (isMapping) {
        const event = events[at] as ScalarEvent // the value was made, so the key is text
        const start = startOf(event)
        keyOffset = start === -1 ? 0 : start
        key = keyText(text, event)
        at++
      }
      children.set(key, new YamlPlace(events, text, at, keyOffset))
    }
    return children
  }
}

function afterNode(events: readonly Event[], at: number): number {
  let depth = 0
  do {
    const { type } = events[at++]!
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) depth++
    else if (type === EVENT_ID.POP) depth--
  } while (depth > 0)
  return at
}

function carefulYaml(events: Event[], text: string): Parsed {
  const { place, problems } = placesOf(events, text)
  if (problems.some(({ code }) => code === 'circular-alias')) return { value: undefined, place, problems }
  try {
    // json: true keeps the last of doubled keys; placesOf has reported every one of them.
    const [value] = constructFromEvents(events, { source: text, schema, json: true })
    return { value, place, problems }
  } catch (error) {
    return { value: undefined, place, problems: [...problems, syntaxProblem(error, text)] }
  }
}

function unreadable(problem: OffsetProblem): Parsed {
  return { value: undefined, place: undefined, problems: [problem] }
}

function syntaxProblem(error: unknown, text: string): OffsetProblem {
  if (!(error instanceof YAMLException)) throw error
  const offset = error.mark?.position ?? 0
  const reason = error.reason.replace(/^./, (first) => first.toUpperCase())
  return { code: 'yaml-syntax', offset, message: `${reason}.`, ...syntaxHint(error.reason, text, offset) }
}

function syntaxHint(reason: string, text: string, offset: number): { hint?: string } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  if (/^ *\t/.test(text.slice(lineStart))) return { hint: 'YAML indents with spaces, not tabs.' }
  if (reason === 'bad indentation of a mapping entry')
    return { hint: 'Check the indentation of this line; text with ": " inside must stand in quotes.' }
  return {}
}

function documentCountProblem(events: readonly Event[], text: string): OffsetProblem | undefined {
  const starts = events.flatMap((event, i) => (event.type === EVENT_ID.DOCUMENT ? [i] : []))
  if (starts.length === 0) return { code: 'empty-document', offset: 0, message: 'The file is empty.' }
  if (starts.length === 1) return undefined
  const first = events[starts[1]! + 1]
  const content = first === undefined ? -1 : startOf(first)
  const marker = text.lastIndexOf('---', content === -1 ? text.length : content)
  return {
    code: 'several-documents',
    offset: Math.max(0, marker),
    message: 'The file holds several YAML documents; one is expected.',
    hint: 'Split it at the "---" lines.',
  }
}

/** The tree of offsets, and what can only be seen while building it. */
function placesOf(
  events: readonly Event[],
  text: string,
): { place: Place | undefined; problems: OffsetProblem[] } {
  const problems: OffsetProblem[] = []
  const anchors = new Map<string, { place: Place; open: boolean }>()
  let at = 1 // after the document event

  const readNode = (keyOffset: number | undefined): Place => {
    const event = events[at++]!
    if (event.type === EVENT_ID.ALIAS) return readAlias(event, keyOffset)
    const start = startOf(event)
    const valueOffset = start === -1 ? (keyOffset ?? 0) : start
    const place: Place = { keyOffset: keyOffset ?? valueOffset, valueOffset }
    const anchor = { place, open: true }
    if ('anchorStart' in event && event.anchorStart !== -1)
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), anchor)
    if (event.type === EVENT_ID.SEQUENCE) readItems(place)
    else if (event.type === EVENT_ID.MAPPING) readMembers(place)
    anchor.open = false
    return place
  }

  const readAlias = (
    { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number },
    keyOffset: number | undefined,
  ): Place => {
    const name = text.slice(anchorStart, anchorEnd)
    const anchor = anchors.get(name)
    const here: Place = { keyOffset: keyOffset ?? anchorStart - 1, valueOffset: anchorStart - 1 }
    if (anchor?.open)
      problems.push({
        code: 'circular-alias',
        offset: anchorStart - 1,
        message: `*${name} stands inside &${name}, so the value would contain itself.`,
      })
    else if (anchor?.place.children !== undefined) here.children = anchor.place.children
    return here
  }

  const readItems = (place: Place): void => {
    const children = (place.children = new Map<string, Place>())
    while (events[at]!.type !== EVENT_ID.POP) children.set(String(children.size), readNode(undefined))
    at++
  }

  const readMembers = (place: Place): void => {
    const children = (place.children = new Map<string, Place>())
    const merged: Place[] = []
    while (events[at]!.type !== EVENT_ID.POP) {
      const keyEvent = events[at]!
      const keyPlace = readNode(undefined)
      const key = keyEvent.type === EVENT_ID.SCALAR ? keyText(text, keyEvent) : undefined
      const child = readNode(keyPlace.keyOffset)
      if (key === undefined) continue // a mapping or list as a key: constructFromEvents refuses it with a position
      if (key === '<<') merged.push(child)
      else if (children.has(key))
        problems.push({
          code: 'duplicate-key',
          offset: keyPlace.keyOffset,
          message: `"${key}" is written twice in the same mapping.`,
          hint: 'Remove one of them; most programs silently keep the last.',
        })
      children.set(key, child)
    }
    at++
    for (const { children: from = new Map<string, Place>() } of merged)
      for (const [key, child] of from) if (!children.has(key)) children.set(key, child)
  }

  return { place: events.length > 2 ? readNode(undefined) : undefined, problems }
}

/** Where the node's text begins, its quote included; -1 for an empty value. */
function startOf(event: Event): number {
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start
  if (event.type !== EVENT_ID.SCALAR) return -1
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
  return quoted ? event.valueStart - 1 : event.valueStart
}

/** The key as it becomes a member's name: `0x10` is "16", `~` is "null". */
function keyText(text: string, event: ScalarEvent): string {
  const raw = getScalarValue(text, event)
  const isOther = event.style === SCALAR_STYLE.PLAIN && /^(?:[-+.~\d]|(?:true|false|null)$)/i.test(raw)
  return isOther ? String(load(raw, { schema })) : raw
}

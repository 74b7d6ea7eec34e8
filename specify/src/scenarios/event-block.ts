import { Cursor, SyntaxProblem } from './hurl/cursor.ts'
import type { JsonNode, JsonPiece, Place } from './hurl/model.ts'
import { parseJson } from './hurl/parse-json.ts'

/** `publish order.order.placed { … }` or `expect … within 2s`, one after the other. */
export type EventStep = {
  readonly action: 'publish' | 'expect'
  readonly eventType: string
  readonly payload: JsonNode | undefined
  /** The payload as written, for sending. */
  readonly source: readonly JsonPiece[] | undefined
  /** How long an expected event may take; 5 s unless written. */
  readonly withinMs: number
  readonly at: Place
}

export type EventProblem = { readonly message: string; readonly hint: string | undefined; readonly at: Place }

/** Reads an event block; comments begin with #. Reading ends at the first problem. */
export function parseEventBlock(
  text: string,
  firstLine: number,
  firstColumn: number,
): { steps: EventStep[]; problems: EventProblem[] } {
  const cursor = new Cursor(text, firstLine, firstColumn)
  const steps: EventStep[] = []
  try {
    for (cursor.skipBlank(); !cursor.done; cursor.skipBlank()) steps.push(parseStep(cursor))
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    return { steps, problems: [{ message: error.message, hint: error.hint, at: error.place }] }
  }
  return { steps, problems: [] }
}

const DEFAULT_WITHIN_MS = 5000
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

function parseWithin(cursor: Cursor): number {
  const start = cursor.at
  if (!cursor.match(/[ \t]*within(?![\w-])[ \t]*/y)) return DEFAULT_WITHIN_MS
  const [, digits, unit] = cursor.match(/(\d+)(ms|s|m)(?![\w])/y) ?? []
  if (digits === undefined || unit === undefined)
    throw cursor.problem(
      `expected a time such as 500ms or 2s after within, found ${cursor.found()}`,
      undefined,
      start,
    )
  return Number(digits) * UNIT_MS[unit]!
}

function parseStep(cursor: Cursor): EventStep {
  const at = cursor.place()
  const action = cursor.match(/(?:publish|expect)(?=[ \t])/y)?.[0]
  if (action !== 'publish' && action !== 'expect')
    throw cursor.problem(
      `expected "publish" or "expect", found ${cursor.found()}`,
      'Write: publish order.order.placed { "orderId": "…" }',
    )
  cursor.skipSpaces()
  const eventType = cursor.match(/[\w-]+(?:\.[\w-]+)*/y)?.[0]
  if (eventType === undefined) throw cursor.problem(`expected an event type, found ${cursor.found()}`)
  cursor.match(/[ \t]*(?:\n[ \t]*(?=\{))?/y)
  const payload = cursor.char === '{' ? parseJson(cursor) : undefined
  const withinMs = action === 'expect' ? parseWithin(cursor) : DEFAULT_WITHIN_MS
  cursor.endLine(action === 'expect' ? '"within 2s" or the end of the line' : 'the end of the line')
  return { action, eventType, payload: payload?.node, source: payload?.source, withinMs, at }
}

import { Cursor, SyntaxProblem } from './hurl/cursor.ts'
import type { JsonNode, Place } from './hurl/model.ts'
import { parseJson } from './hurl/parse-json.ts'

/** `publish order.order.placed { … }` or `expect …`, one after the other. */
export type EventStep = {
  readonly action: 'publish' | 'expect'
  readonly eventType: string
  readonly payload: JsonNode | undefined
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
  const payload = cursor.char === '{' ? parseJson(cursor).node : undefined
  cursor.endLine('a payload in braces or the end of the line')
  return { action, eventType, payload, at }
}

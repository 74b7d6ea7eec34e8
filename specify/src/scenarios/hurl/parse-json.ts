import type { Cursor } from './cursor.ts'
import type { JsonMember, JsonNode, JsonPiece, Template, TemplatePart } from './model.ts'
import { parseExpr } from './parse-text.ts'

const DEEPEST = 200

/** A JSON value in which templates may stand for values and inside strings. The cursor is at its first character. */
export function parseJson(cursor: Cursor): { node: JsonNode; source: JsonPiece[] } {
  const pieces: JsonPiece[] = []
  const start = { at: cursor.at }
  const hole = (quoted: boolean) => {
    pieces.push(cursor.text.slice(start.at, cursor.at))
    const expr = parseExpr(cursor)
    pieces.push({ expr, quoted })
    start.at = cursor.at
    return expr
  }
  const node = parseNode(cursor, hole, 0)
  pieces.push(cursor.text.slice(start.at, cursor.at))
  return { node, source: pieces }
}

type Hole = (quoted: boolean) => ReturnType<typeof parseExpr>

function parseNode(cursor: Cursor, hole: Hole, depth: number): JsonNode {
  if (depth > DEEPEST) throw cursor.problem(`this JSON is nested deeper than ${DEEPEST} levels`)
  const at = cursor.place()
  if (cursor.startsWith('{{')) return { kind: 'hole', expr: hole(false), at }
  if (cursor.char === '{') return { kind: 'object', members: parseMembers(cursor, hole, depth), at }
  if (cursor.char === '[') return { kind: 'array', items: parseItems(cursor, hole, depth), at }
  if (cursor.char === '"') return { kind: 'string', text: parseString(cursor, hole), at }
  const number = cursor.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y)
  if (number) return { kind: 'number', value: Number(number[0]), at }
  const word = cursor.match(/(?:true|false|null)(?!\w)/y)?.[0]
  if (word === 'null') return { kind: 'null', at }
  if (word !== undefined) return { kind: 'boolean', value: word === 'true', at }
  throw cursor.problem(`expected a JSON value, found ${cursor.found()}`)
}

function parseMembers(cursor: Cursor, hole: Hole, depth: number): JsonMember[] {
  const start = cursor.at
  cursor.take('{')
  const members: JsonMember[] = []
  skipSpace(cursor)
  if (cursor.take('}')) return members
  for (;;) {
    skipSpace(cursor)
    const at = cursor.place()
    if (cursor.char !== '"')
      throw cursor.problem(
        `expected a property name in double quotes, found ${cursor.found()}`,
        cursor.char === '}' ? 'JSON allows no comma after the last property.' : undefined,
      )
    const nameStart = cursor.at
    const name = parseString(cursor, hole)
    if (name.parts.some(({ kind }) => kind === 'expr'))
      throw cursor.problem('a property name cannot hold a template', undefined, nameStart)
    skipSpace(cursor)
    if (!cursor.take(':'))
      throw cursor.problem(`expected ":" after the property name, found ${cursor.found()}`)
    skipSpace(cursor)
    const value = parseNode(cursor, hole, depth + 1)
    members.push({
      name: name.parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
      value,
      at,
    })
    skipSpace(cursor)
    if (cursor.take(',')) continue
    if (cursor.take('}')) return members
    if (cursor.done) throw cursor.problem('this object has no closing }', undefined, start)
    throw cursor.problem(`expected "," or "}", found ${cursor.found()}`)
  }
}

function parseItems(cursor: Cursor, hole: Hole, depth: number): JsonNode[] {
  const start = cursor.at
  cursor.take('[')
  const items: JsonNode[] = []
  skipSpace(cursor)
  if (cursor.take(']')) return items
  for (;;) {
    skipSpace(cursor)
    items.push(parseNode(cursor, hole, depth + 1))
    skipSpace(cursor)
    if (cursor.take(',')) continue
    if (cursor.take(']')) return items
    if (cursor.done) throw cursor.problem('this list has no closing ]', undefined, start)
    throw cursor.problem(`expected "," or "]", found ${cursor.found()}`)
  }
}

function parseString(cursor: Cursor, hole: Hole): Template {
  const start = cursor.at
  const at = cursor.place()
  cursor.take('"')
  const parts: TemplatePart[] = []
  let text = ''
  for (;;) {
    const plain = cursor.match(/(?:[^"\\{\n]|\{(?!\{))+/y)
    if (plain) text += plain[0]
    else if (cursor.startsWith('{{')) {
      if (text !== '') parts.push({ kind: 'text', text })
      text = ''
      parts.push({ kind: 'expr', expr: hole(true) })
    } else if (cursor.char === '\\') {
      const escape = cursor.match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y)?.[0]
      if (escape === undefined) throw cursor.problem('this is not an escape of JSON')
      text += JSON.parse(`"${escape}"`) as string
    } else if (cursor.take('"')) break
    else throw cursor.problem('this string has no closing double quote', undefined, start)
  }
  if (text !== '') parts.push({ kind: 'text', text })
  return { parts, at }
}

function skipSpace(cursor: Cursor): void {
  cursor.match(/\s*/y)
}

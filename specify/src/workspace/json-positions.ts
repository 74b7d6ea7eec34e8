// JSON.parse forgets where things stood. This walks text that JSON.parse has already accepted, so it may trust
// the grammar and only count.

export type Position = { readonly line: number; readonly column: number }

/** Where each key stands, by its path: `/services/order-service/start`. `text` must be valid JSON. */
export function keyPositions(text: string): Map<string, Position> {
  const positions = new Map<string, Position>()
  const lineStarts = startsOfLines(text)
  let at = 0

  walk('')
  return positions

  function walk(path: string): void {
    skipSpace()
    const char = text[at]
    if (char === '{') walkObject(path)
    else if (char === '[') walkArray(path)
    else if (char === '"') readString()
    else while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++
    skipSpace()
  }

  function walkObject(path: string): void {
    at++
    skipSpace()
    while (text[at] !== '}') {
      const start = at
      const inner = `${path}/${readString()}`
      positions.set(inner, positionAt(lineStarts, start))
      skipSpace()
      at++ // the colon
      walk(inner)
      if (text[at] === ',') at++
      skipSpace()
    }
    at++
  }

  function walkArray(path: string): void {
    at++
    skipSpace()
    for (let i = 0; text[at] !== ']'; i++) {
      positions.set(`${path}/${i}`, positionAt(lineStarts, at))
      walk(`${path}/${i}`)
      if (text[at] === ',') at++
      skipSpace()
    }
    at++
  }

  function readString(): string {
    const start = at
    at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    return JSON.parse(text.slice(start, at)) as string
  }

  function skipSpace(): void {
    while (/\s/.test(text[at] ?? '')) at++
  }
}

/** Offsets at which lines begin; CRLF, LF and a lone CR all end one. */
export function startsOfLines(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  return starts
}

export function positionAt(lineStarts: readonly number[], offset: number): Position {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lineStarts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - lineStarts[low]! + 1 }
}

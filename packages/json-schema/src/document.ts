import { pointerSegments } from './json-pointer.ts'

/** 1-based; columns count UTF-16 units. */
export type Position = { readonly line: number; readonly column: number }

/** Something wrong with the text itself. The codes are listed in parse-json.ts and parse-yaml.ts. */
export type DocumentProblem = Position & {
  readonly code: string
  readonly message: string
  readonly hint?: string
}

export type Document = {
  /** Undefined when the text could not be read at all; with lesser problems it is what was meant. */
  readonly value: unknown
  readonly problems: readonly DocumentProblem[]
  /** Where the key of a member, or an array's item, is written; a missing pointer gives its nearest existing parent. */
  locate(pointer: string): Position | undefined
  /** Where the value begins, for the same pointers. */
  locateValue(pointer: string): Position | undefined
}

/** Offsets of everything in a text, in the shape of its value. */
export type Place = {
  /** Of the key for a member, else of the value. */
  keyOffset: number
  valueOffset: number
  children?: Map<string, Place> | undefined
}

export type OffsetProblem = Omit<DocumentProblem, 'line' | 'column'> & { readonly offset: number }

/** What the two parsers hand back, before offsets become lines. */
export type Parsed = { value: unknown; place: Place | undefined; problems: readonly OffsetProblem[] }

/** Turns offsets into lines, on demand. */
export function documentOf(text: string, { value, place, problems }: Parsed): Document {
  const position = positionFinder(text)
  const find = (pointer: string): Place | undefined => {
    let found = place
    for (const segment of pointerSegments(pointer)) {
      const child = found?.children?.get(segment)
      if (child === undefined) break
      found = child
    }
    return found
  }
  return {
    value,
    problems: problems
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset, ...problem }) => ({ ...problem, ...position(offset) })),
    locate(pointer) {
      const found = find(pointer)
      return found && position(found.keyOffset)
    },
    locateValue(pointer) {
      const found = find(pointer)
      return found && position(found.valueOffset)
    },
  }
}

/** Offset → line and column by binary search over the line starts. Lines end in LF or CRLF. */
function positionFinder(text: string): (offset: number) => Position {
  let starts: number[] | undefined
  return (offset) => {
    if (starts === undefined) {
      starts = [0]
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    }
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}

/** A stretch of a file that is about one thing: a Markdown section, or a window of other text. */
export type Passage = {
  /** 1-based line of its first line. */
  readonly line: number
  readonly heading: string
  readonly text: string
}

const WINDOW_LINES = 40

/** Cuts a file into passages; every line is in exactly one. */
export function passagesOf(text: string, isMarkdown: boolean): Passage[] {
  const lines = text.split(/\r\n|\n|\r/)
  return isMarkdown ? sections(lines) : windows(lines)
}

/** Words from which a passage is cut at the next paragraph, item or row. */
const PIECE_WORDS = 150

/** The same, with long passages cut further between paragraphs, list items and table rows; each keeps its heading. */
export function piecesOf(text: string, isMarkdown: boolean): Passage[] {
  return passagesOf(text, isMarkdown).flatMap((whole) => (isMarkdown ? pieces(whole) : [whole]))
}

function pieces(whole: Passage): Passage[] {
  const lines = whole.text.split('\n')
  const found: Passage[] = []
  let start = 0
  let words = 0
  for (const [i, line] of lines.entries()) {
    if (i > start && words >= PIECE_WORDS && BLOCK.test(line)) {
      found.push({ line: whole.line + start, heading: whole.heading, text: lines.slice(start, i).join('\n') })
      start = i
      words = 0
    }
    // A word has about six characters; this only decides where to cut.
    words += line.length / 6
  }
  found.push({ line: whole.line + start, heading: whole.heading, text: lines.slice(start).join('\n') })
  return found
}

const BLOCK = /^(?:\s*(?:[-*+]|\d+[.)])\s|\s*\||\s*$|\*\*)/

function sections(lines: readonly string[]): Passage[] {
  const starts = [0]
  let fence: string | undefined
  for (const [i, line] of lines.entries()) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]
    // A "# comment" in a fenced block is no heading.
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence
    else if (fence === undefined && i > 0 && /^#{1,6}\s/.test(line)) starts.push(i)
  }
  return starts.map((start, i) =>
    passage(lines, start, starts[i + 1], /^#{1,6}\s+(.*)$/.exec(lines[start]!)?.[1]),
  )
}

function windows(lines: readonly string[]): Passage[] {
  const starts = Array.from({ length: Math.ceil(lines.length / WINDOW_LINES) }, (_, i) => i * WINDOW_LINES)
  return starts.map((start) => {
    const end = start + WINDOW_LINES
    const names = lines.slice(start, end).map((line) => DECLARED.exec(line)?.[1] ?? '')
    return passage(lines, start, end, names.filter((name) => name !== '').join(' '))
  })
}

/** What code declares is to it what a heading is to prose. */
const DECLARED =
  /^\s*(?:export\s+|public\s+|private\s+|async\s+|default\s+|static\s+)*(?:function|class|interface|type|enum|struct|trait|def|func|fn|const|operationId:|CREATE TABLE)\s+["'`]?([\w.$]+)/

function passage(lines: readonly string[], start: number, end: number | undefined, heading = ''): Passage {
  return { line: start + 1, heading, text: lines.slice(start, end).join('\n') }
}

// The block half of the quick parser: a subset of CommonMark 0.31 and GFM by lines, twenty times as fast as micromark.
// The rule of the house is to be equal or silent: whatever is not certain (setext headings, definitions, lazy lines,
// tabs before text, indented code, …) leaves the whole file to micromark. quick-markdown.test.ts holds both side by side.

import type {
  BlockContent,
  Code,
  Heading,
  ListItem,
  Nodes,
  Paragraph,
  Root,
  RootContent,
  TableRow,
} from 'mdast'
import { quickInlines, type PlaceOf } from './quick-inlines.ts'
import { unsure, UNSURE } from './unsure.ts'

/** `from` is where the line's own text begins, behind the marks of the lists and quotes around it. */
type Line = { readonly number: number; readonly start: number; readonly from: number; readonly to: number }
/** `content` is where the item's text begins; a list of numbers may begin later than at 1. */
type Marker = {
  readonly kind: string
  readonly from: number
  readonly content: number
  readonly isLater: boolean
}
type Block = RootContent & BlockContent

/** The same tree as micromark's as far as specifications look at it, or undefined where only micromark may say. */
export function quickMarkdown(text: string): Root | undefined {
  if (!text.includes('\r')) return parse(text)
  const unix = text.replaceAll('\r\n', '\n')
  // Every line ending is one longer in the file; a mixture is rare enough to be micromark's.
  if (unix.includes('\r') || text.length - unix.length !== unix.split('\n').length - 1) return undefined
  const root = parse(unix)
  if (root !== undefined) shift(root)
  return root
}

/** Moves the offsets of a tree of text with LF to where they are with CRLF. */
function shift(node: Nodes): void {
  if (node.position !== undefined) {
    // Places may be shared between a node and its first or last child: replaced, never changed.
    const { start, end } = node.position
    node.position = {
      start: { ...start, offset: start.offset! + start.line - 1 },
      end: { ...end, offset: end.offset! + end.line - 1 },
    }
  }
  if (node.type === 'code' || node.type === 'inlineCode') node.value = node.value.replaceAll('\n', '\r\n')
  if ('children' in node) for (const child of node.children) shift(child)
}

function parse(text: string): Root | undefined {
  if (text.includes('\0')) return undefined
  try {
    const lines = linesOf(text)
    const children = blocks(text, lines)
    return {
      type: 'root',
      children,
      position: {
        start: { line: 1, column: 1, offset: 0 },
        end: { line: lines.length, column: lines.at(-1)!.to - lines.at(-1)!.start + 1, offset: text.length },
      },
    }
  } catch (error) {
    if (error === UNSURE) return undefined
    throw error
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; ;) {
    const end = text.indexOf('\n', start)
    const to = end === -1 ? text.length : end
    lines.push({ number: lines.length + 1, start, from: start, to })
    if (end === -1) return lines
    start = end + 1
  }
}

const HEADING = /^(#{1,6})(?: |$)/
const FENCE = /^(`{3,})([^`]*)$|^(~{3,})(.*)$/
const RULE = /^(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/
const BULLET = /^([-+*])(?: +(?=\S)|( *)$)/
const NUMBER = /^(\d{1,9})([.)])(?: +(?=\S)|( *)$)/
const UNDERLINE = /^(?:=+|-+) *$/
const DELIMITERS = /^\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ >]|\/>|$)/i
const ANY_TAG =
  /^<(?:[A-Za-z][A-Za-z\d-]*(?: +[A-Za-z_:][\w.:-]*(?: *= *(?:[^ "'=<>`]+|'[^']*'|"[^"]*"))?)* *\/?>|\/[A-Za-z][A-Za-z\d-]* *>) *$/

function blocks(text: string, lines: readonly Line[]): Block[] {
  const found: Block[] = []
  let i = 0
  while (i < lines.length) {
    const line = lines[i]!
    const from = skipSpaces(text, line)
    if (from >= line.to) {
      i++
      continue
    }
    if (from - line.from >= 4) unsure()
    const char = text[from]!
    const rest = text.slice(from, line.to)
    if (char === '#' && HEADING.test(rest)) {
      found.push(heading(line, from, rest))
      i++
    } else if ((char === '`' || char === '~') && FENCE.test(rest)) i = fence(i, from, rest)
    else if (char === '>') i = quote(i)
    else if ((char === '-' || char === '*' || char === '_') && RULE.test(rest)) {
      found.push({ type: 'thematicBreak', position: { start: at(line, from), end: at(line, line.to) } })
      i++
    } else if (BULLET.test(rest) || NUMBER.test(rest)) i = list(i)
    else if (char === '<' && htmlEnd(rest, false) !== undefined) i = html(i, from, htmlEnd(rest, false)!)
    else i = paragraphOrTable(i)
  }
  return found

  function heading(line: Line, from: number, rest: string): Heading {
    const depth = HEADING.exec(rest)![1]!.length as Heading['depth']
    const trimmed = rest.trimEnd()
    const content = trimmed
      .slice(depth)
      .replace(/(?:^| )#+$/, '')
      .trimEnd()
    const title = content.trimStart()
    const offset = from + depth + (content.length - title.length)
    return {
      type: 'heading',
      depth,
      children: title === '' ? [] : quickInlines(title, 0, (index) => at(line, offset + index)),
      position: { start: at(line, from), end: at(line, line.to) },
    }
  }

  function fence(first: number, from: number, rest: string): number {
    const line = lines[first]!
    const match = FENCE.exec(rest)!
    const mark = (match[1] ?? match[3])!
    const info = (match[2] ?? match[4])!.trim()
    if (/[\\&]/.test(info)) unsure()
    const indent = from - line.from
    const closing = new RegExp(`^ {0,3}${mark[0]!}{${mark.length},} *$`)
    const content: string[] = []
    for (let j = first + 1; j < lines.length; j++) {
      const { from: start, to } = lines[j]!
      const own = text.slice(start, to)
      if (closing.test(own)) {
        found.push({
          type: 'code',
          lang: info === '' ? null : info.split(/\s/)[0]!,
          meta: null,
          value: content.join('\n'),
          position: { start: at(line, from), end: at(lines[j]!, to) },
        } satisfies Code)
        return j + 1
      }
      if (indent > 0 && own.startsWith('\t')) unsure()
      content.push(indent === 0 ? own : own.replace(new RegExp(`^ {0,${indent}}`), ''))
    }
    return unsure() // never closed
  }

  function quote(first: number): number {
    const inner: Line[] = []
    let j = first
    for (; j < lines.length; j++) {
      const line = lines[j]!
      const from = skipSpaces(text, line)
      if (text[from] !== '>' || from >= line.to || from - line.from >= 4) break
      if (text[from + 1] === '\t') unsure()
      const start = Math.min(line.to, from + (text[from + 1] === ' ' ? 2 : 1))
      inner.push({ ...line, from: start })
    }
    const next = lines[j]
    if (next !== undefined && !isBlank(next) && !isBlank(inner.at(-1)!)) unsure() // perhaps a lazy line
    // Where a quote ends that ends in blank quoted lines is micromark's to say.
    if (isBlank(inner.at(-1)!) || isBlank(inner[0]!)) unsure()
    const children = blocks(text, inner)
    if (children.slice(0, -1).some(({ type }) => type === 'list')) unsure() // micromark ends it a line later
    const line = lines[first]!
    found.push({
      type: 'blockquote',
      children,
      position: { start: at(line, skipSpaces(text, line)), end: children.at(-1)!.position!.end },
    })
    return j
  }

  function html(first: number, from: number, end: RegExp | 'blank'): number {
    let j = first
    if (end === 'blank') while (j + 1 < lines.length && !isBlank(lines[j + 1]!)) j++
    else {
      while (j < lines.length && !end.test(text.slice(j === first ? from : lines[j]!.from, lines[j]!.to))) j++
      if (j === lines.length) unsure()
    }
    const [line, last] = [lines[first]!, lines[j]!]
    found.push({
      type: 'html',
      value: text.slice(line.from, last.to),
      position: { start: at(line, line.from), end: at(last, last.to) },
    })
    return j + 1
  }

  function list(first: number): number {
    const opening = markerOf(lines[first]!)!
    // Inside another list or quote that interrupts a paragraph, micromark takes only a 1 for a list.
    if (first === 0 && lines[0]!.from > lines[0]!.start && opening.isLater) unsure()
    const items: ListItem[] = []
    let j = first
    while (j < lines.length) {
      const line = lines[j]!
      const marker = markerOf(line)
      if (marker === undefined || marker.kind !== opening.kind) break
      const content = marker.content - line.from
      const inner: Line[] = [{ ...line, from: marker.content }]
      let k = j + 1
      for (; k < lines.length; k++) {
        const next = lines[k]!
        if (isBlank(next)) {
          inner.push({ ...next, from: Math.min(next.to, next.from + content) })
          continue
        }
        const indent = skipSpaces(text, next) - next.from
        if (indent >= content) inner.push({ ...next, from: next.from + content })
        else if (isBlank(lines[k - 1]!) || startsBlock(next)) break
        else unsure() // a lazy line
      }
      while (isBlank(inner.at(-1)!)) inner.pop()
      items.push(item(line, marker.from, inner))
      j = k
    }
    const { start } = items[0]!.position!
    const { end } = items.at(-1)!.position!
    found.push({
      type: 'list',
      ordered: opening.kind.length > 1,
      children: items,
      position: { start, end },
    })
    return j
  }

  function item(line: Line, from: number, inner: readonly Line[]): ListItem {
    const children = blocks(text, inner)
    const first = children[0]
    let checked: boolean | null = null
    if (
      first?.type === 'paragraph' &&
      /^\[[ xX]\]/.test(text.slice(first.position!.start.offset, first.position!.start.offset! + 3))
    ) {
      const start = first.position!.start.offset!
      const after = text[start + 3]
      if (after === '\n' || after === undefined || after === '\t') unsure()
      if (after === ' ') {
        if (text.slice(start + 3, inner[0]!.to).trim() === '') unsure()
        checked = text[start + 1] !== ' '
        children[0] = withoutBox(first, inner)
      }
    }
    return {
      type: 'listItem',
      checked,
      children,
      position: { start: at(line, from), end: children.at(-1)!.position!.end },
    }
  }

  /** The box goes; the paragraph begins behind it, unless markup follows at once: so does micromark. */
  function withoutBox(paragraph: Paragraph, inner: readonly Line[]): Paragraph {
    const own = inner.slice(0, paragraph.position!.end.line - inner[0]!.number + 1)
    const { content, placeOf } = contentOf(own)
    const children = quickInlines(content, 4, placeOf)
    const startsWithText =
      children[0]?.type === 'text' && children[0].position!.start.offset === placeOf(4).offset
    return {
      type: 'paragraph',
      children,
      position: {
        start: startsWithText ? placeOf(4) : paragraph.position!.start,
        end: paragraph.position!.end,
      },
    }
  }

  function paragraphOrTable(first: number): number {
    const second = lines[first + 1]
    if (second !== undefined && isDelimiterRow(second)) return table(first)
    let j = first + 1
    for (; j < lines.length; j++) {
      const line = lines[j]!
      if (isBlank(line)) break
      const from = skipSpaces(text, line)
      const rest = text.slice(from, line.to)
      if (from - line.from < 4) {
        if (UNDERLINE.test(rest)) unsure()
        if (interrupts(rest)) break
      }
      const next = lines[j + 1]
      if (next === undefined || !isDelimiterRow(next)) continue
      if (cellsOf(line).length === cellsOf(next).length && from - line.from < 4) break // a table's head
      unsure()
    }
    const own = lines.slice(first, j)
    const { content, placeOf } = contentOf(own)
    if (content.startsWith('[') && content.includes(']:')) unsure() // perhaps a definition
    found.push({
      type: 'paragraph',
      children: quickInlines(content, 0, placeOf),
      position: { start: placeOf(0), end: at(own.at(-1)!, own.at(-1)!.to) },
    })
    return j
  }

  function isDelimiterRow(line: Line): boolean {
    const from = skipSpaces(text, line)
    const rest = text.slice(from, line.to)
    return from - line.from < 4 && rest.includes('|') && DELIMITERS.test(rest)
  }

  function table(first: number): number {
    const columns = cellsOf(lines[first + 1]!).length
    if (cellsOf(lines[first]!).length !== columns) unsure()
    const rows: TableRow[] = []
    let j = first
    for (; j < lines.length; j++) {
      const line = lines[j]!
      if (isBlank(line)) break
      const from = skipSpaces(text, line)
      if (from - line.from >= 4) unsure()
      if (j === first + 1) continue
      if (j > first && (startsBlock(line) || text[from] === '<')) unsure()
      rows.push({
        type: 'tableRow',
        children: cellsOf(line).map((cell) => ({
          type: 'tableCell',
          children: quickInlines(cell.text.replaceAll('\\|', '|'), 0, (index) =>
            at(line, cell.from + withEscapes(cell.text, index)),
          ),
        })),
        position: { start: at(line, from), end: at(line, line.to) },
      })
    }
    const last = lines[j - 1]!
    found.push({
      type: 'table',
      children: rows,
      position: {
        start: rows[0]!.position!.start,
        end: at(last, last.to),
      },
    })
    return j
  }

  function cellsOf(line: Line): { text: string; from: number }[] {
    const from = skipSpaces(text, line)
    let row = text.slice(from, line.to)
    if (row.endsWith(' ')) unsure() // whether the row reaches to its last space depends on the table
    let offset = from
    if (row.startsWith('|')) {
      row = row.slice(1)
      offset++
    }
    if (/(?<!\\)\|$/.test(row)) row = row.slice(0, -1)
    if (/\\\\\|/.test(row)) unsure()
    const cells: { text: string; from: number }[] = []
    for (const part of row.split(/(?<!\\)\|/)) {
      const trimmed = part.trimStart()
      cells.push({ text: trimmed.trimEnd(), from: offset + part.length - trimmed.length })
      offset += part.length + 1
    }
    return cells
  }

  /** The lines of a paragraph without what is before and behind them, and where each character stands in the file. */
  function contentOf(own: readonly Line[]): { content: string; placeOf: PlaceOf } {
    const parts = own.map((line) => ({ line, from: skipSpacesAndTabs(text, line) }))
    let content = ''
    const starts: number[] = []
    for (const [i, { line, from }] of parts.entries()) {
      starts.push(content.length)
      content += (i === 0 ? '' : '') + text.slice(from, line.to) + (i < parts.length - 1 ? '\n' : '')
    }
    return {
      content,
      placeOf(index) {
        let i = starts.length - 1
        while (starts[i]! > index) i--
        return at(parts[i]!.line, parts[i]!.from + index - starts[i]!)
      },
    }
  }

  function startsBlock(line: Line): boolean {
    const from = skipSpaces(text, line)
    if (from - line.from >= 4) return false
    const rest = text.slice(from, line.to)
    return BULLET.test(rest) || NUMBER.test(rest) || interrupts(rest)
  }

  function isBlank(line: Line): boolean {
    return skipSpacesAndTabs(text, line) >= line.to
  }

  function markerOf(line: Line): Marker | undefined {
    const from = skipSpaces(text, line)
    if (from - line.from >= 4 || from >= line.to) return undefined
    const rest = text.slice(from, line.to)
    if (RULE.test(rest)) return undefined
    const bullet = BULLET.exec(rest)
    const match = bullet ?? NUMBER.exec(rest)
    if (match === null) return undefined
    if (match.at(-1) !== undefined) unsure() // an item that begins with an empty line
    const marker = bullet === null ? match[1]!.length + 1 : 1
    // Five spaces behind a marker are one, and indented code.
    if (match[0].length - marker > 4 || rest[marker] === '\t') unsure()
    return {
      kind: bullet === null ? `1${match[2]!}` : match[1]!,
      from,
      content: from + match[0].length,
      isLater: bullet === null && match[1] !== '1',
    }
  }
}

/** What ends a paragraph without an empty line in between. */
function interrupts(rest: string): boolean {
  const char = rest[0]!
  if (char === '>') return true
  if (char === '#') return HEADING.test(rest)
  if (char === '`' || char === '~') return FENCE.test(rest)
  if (char === '<') return htmlEnd(rest, true) !== undefined
  if (RULE.test(rest)) return true
  const bullet = BULLET.exec(rest)
  if (bullet !== null) return bullet[2] === undefined
  const number = NUMBER.exec(rest)
  return number !== null && number[1] === '1' && number[3] === undefined
}

/** How the HTML block ends that begins here, if one does. */
function htmlEnd(rest: string, inParagraph: boolean): RegExp | 'blank' | undefined {
  if (rest[0] !== '<') return undefined
  if (rest.startsWith('<!--')) return /-->/
  if (/^<(?:[?!]|\/?(?:script|pre|style|textarea)(?:[ >]|$))/i.test(rest)) unsure()
  if (BLOCK_TAG.test(rest)) return 'blank'
  return !inParagraph && ANY_TAG.test(rest) ? 'blank' : undefined
}

/** Where the line's text begins. A tab before it counts by columns, which is micromark's to do. */
function skipSpaces(text: string, { from, to }: Line): number {
  let at = from
  while (at < to && text[at] === ' ') at++
  if (at < to && text[at] === '\t' && text.slice(at, to).trim() !== '') unsure()
  return at
}

function skipSpacesAndTabs(text: string, { from, to }: Line): number {
  let at = from
  while (at < to && (text[at] === ' ' || text[at] === '\t')) at++
  return at
}

/** An index into the cell without its escapes, as one into the cell as written. */
function withEscapes(cell: string, index: number): number {
  let written = 0
  for (let read = 0; read < index; read++) written += cell.startsWith('\\|', written) ? 2 : 1
  return written
}

function at(line: Line, offset: number): { line: number; column: number; offset: number } {
  return { line: line.number, column: offset - line.start + 1, offset }
}

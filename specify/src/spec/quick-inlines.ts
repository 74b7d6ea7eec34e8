// The inline half of the quick parser: code spans, emphasis, links, HTML, as CommonMark 0.31 §6 says and micromark does.
// Works on one string of lines without their prefixes; `place` turns its indexes into places in the file.

import type { PhrasingContent } from 'mdast'
import { unsure } from './unsure.ts'

type Place = { line: number; column: number; offset: number }
export type PlaceOf = (index: number) => Place

/** Nothing here can open anything: most lines of a specification. */
const PLAIN = /^[^*_`<[\]!\\~&]*$/

export function quickInlines(text: string, from: number, placeOf: PlaceOf): PhrasingContent[] {
  if (PLAIN.test(text))
    return [asMdast({ type: 'text', from, to: text.length, value: text.slice(from) }, placeOf)]
  const nodes = parse(text, from)
  const found: PhrasingContent[] = []
  for (let node = nodes.next; node !== undefined; node = node.next)
    if (node.from < node.to) found.push(asMdast(node, placeOf))
  return found
}

type Item = {
  type: 'text' | 'break' | 'inlineCode' | 'html' | 'emphasis' | 'strong' | 'link' | 'image'
  from: number
  to: number
  value?: string
  children?: Item[]
  prev?: Item | undefined
  next?: Item | undefined
}
type Run = { item: Item; marker: string; opens: boolean; closes: boolean }
type Bracket = { item: Item; runs: number; isImage: boolean; isActive: boolean }

const PUNCTUATION = /[!-/:-@[-`{-~]/
const ENTITY = /&(?:#[xX][\da-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z\d]{0,31});/y
const AUTOLINK = /<(?:[A-Za-z][A-Za-z\d.+-]{1,31}:[^<>\0-\x20]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>/y
const TAG =
  /<(?:[A-Za-z][A-Za-z\d-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|\/[A-Za-z][A-Za-z\d-]*\s*>)/y
const TARGET =
  /\(\s*(?:<[^<>\n\\]*>|(?!<)[^\s()\\]*(?:\([^\s()\\]*\)[^\s()\\]*)*)(?:\s+(?:"[^"\\]*"|'[^'\\]*'))?\s*\)/y
/** An address of its own in which marks would be read as part of it. */
const MARKED_ADDRESS = /(?:https?:\/\/|www\.)[^\s<]*?(?:[*~`[\]\\&]|_(?![A-Za-z\d])|(?<![A-Za-z\d])_)/i
const KNOWN_ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': '\u00a0',
}

function parse(text: string, from: number): Item {
  const head: Item = { type: 'text', from, to: from }
  let last = head
  const runs: Run[] = []
  const brackets: Bracket[] = []
  const tildes: { size: number; opens: boolean; closes: boolean }[] = []
  let plainFrom = from
  let at = from

  while (at < text.length) {
    const char = text[at]!
    switch (char) {
      case '\\': {
        const next = text[at + 1]
        if (next === '\n') add('break', 2)
        else if (next !== undefined && PUNCTUATION.test(next)) add('text', 2, next)
        else at++
        break
      }
      case '\n':
        if (text[at - 1] === ' ' && text[at - 2] === ' ') add('break', 1)
        else at++
        break
      case '`':
        codeSpan()
        break
      case '<':
        angle()
        break
      case '&': {
        const entity = match(ENTITY)
        if (entity === undefined) at++
        else add('text', entity.length, KNOWN_ENTITIES[entity] ?? unsure())
        break
      }
      case '!':
        if (text[at + 1] === '[') openBracket(2)
        else at++
        break
      case '[':
        openBracket(1)
        break
      case ']':
        closeBracket()
        break
      case '*':
      case '_':
        run(char)
        break
      case '~':
        tilde()
        break
      default:
        at++
    }
  }
  flush()
  emphasize(0)
  // Struck text crosses emphasis by rules of its own.
  if (
    tildes.some(
      ({ size, opens }, i) => opens && tildes.slice(i + 1).some((to) => to.closes && to.size === size),
    )
  )
    unsure()
  if (MARKED_ADDRESS.test(text)) unsure()
  return head

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }

  function flush(): void {
    if (plainFrom < at) append({ type: 'text', from: plainFrom, to: at, value: text.slice(plainFrom, at) })
    plainFrom = at
  }

  function append(item: Item): Item {
    item.prev = last
    last.next = item
    last = item
    return item
  }

  function add(type: Item['type'], length: number, value?: string): Item {
    flush()
    const item = append({ type, from: at, to: at + length, ...(value !== undefined && { value }) })
    at += length
    plainFrom = at
    return item
  }

  function codeSpan(): void {
    const ticks = countOf('`')
    for (let to = at + ticks; ;) {
      const start = text.indexOf('`', to)
      if (start === -1) break
      let end = start
      while (text[end] === '`') end++
      if (end - start === ticks) {
        const inside = text.slice(at + ticks, start)
        if (inside.startsWith('\n') || inside.endsWith('\n')) unsure() // the spaces around the line ending count
        const isPadded = /^[ \n][^]*[ \n]$/.test(inside) && inside.trim() !== ''
        add('inlineCode', end - at, isPadded ? inside.slice(1, -1) : inside)
        return
      }
      to = end
    }
    at += ticks
  }

  function countOf(marker: string): number {
    let to = at
    while (text[to] === marker) to++
    return to - at
  }

  function angle(): void {
    const link = match(AUTOLINK)
    if (link !== undefined) {
      add('text', link.length, link.slice(1, -1))
      return
    }
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 2)
      if (end === -1) at++
      else add('html', end + 3 - at, text.slice(at, end + 3))
      return
    }
    const next = text[at + 1]
    if (next === '!' || next === '?') unsure()
    const tag = match(TAG)
    if (tag === undefined) at++
    else add('html', tag.length, tag)
  }

  function openBracket(length: 1 | 2): void {
    const item = add('text', length, length === 2 ? '![' : '[')
    brackets.push({ item, runs: runs.length, isImage: length === 2, isActive: true })
  }

  function closeBracket(): void {
    const bracket = brackets.pop()
    if (bracket === undefined || !bracket.isActive) {
      at++
      return
    }
    if (text[at + 1] !== '(') {
      at++ // no file with definitions comes here, so this refers to nothing
      return
    }
    at++
    const target = match(TARGET)
    at--
    if (target === undefined) {
      if (/^\((?:[^()\n]*[\\<]|[^()\n]*\([^)\n]*\()/.test(text.slice(at + 1))) unsure()
      at++
      return
    }
    flush()
    emphasize(bracket.runs)
    const { item, isImage } = bracket
    const children: Item[] = []
    for (let child = item.next; child !== undefined; child = child.next) children.push(child)
    item.type = isImage ? 'image' : 'link'
    delete item.value
    if (!isImage) item.children = children
    item.next = undefined
    last = item
    at += 1 + target.length
    plainFrom = at
    item.to = at
    if (!isImage) for (const outer of brackets) if (!outer.isImage) outer.isActive = false
  }

  function run(marker: string): void {
    const length = countOf(marker)
    if (isMarker(text[at - 1]) || isMarker(text[at + length])) unsure() // runs of two kinds side by side
    const before = kindOf(text.charCodeAt(at - 1))
    const after = kindOf(text.charCodeAt(at + length))
    const opens = after === 0 || (after === 2 && before !== 0)
    const closes = before === 0 || (before === 2 && after !== 0)
    const item = add('text', length, text.slice(at, at + length))
    runs.push({
      item,
      marker,
      opens: marker === '*' ? opens : opens && (before !== 0 || !closes),
      closes: marker === '*' ? closes : closes && (after !== 0 || !opens),
    })
  }

  function tilde(): void {
    const size = countOf('~')
    const before = kindOf(text.charCodeAt(at - 1))
    const after = kindOf(text.charCodeAt(at + size))
    if (size <= 2)
      tildes.push({
        size,
        opens: after === 0 || (after === 2 && before !== 0),
        closes: before === 0 || (before === 2 && after !== 0),
      })
    at += size
  }

  /** Pairs the runs from `bottom` on; each closing run takes the nearest opening one. */
  function emphasize(bottom: number): void {
    for (let c = bottom; c < runs.length; c++) {
      const close = runs[c]!
      if (!close.closes) continue
      for (let o = c - 1; o >= bottom && close.item.from < close.item.to; o--) {
        const open = runs[o]!
        if (!open.opens || open.marker !== close.marker) continue
        const [openSize, closeSize] = [open.item.to - open.item.from, close.item.to - close.item.from]
        if (openSize === 0) continue
        // "Multiples of three", CommonMark §6.2 rules 9 and 10.
        if ((open.closes || close.opens) && closeSize % 3 !== 0 && (openSize + closeSize) % 3 === 0) continue
        wrap(open.item, close.item, openSize > 1 && closeSize > 1 ? 2 : 1)
        runs.splice(o + 1, c - o - 1) // what stood between is inside now and pairs with nothing outside
        c = o + 1
        o = o + 1 // the same opening run may have marks left
      }
    }
    runs.length = bottom
  }

  function wrap(open: Item, close: Item, size: 1 | 2): void {
    open.to -= size
    close.from += size
    open.value = text.slice(open.from, open.to)
    close.value = text.slice(close.from, close.to)
    const item: Item = {
      type: size === 2 ? 'strong' : 'emphasis',
      from: open.to,
      to: close.from,
      children: [],
      prev: open,
      next: close,
    }
    for (let child = open.next; child !== close && child !== undefined; child = child.next)
      item.children!.push(child)
    open.next = item
    close.prev = item
  }
}

/** 1 for white space and the edges of the text, 2 for punctuation and symbols, 0 for the rest. */
function kindOf(unit: number): 0 | 1 | 2 {
  if (Number.isNaN(unit)) return 1
  if (unit < 128) {
    if (unit <= 32) return 1
    return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) ? 0 : 2
  }
  const char = String.fromCharCode(unit)
  return /\s/.test(char) ? 1 : /[\p{P}\p{S}]/u.test(char) ? 2 : 0
}

function isMarker(char: string | undefined): boolean {
  return char === '*' || char === '_' || char === '~'
}

function asMdast(item: Item, placeOf: PlaceOf): PhrasingContent {
  const position = { start: placeOf(item.from), end: placeOf(item.to) }
  const children = () =>
    item.children!.filter(({ from, to }) => from < to).map((child) => asMdast(child, placeOf))
  switch (item.type) {
    case 'text':
    case 'inlineCode':
    case 'html':
      return { type: item.type, value: item.value ?? '', position }
    case 'break':
      return { type: 'break', position }
    case 'image':
      return { type: 'image', url: '', position }
    case 'link':
      return { type: 'link', url: '', children: children(), position }
    case 'strong':
    case 'emphasis':
      return { type: item.type, children: children(), position }
  }
}

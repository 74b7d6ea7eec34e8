import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { startsOfLines } from '../workspace/json-positions.ts'
import type { Heading } from './model.ts'
import { quickMarkdown } from './quick-markdown.ts'

/** A Markdown file, parsed once and handed to everyone who wants to know something about it. */
export type MarkdownFile = {
  /** Relative to the workspace root. */
  readonly file: string
  /** The file's text; YAML front matter is blanked out. */
  readonly text: string
  /** `text` with code and comments blanked out: same offsets, same lines, only what the author says in words. */
  readonly prose: string
  readonly root: Root
  readonly headings: readonly Heading[]
  readonly lineStarts: readonly number[]
}

export function parseMarkdown(written: string, file: string): MarkdownFile {
  const text = withoutFrontMatter(written)
  const root = quickMarkdown(text) ?? fullMarkdown(text)
  return {
    file,
    text,
    prose: blankOut(text, root),
    root,
    headings: root.children
      .filter((node) => node.type === 'heading')
      .map((node) => ({ depth: node.depth, text: plainText(node), line: lineOf(node) })),
    lineStarts: startsOfLines(text),
  }
}

/** Every construct of CommonMark and GFM; a twentieth of the quick parser's speed. */
export function fullMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

const FRONT_MATTER = /^---[ \t]*(?:\r\n|\n)[\s\S]*?(?:\r\n|\n)---[ \t]*(?=\r|\n|$)/

/** Markdown would read the closing line of YAML front matter as the underline of a heading. */
function withoutFrontMatter(text: string): string {
  return text.replace(FRONT_MATTER, (matter) => matter.replaceAll(/[^\r\n]/g, ' '))
}

/** What a reader sees of the node, on one line. */
export function plainText(node: Nodes): string {
  if ('value' in node) return node.value
  if (node.type === 'break') return ' '
  if (!('children' in node)) return ''
  return node.children.map(plainText).join('').replaceAll(/\s+/g, ' ').trimEnd()
}

export function lineOf(node: Nodes): number {
  return node.position!.start.line // fromMarkdown gives every node its position
}

export function columnOf(node: Nodes): number {
  return node.position!.start.column
}

export function endLineOf(node: Nodes): number {
  return node.position!.end.line
}

/** The file's own characters between the start of the node and its end. */
export function sourceOf(text: string, node: Nodes): string {
  return text.slice(node.position!.start.offset, node.position!.end.offset)
}

const SILENT = new Set(['code', 'inlineCode', 'html'])

function blankOut(text: string, root: Root): string {
  const parts: string[] = []
  let at = 0
  visit(root)
  parts.push(text.slice(at))
  return parts.join('')

  // Not a generator: a chain of them took longer than parsing did.
  function visit(node: Nodes): void {
    if (SILENT.has(node.type)) {
      const start = node.position!.start.offset!
      const end = node.position!.end.offset!
      parts.push(text.slice(at, start), text.slice(start, end).replaceAll(/[^\r\n]/g, ' '))
      at = end
    } else if ('children' in node) for (const child of node.children) visit(child)
  }
}

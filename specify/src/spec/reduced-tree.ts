import type { Nodes } from 'mdast'
import { plainText } from './markdown.ts'

/**
 * What anybody here looks at in a Markdown tree, as lines to compare: types, places, the words a reader sees. Text, line
 * breaks and bare addresses are in the words; cells have no place.
 */
export function reduced(node: Nodes, text: string, depth = 0): string[] {
  if (node.type === 'text' || node.type === 'break') return []
  const { start, end } = node.position ?? { start: undefined, end: undefined }
  const inner = 'children' in node ? node.children.flatMap((child) => reduced(child, text, depth + 1)) : []
  if (node.type === 'link' && text[start?.offset ?? -1] !== '[') return inner
  const place =
    node.type === 'tableCell' || node.type === 'root'
      ? ''
      : `${start!.line}:${start!.column}@${start!.offset}-${end!.line}:${end!.column}@${end!.offset}`
  const facts = {
    ...('depth' in node && { depth: node.depth }),
    ...('ordered' in node && { ordered: node.ordered === true }),
    ...('checked' in node && { checked: node.checked }),
    ...('lang' in node && { lang: node.lang }),
    ...(node.type === 'code' && { value: node.value }),
    ...(node.type === 'inlineCode' && { value: node.value.replaceAll(/\s+/g, ' ') }),
    ...(WORDS.has(node.type) && { words: plainText(node).trim() }),
  }
  return [`${' '.repeat(depth)}${node.type} ${place} ${JSON.stringify(facts)}`, ...inner]
}

const WORDS = new Set(['heading', 'paragraph', 'tableCell', 'strong', 'emphasis', 'delete', 'link'])

import type { Block } from '../spec/model.ts'
import type { Place } from './hurl/model.ts'

/**
 * The line a problem is in, with a caret below its column:
 *
 *     34 | GET http://x y
 *        |              ^
 *
 * Empty when the place is not in the block.
 */
export function excerpt(
  { text, line: firstLine, column: firstColumn }: Block,
  { line, column }: Place,
): string {
  const source = text.split(/\r?\n/)[line - firstLine]
  if (source === undefined) return ''
  const gutter = ' '.repeat(String(line).length)
  // Tabs stay tabs, so that the caret stands below its character whatever their width.
  const before = source.slice(0, Math.max(0, column - firstColumn)).replaceAll(/[^\t]/g, ' ')
  return `\n    ${line} | ${source}\n    ${gutter} | ${before}^`
}

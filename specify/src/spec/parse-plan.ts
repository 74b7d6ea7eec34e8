import { lineOf, sourceOf, type MarkdownFile } from './markdown.ts'
import type { PlanField } from './model.ts'

/** The bold fields of a plan: `**Language/Version**: TypeScript 7`, in paragraphs and bullets. */
export function parsePlanFields({ text, root }: MarkdownFile): PlanField[] {
  return root.children.flatMap((node) => {
    if (node.type !== 'paragraph' && node.type !== 'list') return []
    const lines = sourceOf(text, node).split(/\r\n|\n|\r/)
    return lines.flatMap((line, i): PlanField[] => {
      const [, name, value] =
        /^\s*(?:[-*+]\s+)?\*\*([^*]+?)\s*(?:\*\*\s*[::]|[::]\s*\*\*)\s*(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [{ name: name.trim(), value: value!.trim(), line: lineOf(node) + i }]
    })
  })
}

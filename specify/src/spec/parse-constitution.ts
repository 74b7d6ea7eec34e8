import { lineOf, plainText, type MarkdownFile } from './markdown.ts'
import type { Principle } from './model.ts'

const PRINCIPLES = /principle|princíp|princip|prinzip|grundsätz|принцип|原则|原則|원칙|مبادئ/iu

/** `I. Tests first`, `Article IV: …`, `Principle 3 — …`, `第三条 …`: a heading that counts is a principle by itself. */
const NUMBERED =
  /^(?:(?:[IVXL]+|\d+)[.)::]\s|(?:article|principle|artigo|art[ií]culo|artikel|princ[ií]pio|principio|статья)\s+(?:[IVXL]+|\d+)\b|第[一二三四五六七八九十\d]+[条條])/iu

/**
 * The principles of a constitution: headings below "Core Principles", or its bullets where there are no headings; without
 * such a section the numbered headings.
 */
export function parsePrinciples({ root }: MarkdownFile): Principle[] {
  const headings: Principle[] = []
  const bullets: Principle[] = []
  const numbered: Principle[] = []
  let depth: number | undefined
  for (const node of root.children) {
    if (node.type === 'heading') {
      const title = plainText(node)
      if (NUMBERED.test(title)) numbered.push({ title, line: lineOf(node) })
      if (depth !== undefined && node.depth > depth) headings.push({ title, line: lineOf(node) })
      else if (node.depth > 1) depth = PRINCIPLES.test(title) ? node.depth : undefined
    } else if (node.type === 'list' && depth !== undefined)
      bullets.push(...node.children.map((item) => ({ title: plainText(item), line: lineOf(item) })))
  }
  return headings.length > 0 ? headings : bullets.length > 0 ? bullets : numbered
}

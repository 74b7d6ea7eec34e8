import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readText } from '../workspace/read-text.ts'

export type ChecklistItem = {
  /** `CHK003`, when it has one. */
  readonly id: string | undefined
  readonly text: string
  readonly isChecked: boolean
  readonly line: number
}

export type Checklist = {
  readonly name: string
  readonly items: readonly ChecklistItem[]
}

const ITEM = /^(\s*(?:[-*+]|\d+[.)])\s+\[)([ xX])(\]\s+)(.*)$/

/** The checklists of a feature's folder, by name. */
export async function readChecklists(folder: string): Promise<Checklist[]> {
  const place = join(folder, 'checklists')
  if (!existsSync(place)) return []
  const names = (await readdir(place)).filter((name) => name.endsWith('.md')).sort()
  return Promise.all(
    names.map(async (name) => ({
      name: name.slice(0, -3),
      items: parseChecklist(await readText(join(place, name))),
    })),
  )
}

export function parseChecklist(text: string): ChecklistItem[] {
  return text.split(/\r\n|\n/).flatMap((line, i) => {
    const match = ITEM.exec(line)
    if (match === null) return []
    const id = /^\W*(CHK\d+)\b/.exec(match[4]!)?.[1]
    return [{ id, text: match[4]!.trim(), isChecked: match[2] !== ' ', line: i + 1 }]
  })
}

/** The same text with the boxes on these lines ticked: no other character changes. */
export function tickLines(text: string, lines: ReadonlySet<number>): string {
  let number = 0
  return text.replaceAll(/[^\n]*(?:\n|$)/g, (line) => {
    number++
    return lines.has(number) ? line.replace(/^(\s*(?:[-*+]|\d+[.)])\s+\[) (\])/, '$1X$2') : line
  })
}

/** Spec Kit's table: total, checked, unchecked, status. */
export function checklistTable(checklists: readonly Checklist[]): string {
  const rows = checklists.map(({ name, items }) => {
    const checked = items.filter(({ isChecked }) => isChecked).length
    return `| ${name}.md | ${items.length} | ${checked} | ${items.length - checked} | ${checked === items.length ? '✓ PASS' : '✗ FAIL'} |`
  })
  return ['| Checklist | Total | Checked | Unchecked | Status |', '|---|---|---|---|---|', ...rows].join('\n')
}

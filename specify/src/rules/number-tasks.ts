import type { Task } from '../spec/model.ts'

/**
 * Gives tasks without an id the next free numbers, in the order of the file; nothing else changes. A file without a
 * single `T012` has a convention of its own and stays as it is.
 */
export function numberTasks(text: string, tasks: readonly Task[]): { text: string; lines: number[] } {
  const numbers = tasks
    .flatMap(({ id }) => /^T(\d+)[A-Za-z]?$/.exec(id ?? '') ?? [])
    .filter((_, i) => i % 2 === 1)
  const open = tasks.filter(({ id }) => id === undefined)
  if (numbers.length === 0 || open.length === 0) return { text, lines: [] }
  const width = Math.max(...numbers.map((digits) => digits.length))
  let next = Math.max(...numbers.map(Number)) + 1
  const parts = text.split(/(\r\n|\n|\r)/) // lines at even places, their endings between
  const lines: number[] = []
  for (const { line } of open) {
    const at = 2 * (line - 1)
    const numbered = parts[at]?.replace(
      /^(\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+)/,
      `$1T${String(next).padStart(width, '0')} `,
    )
    if (numbered === undefined || numbered === parts[at]) continue
    parts[at] = numbered
    lines.push(line)
    next++
  }
  return { text: parts.join(''), lines }
}

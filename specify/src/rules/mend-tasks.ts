// What `validate --fix` changes in tasks.md: digits of ids, and nothing else. Each mend gives the text back unchanged where more
// than one answer is possible, and finds nothing more to do when run again.

import { parseMarkdown } from '../spec/markdown.ts'
import type { Task } from '../spec/model.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import { numberTasks } from './number-tasks.ts'

export type Mended = { readonly text: string; readonly lines: readonly number[] }

/** The three mends one after the other; `ids` are those of the spec's requirements, criteria and stories. */
export function mendTasks(text: string, ids: readonly string[]): Mended {
  const lines = new Set<number>()
  const apply = (before: string, mend: (text: string, tasks: readonly Task[]) => Mended): string => {
    const mended = mend(before, parseTasks(parseMarkdown(before, 'tasks.md')))
    for (const line of mended.lines) lines.add(line)
    return mended.text
  }
  const numbered = apply(text, numberTasks)
  const unique = apply(numbered, renumberDuplicates)
  const referring = apply(unique, (before, tasks) => writeReferencesAlike(before, tasks, ids))
  return { text: referring, lines: [...lines].sort((a, b) => a - b) }
}

/**
 * Gives the second task of a number the next free one, unless anything else in the file names that number: then nobody
 * but the author knows which of the two is meant.
 */
export function renumberDuplicates(text: string, tasks: readonly Task[]): Mended {
  const numbers = tasks.flatMap(({ id }) => /^T(\d+)$/.exec(id ?? '')?.[1] ?? [])
  let next = Math.max(0, ...numbers.map(Number)) + 1
  const seen = new Set<string>()
  return changeLines(
    text,
    tasks.flatMap(({ id, line }) => {
      const digits = /^T(\d+)$/.exec(id ?? '')?.[1]
      if (id === undefined || digits === undefined) return []
      const isSecond = seen.has(id)
      seen.add(id)
      const own = tasks.filter((task) => task.id === id).length
      const named = text.match(new RegExp(`\\b${id}\\b`, 'g'))?.length ?? 0
      if (!isSecond || named !== own) return []
      const free = `T${String(next++).padStart(digits.length, '0')}`
      return [{ line, change: (written: string) => written.replace(new RegExp(`\\b${id}\\b`), free) }]
    }),
  )
}

/** `FR-3` becomes `FR-003` and `US01` becomes `US1` where the spec writes it so and has no other of that number. */
export function writeReferencesAlike(text: string, tasks: readonly Task[], ids: readonly string[]): Mended {
  const byNumber = Map.groupBy(ids, withoutZeros)
  return changeLines(
    text,
    tasks.flatMap(({ line, requirements, stories }) => {
      const slips = [...requirements, ...stories].flatMap((id) => {
        const meant = ids.includes(id) ? undefined : byNumber.get(withoutZeros(id))
        return meant?.length === 1 ? [[id, meant[0]!] as const] : []
      })
      if (slips.length === 0) return []
      const change = (written: string) =>
        slips.reduce((so, [id, meant]) => so.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), meant), written)
      return [{ line, change }]
    }),
  )
}

function withoutZeros(id: string): string {
  return id.replaceAll(/\d+/g, (digits) => String(Number(digits)))
}

/** Line endings stay as they are, also where they are mixed. */
function changeLines(
  text: string,
  changes: readonly { line: number; change: (written: string) => string }[],
): Mended {
  const parts = text.split(/(\r\n|\n|\r)/) // lines at even places, their endings between
  const lines: number[] = []
  for (const { line, change } of changes) {
    const at = 2 * (line - 1)
    const written = parts[at]
    const changed = written === undefined ? undefined : change(written)
    if (changed === undefined || changed === written) continue
    parts[at] = changed
    lines.push(line)
  }
  return { text: parts.join(''), lines }
}

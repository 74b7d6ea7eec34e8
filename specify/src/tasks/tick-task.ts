import type { Task } from '../spec/model.ts'

/** tasks.md with this task done: its box or those of its steps ticked, or `- Status: done` at the end of its block. Nothing else changes. */
export function tickTask(text: string, task: Task): string {
  const lines = text.split('\n')
  const at = task.line - 1
  if (!/^Task \d/.test(task.id ?? '')) {
    lines[at] = lines[at]!.replace(/\[ \]/, '[X]')
    return lines.join('\n')
  }
  for (const { line } of task.steps ?? []) lines[line - 1] = lines[line - 1]!.replace(/\[ \]/, '[X]')
  const next = lines.findIndex((line, i) => i > at && /^#{1,6}\s/.test(line))
  const end = next === -1 ? lines.length : next
  const last = lines.findLastIndex((line, i) => i < end && i > at && /^\s*[-*+]\s/.test(line))
  const status = lines.findIndex((line, i) => i > at && i < end && /^\s*[-*+]\s+\**Status\**\s*:/i.test(line))
  const eol = text.includes('\r\n') ? '\r' : ''
  if (status !== -1) lines[status] = `- Status: done${eol}`
  else if (task.steps === undefined) lines.splice((last === -1 ? at : last) + 1, 0, `- Status: done${eol}`)
  return lines.join('\n')
}

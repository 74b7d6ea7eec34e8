/** Columns side by side, cut to `limit` characters each; the last line has no trailing spaces. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], limit = 40): string {
  const cut = (text: string) => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text)
  const cells = [head, ...rows].map((row) => row.map(cut))
  const widths = head.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)))
  const lines = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** Columns side by side, cut to `limit` places each; the last line has no trailing spaces. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], limit = 40): string {
  const cells = [head, ...rows].map((row) => row.map((text) => cut(text, limit)))
  const widths = head.map((_, i) => Math.max(...cells.map((row) => placesOf(row[i] ?? ''))))
  const lines = cells.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i]! - placesOf(cell)))
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cut(text: string, limit: number): string {
  if (placesOf(text) <= limit) return text
  let [kept, places] = ['', 0]
  for (const { segment } of segments(text)) {
    places += widthOf(segment)
    if (places > limit - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Made when a text needs it: it takes milliseconds that most runs can do without. */
let characters: Intl.Segmenter | undefined

function segments(text: string): Intl.Segments {
  return (characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text)
}

/** Places in a terminal: Chinese, Japanese, Korean and emoji take two each. */
export function placesOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let places = 0
  for (const { segment } of segments(text)) places += widthOf(segment)
  return places
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

function widthOf(character: string): number {
  return WIDE.test(character) ? 2 : 1
}

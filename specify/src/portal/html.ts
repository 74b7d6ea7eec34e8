// HTML as values: whatever is put into the template is text unless it is HTML already, so nothing has to be escaped by
// hand and nothing can be forgotten. Specs are written by anybody.

export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template; lists are joined, nothing and `false` print nothing. */
export type Part = Html | string | number | false | undefined | null | readonly Part[]

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!
  for (let i = 0; i < parts.length; i++) text += written(parts[i]) + strings[i + 1]!
  return new Html(text)
}

export const nothing = new Html('')

/** Text as it stands between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(EACH_SPECIAL, (char) => ENTITIES[char]!) : text
}

/** A value inside a script element: no text in it can end the element. */
export function jsonForScript(value: unknown): Html {
  return new Html(
    JSON.stringify(value).replaceAll(
      UNSAFE_IN_SCRIPT,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
}

const SPECIAL = /[&<>"']/
const EACH_SPECIAL = /[&<>"']/g
const UNSAFE_IN_SCRIPT = /[<>&\u2028\u2029]/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function written(part: Part): string {
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  if (Array.isArray(part)) return (part as readonly Part[]).map(written).join('')
  return ''
}

/** Text that is already HTML. Only `html` and `trusted` make it, so nothing unescaped slips into a page or an e-mail. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

type Part = Html | string | number | undefined | false | readonly Part[]

/** html`<p>${name}</p>`: values are escaped, Html values and lists of them are spliced in, undefined and false are empty. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!
  parts.forEach((part, i) => {
    text += textOf(part) + strings[i + 1]!
  })
  return new Html(text)
}

/** Marks text as HTML. For style sheets and the like of our own; never for anything that came in from outside. */
export function trusted(text: string): Html {
  return new Html(text)
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ENTITY[char]!)
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return part.map(textOf).join('')
}

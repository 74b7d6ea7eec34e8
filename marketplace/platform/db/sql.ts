import { createHash } from 'node:crypto'

/** A parameterised statement; values never become part of the text. */
export type Sql = { readonly text: string; readonly values: readonly unknown[]; readonly name: string }

class Fragment implements Sql {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]

  constructor(strings: readonly string[], values: readonly unknown[]) {
    this.strings = strings
    this.values = values
  }

  get text(): string {
    let text = this.strings[0]!
    for (let i = 1; i < this.strings.length; i++) text += `$${i}${this.strings[i]!}`
    return text
  }

  /** Equal texts share one server-side prepared statement. */
  get name(): string {
    const { text } = this
    let name = names.get(text)
    if (name === undefined)
      names.set(text, (name = createHash('sha1').update(text).digest('base64url').slice(0, 22)))
    return name
  }
}

const names = new Map<string, string>()

/** sql`select * from t where id = ${id}`; an interpolated sql`…` is spliced in, anything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const texts: string[] = [strings[0]!]
  const values: unknown[] = []
  parts.forEach((part, i) => {
    if (part instanceof Fragment) {
      texts[texts.length - 1] += part.strings[0]!
      texts.push(...part.strings.slice(1))
      values.push(...part.values)
    } else {
      values.push(part)
      texts.push('')
    }
    texts[texts.length - 1] += strings[i + 1]!
  })
  return new Fragment(texts, values)
}

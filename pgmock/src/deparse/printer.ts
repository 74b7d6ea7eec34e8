// ruleutils.c's buffer: text that is broken into lines and indented as pg_get_viewdef does it.

import type { Query, QueryNames } from './query.ts'
import type { ExpressionScope } from './scope.ts'
import type { Source } from './typed.ts'

const LIMIT = 40
const STANDARD = 8

type PrintQuery = (query: Query, out: Printer, scope: ExpressionScope, shown: QueryNames) => void

export class Printer {
  readonly major: number
  text = ''
  indent = 0
  /** Whether columns are printed with the name of what they come from. */
  prefixed = false
  /** Names that sources got, which may differ from their aliases where a query inside another uses one again. */
  readonly names = new Map<Source, string>()
  readonly taken: ReadonlySet<string>[] = []

  /** Expressions hold queries, and those hold expressions: they meet here. */
  readonly printQuery: PrintQuery

  constructor(major: number, printQuery: PrintQuery) {
    this.major = major
    this.printQuery = printQuery
  }

  add(text: string): void {
    this.text += text
  }

  /** appendContextKeyword: a new line, `plus` further in for this line, `after` for those below. */
  keyword(word: string, before: number, after: number, plus: number): void {
    this.indent += before
    this.text = this.text.replace(/ +$/, '')
    let amount =
      this.indent < LIMIT
        ? Math.max(this.indent, 0)
        : (LIMIT + Math.trunc((this.indent - LIMIT) / (STANDARD / 2))) % LIMIT
    amount += plus
    this.text += `\n${' '.repeat(amount)}${word}`
    this.indent = Math.max(0, this.indent + after)
  }

  /** What `write` adds, instead of adding it. */
  aside(write: () => void): string {
    const kept = this.text
    this.text = ''
    write()
    const made = this.text
    this.text = kept
    return made
  }

  nameOf(source: Source): string | undefined {
    return this.names.get(source) ?? source.alias
  }
}

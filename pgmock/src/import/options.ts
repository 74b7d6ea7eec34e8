import type { DefElem, Node } from 'libpg-query'
import { stringOf } from '../deparse/type-name.ts'
import { quoteName, quoteText } from '../formats/names.ts'
import { MAJOR } from './lookup.ts'

/** The value behind an option, as text: `fillfactor = 70` → `70`. */
export function optionText({ arg }: DefElem): string {
  if (!arg) return 'true'
  if ('Boolean' in arg) return String(arg.Boolean.boolval === true)
  if ('Integer' in arg) return String(arg.Integer.ival ?? 0)
  if ('Float' in arg) return arg.Float.fval ?? '0'
  if ('TypeName' in arg) return (arg.TypeName.names ?? []).map(stringOf).at(-1) ?? ''
  return stringOf(arg)
}

/** `(fillfactor = 70, toast.autovacuum_enabled = off)` as pg_dump prints it; undefined without options. */
export function relationOptions(options: readonly Node[]): string | undefined {
  const shown = optionList(options).map(([name, value]) => `${name}=${optionValue(value)}`)
  return shown.length === 0 ? undefined : shown.join(', ')
}

/** appendReloptionsArray: bare when it could be a name. */
function optionValue(value: string): string {
  return quoteName(value, MAJOR) === value ? value : quoteText(value)
}

/** Those of the TOAST table come last, as pg_dump appends them. */
export function optionList(options: readonly Node[]): (readonly [name: string, value: string])[] {
  const all = options.flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
  const named = (toast: boolean) =>
    all
      .filter(({ defnamespace }) => (defnamespace === 'toast') === toast)
      .map(
        (option) =>
          [`${toast ? 'toast.' : ''}${quoteName(option.defname ?? '', MAJOR)}`, optionText(option)] as const,
      )
  return [...named(false), ...named(true)]
}

/** What SET (…) leaves. */
export function mergedOptions(given: string | undefined, nodes: readonly Node[]): string | undefined {
  const rest = withoutOptions(given, nodes)
  return [rest, relationOptions(nodes)].filter((part) => part !== undefined).join(', ') || undefined
}

/** What RESET (…) leaves. */
export function withoutOptions(given: string | undefined, nodes: readonly Node[]): string | undefined {
  const names = new Set(optionList(nodes).map(([name]) => name))
  const kept = (given ?? '')
    .match(/[\w."]+=(?:'(?:[^']|'')*'|\w+)/g)
    ?.filter((one) => !names.has(one.split('=')[0]!))
  return kept && kept.length > 0 ? kept.join(', ') : undefined
}

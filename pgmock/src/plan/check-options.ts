import { didYouMean } from '@specwright/cli/nearest.ts'
import { parseDuration } from '../bytes/dates.ts'
import type { FindingList } from '../schema/finding-list.ts'
import type { Column } from '../schema/model.ts'
import { isNumber } from '../schema/pg-type.ts'
import type { Generator, OptionKind } from '../values/generator.ts'
import { instantFrom } from './generator-context.ts'

/** The column's settings and its generator's options in one table; what does not fit becomes a finding. */
export function checkedOptions(
  column: Column,
  generator: Generator,
  inferred: Readonly<Record<string, unknown>>,
  findings: FindingList,
): Record<string, unknown> {
  const known = generator.options ?? {}
  const options: Record<string, unknown> = { ...inferred }
  for (const [name, value] of Object.entries(column.settings)) {
    const target = renamed(name, generator)
    if (known[target]) options[target] = value
    else if (!(name === 'distribution' && isNumber(column.type)))
      findings.warning(
        'setting-unused',
        `${column.pointer}/${name}`,
        `${column.name}: the generator ${generator.name} does not use "${name}"`,
        `It knows ${Object.keys(known).join(', ') || 'no options'}.`,
      )
  }
  for (const [name, value] of Object.entries(column.generator?.options ?? {})) {
    const option = known[name]
    const at = `${column.generator!.pointer}/${name}`
    if (!option && !generator.anyOptions) {
      findings.error(
        'unknown-option',
        at,
        `the generator ${generator.name} has no option "${name}"`,
        didYouMean(name, Object.keys(known)) ?? `It knows ${Object.keys(known).join(', ') || 'no options'}.`,
      )
      continue
    }
    options[name] = value
  }
  for (const [name, value] of Object.entries(options)) {
    const kind = known[name]?.kind
    if (kind === undefined || fits(value, kind)) continue
    delete options[name]
    const inGenerator = column.generator && name in column.generator.options
    findings.error(
      'bad-option',
      inGenerator ? `${column.generator.pointer}/${name}` : `${column.pointer}/${name}`,
      `${column.name}: ${name} must be ${described(kind)}, not ${JSON.stringify(value)}`,
    )
  }
  return options
}

/** `min` and `max` of a time column are the timestamp generator's `from` and `to`. */
function renamed(setting: string, { name }: Generator): string {
  if (name !== 'timestamp') return setting
  return setting === 'min' ? 'from' : setting === 'max' ? 'to' : setting
}

function fits(value: unknown, kind: OptionKind): boolean {
  if (typeof kind === 'object') return typeof value === 'string' && kind.choices.includes(value)
  switch (kind) {
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'instant':
      return typeof value === 'string' && instantFrom(value, 0) !== undefined
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== undefined
    case 'text':
    case 'expression':
      return typeof value === 'string'
  }
}

function described(kind: OptionKind): string {
  if (typeof kind === 'object') return `one of ${kind.choices.join(', ')}`
  switch (kind) {
    case 'instant':
      return 'an instant (2024-01-01T00:00:00Z), "now" or a duration from now ("-2 years")'
    case 'duration':
      return 'a duration such as "2 days"'
    case 'list':
      return 'a list'
    case 'expression':
      return 'an expression'
    default:
      return `a ${kind}`
  }
}

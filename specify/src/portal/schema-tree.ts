import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt } from '../contracts/model.ts'
import { below, branchesOf, resolved } from '../contracts/schema-walk.ts'
import { anchor } from './addresses.ts'
import { html, nothing, type Html, type Part } from './html.ts'

/** The link to a schema that is shown once, elsewhere on the page; undefined: it is shown in place. */
export type NamedSchema = (pointer: string) => { readonly name: string; readonly href: string } | undefined

const DEEPEST = 12

/** A schema as nested rows: names, types, limits; parts of parts can be opened. */
export function schemaTree(at: SchemaAt, named: NamedSchema, entered: readonly string[] = []): Html {
  const target = resolved(at)
  if (target === undefined) return html`<p class="quiet">This reference leads nowhere.</p>`
  if (typeof target.schema === 'boolean')
    return html`<p class="quiet">${target.schema ? 'Anything.' : 'Nothing.'}</p>`
  if (!isRecord(target.schema)) return html`<p class="quiet">This is no schema.</p>`
  const inside = [...entered, target.pointer]
  const rows = rowsOf(target, named, inside)
  const about =
    typeof target.schema['description'] === 'string' && entered.length === 0
      ? html`<p class="quiet">${target.schema['description']}</p>`
      : nothing
  if (rows.length === 0)
    return html`<p class="type-line">${typeText(target, named)} ${limits(target.schema)}</p>${about}`
  return html`${about}<ul class="schema">${rows}</ul>`
}

/** The anchor of a schema that has a name in its document. */
export function schemaAnchor(pointer: string): string {
  return `schema-${anchor(pointer.split('/').at(-1) ?? '')}`
}

function rowsOf(at: SchemaAt, named: NamedSchema, entered: readonly string[]): Html[] {
  const schema = at.schema as Record<string, unknown> // schemaTree looked
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [])
  const properties = isRecord(schema['properties']) ? Object.entries(schema['properties']) : []
  const rows = properties.map(([name, value]) =>
    row(name, below(at, value, 'properties', name), required.has(name), named, entered),
  )
  if (isRecord(schema['additionalProperties']))
    rows.push(
      row(
        'any other name',
        below(at, schema['additionalProperties'], 'additionalProperties'),
        false,
        named,
        entered,
        true,
      ),
    )
  if (isRecord(schema['items']))
    rows.push(row('each item', below(at, schema['items'], 'items'), false, named, entered, true))
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const) {
    const label = { allOf: 'and also', oneOf: 'either', anyOf: 'any of' }[keyword]
    for (const branch of branchesOf(at, keyword)) rows.push(row(label, branch, false, named, entered, true))
  }
  return rows
}

function row(
  name: string,
  at: SchemaAt,
  isRequired: boolean,
  named: NamedSchema,
  entered: readonly string[],
  isWord = false,
): Html {
  const target = resolved(at)
  const schema = target !== undefined && isRecord(target.schema) ? target.schema : {}
  const link = refOf(at.schema) === undefined ? undefined : named(target?.pointer ?? '')
  const label = isWord ? html`<span class="word">${name}</span>` : html`<code class="name">${name}</code>`
  const about =
    typeof schema['description'] === 'string'
      ? html`<span class="about">${schema['description']}</span>`
      : nothing
  const line = html`${label} ${target === undefined ? html`<span class="type">unknown</span>` : typeText(target, named, link)}${isRequired ? html` <span class="required">required</span>` : nothing} ${limits(schema)}${about}`
  const isAround = target === undefined || entered.includes(target.pointer) || entered.length >= DEEPEST
  const inner =
    link !== undefined || isAround ? [] : rowsOf({ ...target, schema }, named, [...entered, target.pointer])
  if (inner.length === 0) return html`<li>${line}</li>`
  return html`<li><details${entered.length < 2 ? html` open` : nothing}><summary>${line}</summary><ul class="schema">${inner}</ul></details></li>`
}

function typeText(at: SchemaAt, named: NamedSchema, link = named(at.pointer)): Html {
  const schema = isRecord(at.schema) ? at.schema : {}
  if (link !== undefined) return html`<a class="type" href="${link.href}">${link.name}</a>`
  const { type, format, items } = schema
  const own = Array.isArray(type)
    ? (type as unknown[]).join(' or ')
    : typeof type === 'string'
      ? type
      : guessed(schema)
  const inner = own === 'array' && isRecord(items) ? itemText(below(at, items, 'items'), named) : nothing
  return html`<span class="type">${own}${inner}${typeof format === 'string' ? ` · ${format}` : ''}${schema['nullable'] === true ? ' or null' : ''}</span>`
}

function itemText(at: SchemaAt, named: NamedSchema): Part {
  const target = resolved(at)
  const link = target === undefined || refOf(at.schema) === undefined ? undefined : named(target.pointer)
  return link === undefined ? nothing : html` of <a href="${link.href}">${link.name}</a>`
}

function guessed(schema: Readonly<Record<string, unknown>>): string {
  if ('properties' in schema || 'allOf' in schema) return 'object'
  if ('items' in schema) return 'array'
  if ('const' in schema || 'enum' in schema) return 'one of'
  return 'oneOf' in schema || 'anyOf' in schema ? 'alternatives' : 'any'
}

const LIMITS: readonly (readonly [keyword: string, says: (value: unknown) => string])[] = [
  ['const', (value) => `always ${JSON.stringify(value)}`],
  ['enum', (value) => (value as readonly unknown[]).map((each) => JSON.stringify(each)).join(' | ')],
  ['minimum', (value) => `≥ ${String(value)}`],
  ['exclusiveMinimum', (value) => `> ${String(value)}`],
  ['maximum', (value) => `≤ ${String(value)}`],
  ['exclusiveMaximum', (value) => `< ${String(value)}`],
  ['multipleOf', (value) => `a multiple of ${String(value)}`],
  ['minLength', (value) => `at least ${String(value)} characters`],
  ['maxLength', (value) => `at most ${String(value)} characters`],
  ['minItems', (value) => `at least ${String(value)} items`],
  ['maxItems', (value) => `at most ${String(value)} items`],
  ['pattern', (value) => `/${String(value)}/`],
  ['default', (value) => `default ${JSON.stringify(value)}`],
]

function limits(schema: Readonly<Record<string, unknown>>): Html {
  const said = LIMITS.flatMap(([keyword, says]) => {
    const value = schema[keyword]
    if (
      value === undefined ||
      (keyword === 'enum' && !Array.isArray(value)) ||
      (typeof value === 'boolean' && keyword.startsWith('exclusive'))
    )
      return []
    return [html`<span class="limit">${says(value)}</span>`]
  })
  if (schema['deprecated'] === true) said.push(html`<span class="limit">deprecated</span>`)
  if (schema['readOnly'] === true) said.push(html`<span class="limit">read only</span>`)
  if (schema['writeOnly'] === true) said.push(html`<span class="limit">write only</span>`)
  return said.length === 0 ? nothing : html`<span class="limits">${said}</span>`
}

// A schema's model → the catalog that names in its expressions are looked up in.

import {
  emptyCatalog,
  emptyTable,
  keyOf,
  type Catalog,
  type Name,
  type TextObject,
} from '../import/catalog.ts'
import type { NamedType } from '../deparse/type-name.ts'
import { splitSchema } from '../formats/names.ts'
import type { Model } from '../schema/model.ts'
import type { PgType } from '../schema/pg-type.ts'

export function nameOf(name: string, { schemas }: Pick<Model, 'schemas'>): Name {
  const { schema, local } = splitSchema(name, schemas)
  return { schema, name: local }
}

export function catalogOf(model: Model): Catalog {
  const catalog = emptyCatalog()
  for (const schema of model.schemas) catalog.schemas.add(schema)
  for (const [name, labels] of model.enums) {
    const own = nameOf(name, model)
    catalog.enums.set(keyOf(own), { ...own, labels: [...labels] })
  }
  for (const [name, { base, nullable }] of model.domains) {
    const own = nameOf(name, model)
    catalog.domains.set(keyOf(own), {
      ...own,
      type: namedType(base),
      nullable,
      defaultText: undefined,
      checks: [],
    })
  }
  for (const name of model.sequences.keys()) {
    const own = nameOf(name, model)
    catalog.sequences.set(keyOf(own), { ...own, sequence: {}, ownedBy: undefined })
  }
  for (const table of model.tables.values()) {
    const own = nameOf(table.name, model)
    catalog.tables.set(keyOf(own), {
      ...emptyTable(own),
      columns: new Map(
        [...table.columns].map(([name, { type }]) => [name, { name, type: namedType(type), nullable: true }]),
      ),
    })
  }
  for (const object of model.objects) catalog.objects.push(textObjectOf(object, model))
  catalog.searchPath = ['public', ...model.schemas].filter((schema, i, all) => all.indexOf(schema) === i)
  return catalog
}

function namedType({ text, castText }: PgType): NamedType {
  return { text, bare: castText, serial: false, own: undefined }
}

const CALLED: ReadonlySet<string> = new Set(['FUNCTION', 'PROCEDURE', 'AGGREGATE'])

function textObjectOf(
  { kind, name, tag, sql, drop, table, provides }: Model['objects'][number],
  model: Model,
): TextObject {
  return {
    ...nameOf(name, model),
    kind,
    // Without a tag, the arguments are those behind the name in the text.
    tag: tag ?? (CALLED.has(kind) ? tagOf(sql) : undefined),
    sql,
    drop,
    table: table === undefined ? undefined : nameOf(table, model),
    uses: [],
    provides: provides.map((one) => nameOf(one, model)),
    returns: CALLED.has(kind)
      ? (/\bRETURNS\s+(?:SETOF\s+)?([a-z][\w .]*?)\s*\n/.exec(sql)?.[1] ?? 'record')
      : undefined,
  }
}

function tagOf(sql: string): string | undefined {
  const [, name, args] =
    /^CREATE (?:FUNCTION|PROCEDURE|AGGREGATE) (?:[\w"]+\.)?([\w"]+)\(([^()]*)\)/.exec(sql) ?? []
  if (name === undefined || args === undefined) return undefined
  const types = args.split(',').map((arg) =>
    arg
      .trim()
      .replace(/^\w+ (?=\w)/, '')
      .replace(/ DEFAULT .*$/, ''),
  )
  return `${name}(${types.filter((type) => type !== '').join(', ')})`
}

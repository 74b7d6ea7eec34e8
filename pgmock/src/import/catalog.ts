// What the statements have built so far. Objects are known by schema and name, as PostgreSQL's catalog knows them.

import type { Node } from 'libpg-query'
import type { NamedType } from '../deparse/type-name.ts'
import type { Sequence } from '../schema/model.ts'

export type Name = { readonly schema: string; readonly name: string }

export type Column = {
  readonly name: string
  type: NamedType
  /** The type's bare text, for expressions over it. */
  nullable: boolean
  /** As PostgreSQL prints it. */
  defaultText?: string | undefined
  generatedText?: string | undefined
  collation?: string | undefined
  identity?: 'always' | 'by default' | undefined
  /** Of a serial or identity column, or the free sequence that the column owns. */
  sequence?: Sequence | undefined
  serial?: boolean
  comment?: string | undefined
}

export type Key = { name: string | undefined; columns: string[] }
export type Reference = {
  name: string | undefined
  columns: string[]
  table: Name
  parentColumns: string[]
  onDelete: string | undefined
  onUpdate: string | undefined
  matchFull: boolean
  deferrable: 'immediate' | 'deferred' | undefined
}
export type Check = {
  name: string | undefined
  expression: string
  columns: readonly string[]
  /** As parsed, for the settings that keep it. */
  node: Node
}
export type Index = {
  name: string
  columns: string[]
  unique: boolean
  method: string
  where: string | undefined
  include: string[]
  comment?: string | undefined
  with: string | undefined
  partOf: string | undefined
}

export type Table = Name & {
  readonly columns: Map<string, Column>
  primaryKey: Key | undefined
  readonly unique: Key[]
  readonly references: Reference[]
  readonly checks: Check[]
  readonly indexes: Index[]
  partitionBy: string | undefined
  partitionOf: { readonly table: Name; readonly bound: string } | undefined
  comment: string | undefined
}

export type Domain = Name & {
  readonly type: NamedType
  nullable: boolean
  defaultText: string | undefined
  readonly checks: Check[]
  comment: string | undefined
}

export type FreeSequence = Name & {
  readonly sequence: Sequence
  ownedBy: { table: Name; column: string } | undefined
}

export type TextObject = Name & {
  readonly kind: string
  readonly tag: string | undefined
  readonly sql: string
  readonly drop: string | undefined
  readonly table: Name | undefined
  readonly uses: Name[]
  /** The bare type a function returns. */
  readonly returns: string | undefined
  comment?: string | undefined
  /** What an extension brings. */
  readonly provides?: Name[]
}

/** Keys are `schema.name`, with a NUL between, so that dots in names do no harm. */
export type Catalog = {
  readonly schemas: Set<string>
  readonly enums: Map<string, Name & { readonly labels: string[] }>
  readonly domains: Map<string, Domain>
  readonly tables: Map<string, Table>
  readonly sequences: Map<string, FreeSequence>
  readonly objects: TextObject[]
  /** Where unqualified names are created and looked for. */
  searchPath: string[]
}

export function emptyCatalog(): Catalog {
  return {
    schemas: new Set(),
    enums: new Map(),
    domains: new Map(),
    tables: new Map(),
    sequences: new Map(),
    objects: [],
    searchPath: ['public'],
  }
}

export function keyOf({ schema, name }: Name): string {
  return `${schema}\0${name}`
}

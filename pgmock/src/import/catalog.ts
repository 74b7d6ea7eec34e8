// What the statements have built so far. Objects are known by schema and name, as PostgreSQL's catalog knows them.

import type { Node } from 'libpg-query'
import type { NamedType } from '../deparse/type-name.ts'
import type { Sequence } from '../schema/model.ts'

export type Name = { readonly schema: string; readonly name: string }

/** What most objects can have. Roles that `grants` does not name have what the kind of object gives them. */
export type Described = {
  owner?: string | undefined
  comment?: string | undefined
  grants?: Map<string, Set<string>> | undefined
}

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
  virtual?: boolean
  /** From a table it inherits from; `changed` by an ALTER of its own. */
  inherited?: boolean
  changed?: boolean
  notNullName?: string | undefined
  storage?: string | undefined
  compression?: string | undefined
  statistics?: number | undefined
  options?: string | undefined
  grants?: Map<string, Set<string>> | undefined
  comment?: string | undefined
}

export type Deferrable = 'immediate' | 'deferred' | undefined

export type Key = {
  name: string | undefined
  columns: string[]
  deferrable?: Deferrable
  nullsNotDistinct?: boolean
  withoutOverlaps?: boolean
  include?: string[]
  with?: string | undefined
  comment?: string | undefined
}

export type Exclude = {
  name: string | undefined
  method: string
  elements: [column: string, operator: string][]
  include: string[]
  with: string | undefined
  where: string | undefined
  deferrable: Deferrable
  comment?: string | undefined
}
export type Reference = {
  name: string | undefined
  columns: string[]
  table: Name
  parentColumns: string[]
  onDelete: string | undefined
  onUpdate: string | undefined
  matchFull: boolean
  deferrable: Deferrable
  notValid?: boolean
  notEnforced?: boolean
  period?: boolean
  setColumns?: string[]
  comment?: string | undefined
}
export type Check = {
  name: string | undefined
  expression: string
  columns: readonly string[]
  /** As parsed, for the settings that keep it. */
  node: Node
  notValid?: boolean
  noInherit?: boolean
  notEnforced?: boolean
  inherited?: boolean
  comment?: string | undefined
}
export type Index = {
  name: string
  columns: string[]
  /** What the names of its partitions' indexes are made of. */
  words?: string[]
  unique: boolean
  method: string
  where: string | undefined
  include: string[]
  comment?: string | undefined
  with: string | undefined
  partOf: string | undefined
  nullsNotDistinct?: boolean
  /** Targets by the column's place. */
  statistics?: Record<string, number>
}

export type Table = Name &
  Described & {
    readonly columns: Map<string, Column>
    primaryKey: Key | undefined
    unique: Key[]
    references: Reference[]
    checks: Check[]
    indexes: Index[]
    excludes: Exclude[]
    partitionBy: string | undefined
    partitionOf: { readonly table: Name; readonly bound: string } | undefined
    inherits: Name[]
    unlogged?: boolean
    with?: string | undefined
    replicaIdentity?: 'full' | 'nothing' | { index: string } | undefined
    clusterOn?: string | undefined
    rowSecurity?: 'enabled' | 'forced' | undefined
  }

export type Domain = Name &
  Described & {
    readonly type: NamedType
    nullable: boolean
    defaultText: string | undefined
    readonly checks: Check[]
    collation?: string | undefined
  }

export type FreeSequence = Name &
  Described & {
    sequence: Sequence
    ownedBy: { table: Name; column: string } | undefined
  }

export type Enum = Name & Described & { readonly labels: string[] }

export type DefaultPrivileges = {
  readonly role: string | undefined
  readonly schema: string | undefined
  readonly on: 'tables' | 'sequences' | 'functions' | 'types' | 'schemas'
  readonly grants: Map<string, Set<string>>
}

export type TextObject = Name &
  Described & {
    readonly kind: string
    tag: string | undefined
    sql: string
    /** As 15 prints it, where that differs. */
    sql15?: string
    /** What stands for a view until the primary keys are there that its GROUP BY leans on. */
    readonly placeholder?: string | undefined
    drop: string | undefined
    table: Name | undefined
    readonly uses: Name[]
    /** The bare type a function returns. */
    readonly returns: string | undefined
    /** Of a view. */
    columnComments?: Map<string, string>
    /** What an extension brings. */
    readonly provides?: Name[]
  }

/** Keys are `schema.name`, with a NUL between, so that dots in names do no harm. */
export type Catalog = {
  readonly schemas: Set<string>
  readonly schemaDetails: Map<string, Described>
  readonly defaultPrivileges: DefaultPrivileges[]
  readonly enums: Map<string, Enum>
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
    schemaDetails: new Map(),
    defaultPrivileges: [],
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

export function emptyTable({ schema, name }: Name): Table {
  return {
    schema,
    name,
    columns: new Map(),
    primaryKey: undefined,
    unique: [],
    references: [],
    checks: [],
    indexes: [],
    excludes: [],
    partitionBy: undefined,
    partitionOf: undefined,
    inherits: [],
  }
}

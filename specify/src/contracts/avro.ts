// Avro schemas (https://avro.apache.org/docs/1.12.0/specification/) as values: every name resolved.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'

export type AvroField = {
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: AvroType
  readonly hasDefault: boolean
  readonly pointer: string
}

type Named = { readonly name: string; readonly aliases: readonly string[]; readonly pointer: string }

export type AvroType =
  | { readonly type: 'primitive'; readonly of: string; readonly logical?: string; readonly pointer: string }
  | { readonly type: 'array' | 'map'; readonly of: AvroType; readonly pointer: string }
  | { readonly type: 'union'; readonly branches: readonly AvroType[]; readonly pointer: string }
  | ({ readonly type: 'enum'; readonly symbols: readonly string[]; readonly hasDefault: boolean } & Named)
  | ({ readonly type: 'fixed'; readonly size: number; readonly logical?: string } & Named)
  /** `fields` are a function, for a record may hold itself. */
  | ({ readonly type: 'record'; fields(): readonly AvroField[] } & Named)
  | { readonly type: 'unknown'; readonly name: string; readonly pointer: string }

const PRIMITIVES = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'])

/** The records a file declares at its top: one, or a list of them. */
export function avroRecords(
  root: unknown,
): { name: string; value: Record<string, unknown>; pointer: string }[] {
  const list = Array.isArray(root)
    ? (root as unknown[]).map((each, i) => ({ each, pointer: `/${i}` }))
    : [{ each: root, pointer: '' }]
  return list.flatMap(({ each, pointer }) => {
    if (!isRecord(each) || !isAvroRecord(each)) return []
    return [{ name: fullName(String(each['name']), textOf(each['namespace'])), value: each, pointer }]
  })
}

function isAvroRecord({ type, name, fields }: Record<string, unknown>): boolean {
  return (type === 'record' || type === 'error') && typeof name === 'string' && Array.isArray(fields)
}

/** A schema read, and what is wrong with it. `root` is the file, where names may be declared before. */
export function readAvro(
  root: unknown,
  pointer: string,
): { type: AvroType; problems: { pointer: string; message: string }[] } {
  const reader = new Reader()
  const list = Array.isArray(root) ? (root as unknown[]) : [root]
  const types = list.map((each, i) => reader.read(each, Array.isArray(root) ? `/${i}` : '', undefined))
  const type = types.find((each) => each.pointer === pointer) ?? reader.at(pointer) ?? types[0]!
  return { type, problems: reader.problems }
}

class Reader {
  readonly problems: { pointer: string; message: string }[] = []
  readonly #named = new Map<string, AvroType>()
  readonly #byPointer = new Map<string, AvroType>()

  at(pointer: string): AvroType | undefined {
    return this.#byPointer.get(pointer)
  }

  read(schema: unknown, pointer: string, namespace: string | undefined): AvroType {
    const type = this.#read(schema, pointer, namespace)
    this.#byPointer.set(pointer, type)
    return type
  }

  #read(schema: unknown, pointer: string, namespace: string | undefined): AvroType {
    if (typeof schema === 'string') return this.#named_(schema, pointer, namespace)
    if (Array.isArray(schema))
      return {
        type: 'union',
        branches: schema.map((each: unknown, i) => this.read(each, `${pointer}/${i}`, namespace)),
        pointer,
      }
    if (!isRecord(schema)) return this.#unknown(JSON.stringify(schema) ?? 'nothing', pointer)
    const { type } = schema
    if (type === 'array')
      return { type, of: this.read(schema['items'], `${pointer}/items`, namespace), pointer }
    if (type === 'map')
      return { type, of: this.read(schema['values'], `${pointer}/values`, namespace), pointer }
    if (type === 'enum' || type === 'fixed' || type === 'record' || type === 'error')
      return this.#declared(schema, type, pointer, namespace)
    if (typeof type === 'string' && PRIMITIVES.has(type)) {
      const logical = logicalOf(schema)
      return { type: 'primitive', of: type, pointer, ...(logical !== undefined && { logical }) }
    }
    return this.read(type, `${pointer}/type`, namespace)
  }

  #named_(name: string, pointer: string, namespace: string | undefined): AvroType {
    if (PRIMITIVES.has(name)) return { type: 'primitive', of: name, pointer }
    return this.#named.get(fullName(name, namespace)) ?? this.#named.get(name) ?? this.#unknown(name, pointer)
  }

  #unknown(name: string, pointer: string): AvroType {
    this.problems.push({
      pointer,
      message: `"${name}" is no Avro type, and none declared above has this name`,
    })
    return { type: 'unknown', name, pointer }
  }

  #declared(
    schema: Record<string, unknown>,
    kind: 'enum' | 'fixed' | 'record' | 'error',
    pointer: string,
    around: string | undefined,
  ): AvroType {
    const name = fullName(textOf(schema['name']) ?? '', textOf(schema['namespace']) ?? around)
    if (typeof schema['name'] !== 'string')
      this.problems.push({ pointer, message: `This ${kind} has no "name"` })
    const namespace = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : undefined
    const aliases = textsOf(schema['aliases']).map((alias) => fullName(alias, namespace))
    if (this.#named.has(name))
      this.problems.push({ pointer, message: `The name "${name}" is declared twice` })
    const type = this.#body(schema, kind, { name, aliases, pointer })
    this.#named.set(name, type)
    if (type.type === 'record') fieldsOf(this, schema, type, namespace)
    return type
  }

  #body(
    schema: Record<string, unknown>,
    kind: 'enum' | 'fixed' | 'record' | 'error',
    named: Named,
  ): AvroType {
    const { pointer } = named
    if (kind === 'enum') {
      const symbols = textsOf(schema['symbols'])
      if (symbols.length === 0) this.problems.push({ pointer, message: 'This enum has no "symbols"' })
      if (new Set(symbols).size < symbols.length)
        this.problems.push({ pointer: `${pointer}/symbols`, message: 'A symbol of this enum stands twice' })
      const { default: value } = schema
      if (value !== undefined && !symbols.some((symbol) => symbol === value))
        this.problems.push({
          pointer: `${pointer}/default`,
          message: `The default ${JSON.stringify(value)} is no symbol of this enum`,
        })
      return { type: 'enum', symbols, hasDefault: value !== undefined, ...named }
    }
    if (kind === 'fixed') {
      const { size } = schema
      if (typeof size !== 'number') this.problems.push({ pointer, message: 'This fixed has no "size"' })
      const logical = logicalOf(schema)
      return { type: 'fixed', size: Number(size ?? 0), ...named, ...(logical !== undefined && { logical }) }
    }
    let fields: readonly AvroField[] = []
    const record = { type: 'record' as const, fields: () => fields, ...named }
    pending.set(record, (read) => (fields = read))
    return record
  }
}

/** How the fields of a record get in once its own name is known. */
const pending = new WeakMap<AvroType, (fields: readonly AvroField[]) => void>()

function fieldsOf(
  reader: Reader,
  schema: Record<string, unknown>,
  record: AvroType,
  namespace: string | undefined,
): void {
  const list = Array.isArray(schema['fields']) ? (schema['fields'] as unknown[]) : []
  const seen = new Set<string>()
  const fields = list.flatMap((field, i): AvroField[] => {
    const pointer = `${record.pointer}${pointerOf('fields', i)}`
    if (!isRecord(field) || typeof field['name'] !== 'string') {
      reader.problems.push({ pointer, message: 'This field has no "name"' })
      return []
    }
    const { name } = field
    if (seen.has(name)) reader.problems.push({ pointer, message: `The field "${name}" is declared twice` })
    seen.add(name)
    const type = reader.read(field['type'], `${pointer}/type`, namespace)
    const hasDefault = field['default'] !== undefined
    if (hasDefault && !takesDefault(type, field['default']))
      reader.problems.push({
        pointer: `${pointer}/default`,
        message: `The default ${JSON.stringify(field['default'])} of "${name}" is no value of its type${type.type === 'union' ? ' (of a union: of its first branch)' : ''}`,
      })
    return [{ name, aliases: textsOf(field['aliases']), type, hasDefault, pointer }]
  })
  pending.get(record)?.(fields)
}

/** Whether a value of JSON may be the default: of a union, of its first branch. */
function takesDefault(type: AvroType, value: unknown): boolean {
  switch (type.type) {
    case 'union':
      return type.branches[0] === undefined || takesDefault(type.branches[0], value)
    case 'array':
      return Array.isArray(value) && value.every((each) => takesDefault(type.of, each))
    case 'map':
      return isRecord(value) && Object.values(value).every((each) => takesDefault(type.of, each))
    case 'record':
      return isRecord(value)
    case 'enum':
      return type.symbols.includes(String(value))
    case 'fixed':
      return typeof value === 'string'
    case 'unknown':
      return true
    case 'primitive':
      if (type.of === 'null') return value === null
      if (type.of === 'boolean') return typeof value === 'boolean'
      if (type.of === 'string' || type.of === 'bytes') return typeof value === 'string'
      return typeof value === 'number' && (/float|double/.test(type.of) || Number.isInteger(value))
  }
}

function logicalOf({ logicalType, precision, scale }: Record<string, unknown>): string | undefined {
  if (typeof logicalType !== 'string') return undefined
  return logicalType === 'decimal'
    ? `decimal(${JSON.stringify(precision)},${JSON.stringify(scale ?? 0)})`
    : logicalType
}

function fullName(name: string, namespace: string | undefined): string {
  return name.includes('.') || namespace === undefined || namespace === '' ? name : `${namespace}.${name}`
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

// Whether what one Avro schema wrote another can read: the rules of "Schema Resolution" in the specification
// (https://avro.apache.org/docs/1.12.0/specification/#schema-resolution). Every break is shown by a value.

import { readAvro, type AvroField, type AvroType } from '../avro.ts'
import type { SchemaAt } from '../model.ts'
import { behaviour, change, type Change } from './change.ts'
import type { Exchange } from './modern-schema.ts'

/** `request`: what was written before is read now. `response`: what is written now is read by who knows the old schema. */
export function compareAvro(before: SchemaAt, now: SchemaAt, exchange: Exchange): Change[] {
  const [old, current] = [before, now].map(({ source, schema, pointer }) =>
    source.root === schema || pointer === '' || /^\/\d+$/.test(pointer)
      ? readAvro(source.root, pointer).type
      : readAvro(schema, '').type,
  ) as [AvroType, AvroType]
  const [writer, reader] = exchange === 'request' ? [old, current] : [current, old]
  const faults = new Resolution().faults(writer, reader)
  return faults.map((fault) => toChange(fault, exchange, now))
}

type Fault = {
  readonly kind: 'type' | 'name' | 'default' | 'symbol' | 'size' | 'logical'
  readonly path: readonly string[]
  readonly wrote: string
  readonly reads: string
  /** A value of the writer that the reader cannot read. */
  readonly value: unknown
  readonly writer: AvroType | undefined
  readonly reader: AvroType | AvroField
}

class Resolution {
  readonly #known = new Map<string, readonly Fault[]>()
  readonly #ids = new Map<AvroType, number>()

  faults(writer: AvroType, reader: AvroType): readonly Fault[] {
    const key = `${this.#id(writer)} ${this.#id(reader)}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, []) // a record inside itself: as good as its other parts
    const faults = this.#judge(writer, reader)
    this.#known.set(key, faults)
    return faults
  }

  #id(type: AvroType): number {
    const id = this.#ids.get(type) ?? this.#ids.size
    this.#ids.set(type, id)
    return id
  }

  #judge(writer: AvroType, reader: AvroType): readonly Fault[] {
    if (writer.type === 'unknown' || reader.type === 'unknown') return []
    // Every branch that may be written must be read.
    if (writer.type === 'union')
      return unique(writer.branches.flatMap((branch) => [...this.faults(branch, reader)]))
    if (reader.type === 'union') return this.#intoUnion(writer, reader.branches, reader)
    if (writer.type !== reader.type) return [mismatch(writer, reader)]
    switch (writer.type) {
      case 'primitive':
        return primitives(writer, reader as typeof writer)
      case 'array':
      case 'map': {
        const isArray = writer.type === 'array'
        return this.faults(writer.of, (reader as typeof writer).of).map((fault) => ({
          ...fault,
          path: [isArray ? '[]' : '{}', ...fault.path],
          value: isArray ? [fault.value] : { key: fault.value },
        }))
      }
      case 'enum':
        return isNamed(writer, reader as typeof writer)
          ? symbols(writer, reader as typeof writer)
          : [mismatch(writer, reader, 'name')]
      case 'fixed': {
        const other = reader as typeof writer
        if (!isNamed(writer, other)) return [mismatch(writer, reader, 'name')]
        return writer.size === other.size ? logical(writer, other) : [mismatch(writer, reader, 'size')]
      }
      case 'record':
        return isNamed(writer, reader as typeof writer)
          ? this.#fields(writer, reader as typeof writer)
          : [mismatch(writer, reader, 'name')]
    }
  }

  /** The branch of the same type reads it; failing one of these, any that can. */
  #intoUnion(writer: AvroType, branches: readonly AvroType[], reader: AvroType): readonly Fault[] {
    const tried = branches.map((branch) => ({ branch, faults: this.faults(writer, branch) }))
    if (tried.some(({ faults }) => faults.every(({ kind }) => kind === 'logical'))) return []
    const like = tried.find(({ branch }) => branch.type === writer.type && nameOf(branch) === nameOf(writer))
    return like?.faults ?? [mismatch(writer, reader)]
  }

  #fields(writer: AvroType & { type: 'record' }, reader: AvroType & { type: 'record' }): readonly Fault[] {
    const written = writer.fields()
    return reader.fields().flatMap((field): Fault[] => {
      const from =
        written.find(({ name }) => name === field.name) ??
        written.find(({ name }) => field.aliases.includes(name))
      if (from !== undefined)
        return this.faults(from.type, field.type).map((fault) => ({
          ...fault,
          path: [from.name, ...fault.path],
          value: { ...(sample(writer) as object), [from.name]: fault.value },
        }))
      if (field.hasDefault) return []
      return [
        {
          kind: 'default',
          path: [field.name],
          wrote: 'nothing',
          reads: textOf(field.type),
          value: sample(writer),
          writer,
          reader: field,
        },
      ]
    })
  }
}

const PROMOTIONS: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
}

function primitives(
  writer: AvroType & { type: 'primitive' },
  reader: AvroType & { type: 'primitive' },
): readonly Fault[] {
  if (writer.of === reader.of) return logical(writer, reader)
  return PROMOTIONS[writer.of]?.includes(reader.of) === true ? [] : [mismatch(writer, reader)]
}

/** The bytes are read, and mean something else; decimals match only when scale and precision do. */
function logical(
  writer: AvroType & { logical?: string },
  reader: AvroType & { logical?: string },
): readonly Fault[] {
  const [wrote, reads] = [writer.logical, reader.logical]
  if (wrote === reads) return []
  const isDecimal = wrote?.startsWith('decimal') === true && reads?.startsWith('decimal') === true
  return [mismatch(writer, reader, isDecimal ? 'type' : 'logical')]
}

function symbols(writer: AvroType & { type: 'enum' }, reader: AvroType & { type: 'enum' }): readonly Fault[] {
  if (reader.hasDefault) return []
  return writer.symbols
    .filter((symbol) => !reader.symbols.includes(symbol))
    .map((symbol) => ({
      kind: 'symbol',
      path: [],
      wrote: symbol,
      reads: reader.symbols.join(', '),
      value: symbol,
      writer,
      reader,
    }))
}

function isNamed(
  writer: { readonly name: string },
  reader: { readonly name: string; readonly aliases: readonly string[] },
): boolean {
  const plain = (name: string) => name.slice(name.lastIndexOf('.') + 1)
  return plain(writer.name) === plain(reader.name) || reader.aliases.includes(writer.name)
}

function mismatch(writer: AvroType, reader: AvroType, kind: Fault['kind'] = 'type'): Fault {
  return {
    kind,
    path: [],
    wrote: textOf(writer),
    reads: textOf(reader),
    value: sample(writer),
    writer,
    reader,
  }
}

function nameOf(type: AvroType): string {
  if (type.type === 'primitive') return type.of
  return 'name' in type ? type.name : type.type
}

function textOf(type: AvroType): string {
  switch (type.type) {
    case 'primitive':
      return type.logical === undefined ? type.of : `${type.of} (${type.logical})`
    case 'array':
    case 'map':
      return `${type.type} of ${textOf(type.of)}`
    case 'union':
      return type.branches.map(textOf).join(' | ')
    case 'fixed':
      return `fixed ${type.name} of ${type.size} bytes${type.logical === undefined ? '' : ` (${type.logical})`}`
    default:
      return `${type.type} ${type.name}`
  }
}

/** Some value of a type; a record inside itself ends at the first way out. */
function sample(type: AvroType, around: readonly AvroType[] = []): unknown {
  switch (type.type) {
    case 'primitive':
      return { null: null, boolean: false, string: '', bytes: '' }[type.of] ?? (type.of === 'null' ? null : 0)
    case 'array':
      return []
    case 'map':
      return {}
    case 'enum':
      return type.symbols[0] ?? ''
    case 'fixed':
      return '\0'.repeat(Math.min(type.size, 16))
    case 'unknown':
      return null
    case 'union': {
      const way = type.branches.find((branch) => !around.includes(branch)) ?? type.branches[0]
      return way === undefined ? null : sample(way, around)
    }
    case 'record':
      if (around.includes(type)) return {}
      return Object.fromEntries(
        type.fields().map(({ name, type: of }) => [name, sample(of, [...around, type])]),
      )
  }
}

function toChange(fault: Fault, exchange: Exchange, now: SchemaAt): Change {
  const { kind, path, wrote, reads, value } = fault
  const isRequest = exchange === 'request'
  const place = path
    .filter((part) => part !== '{}')
    .join('.')
    .replaceAll('.[]', '[]')
  const where = place === '' ? 'the record' : `'${place}'`
  const [before, after] = isRequest ? [wrote, reads] : [reads, wrote]
  const part = isRequest ? fault.reader : fault.writer
  const at: SchemaAt = { ...now, pointer: part?.pointer ?? now.pointer }
  const made = ((): Change => {
    switch (kind) {
      case 'default':
        return isRequest
          ? change('required-field-added', `New field ${where} without a default`, 'nothing', reads)
          : change(
              'response-field-removed',
              `Field ${where} was removed, and readers have no default for it`,
              reads,
              'nothing',
            )
      case 'symbol':
        return isRequest
          ? change('enum-narrowed', `${where} no longer takes ${wrote}`, wrote, reads)
          : change('enum-widened', `${where} may be ${wrote}`, reads, wrote)
      case 'logical':
        return behaviour('logical-type-changed', `${where} is read with another meaning`, before, after)
      default:
        return change(
          isRequest ? 'type-narrowed' : 'type-widened',
          `${where} has another ${kind}`,
          before,
          after,
        )
    }
  })()
  return {
    ...made,
    exchange,
    path: place,
    at,
    cause: `${made.code} ${at.pointer} ${path.join('/')}`,
    ...(made.verdict === 'breaking' && { witness: value }),
  }
}

function unique(faults: readonly Fault[]): Fault[] {
  return [
    ...new Map(
      faults.map((fault) => [`${fault.kind} ${fault.path.join('/')} ${fault.wrote}`, fault]),
    ).values(),
  ]
}

import type { SchemaAt } from '../model.ts'
import { typesOf, valuesOf, type JsonType } from '../schema-walk.ts'
import type { Cause } from './causes.ts'
import { canonical } from './formula.ts'
import { pathText } from './lift.ts'
import { propertyNamesOf } from './property-names.ts'
import type { Exchange } from './modern-schema.ts'

export type Description = {
  readonly code: string
  readonly message: string
  readonly before: string
  readonly after: string
}

/** A cause in words. In a request the old side writes and the new one reads; in a response it is the other way round. */
export function describeCause(cause: Cause, exchange: Exchange): Description {
  const { conjunct, writers, member } = cause
  const isRequest = exchange === 'request'
  const readers = [conjunct.at]
  const [old, now] = isRequest ? [writers, readers] : [readers, writers]
  const what = named(
    pathText(conjunct.child === undefined ? cause.path : [...cause.path, conjunct.child.step]),
  )
  const inside = (name: string) => [pathText(cause.path), name].filter((each) => each !== '').join('.')
  switch (conjunct.keyword) {
    case 'type': {
      const code = isRequest ? 'type-narrowed' : 'type-widened'
      return { code, message: `The type of ${what} changed`, before: types(old), after: types(now) }
    }
    case 'enum':
    case 'const':
      return describeValues(what, old, now, isRequest)
    case 'required':
      return describeRequired(inside(member ?? ''), declares(writers, member ?? ''), isRequest)
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'false':
      if (member === undefined) break
      return isRequest
        ? { code: 'request-field-removed', ...removed(inside(member)) }
        : {
            code: 'response-field-added',
            message: `Field '${inside(member)}' comes where clients know of no more fields`,
            before: 'nothing',
            after: `field '${inside(member)}'`,
          }
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
    case 'not':
    case 'then':
    case 'else':
      return {
        code: isRequest ? 'alternatives-narrowed' : 'alternatives-widened',
        message: `${capital(what)} ${isRequest ? 'no longer takes all it took' : 'can be what it never was'}`,
        before: text(old, conjunct.keyword) ?? 'other alternatives',
        after: text(now, conjunct.keyword) ?? 'other alternatives',
      }
  }
  const { keyword } = conjunct
  return {
    code: isRequest ? 'constraint-tightened' : 'constraint-loosened',
    message: `${capital(what)} is ${isRequest ? 'limited' : 'no longer limited as before'} by ${keyword}`,
    before: text(old, keyword) ?? 'no limit',
    after: text(now, keyword) ?? 'no limit',
  }
}

function describeValues(
  what: string,
  old: readonly SchemaAt[],
  now: readonly SchemaAt[],
  isRequest: boolean,
): Description {
  const [before, after] = [valuesOf(old.slice(0, 1)), valuesOf(now.slice(0, 1))]
  const [writer, reader] = isRequest ? [before, after] : [after, before]
  const known = new Set(reader?.map(canonical))
  const lost = writer?.filter((value) => reader === undefined || !known.has(canonical(value))) ?? []
  const list = lost.length === 0 ? '' : ` (${values(lost)})`
  return {
    code: isRequest ? 'enum-narrowed' : 'enum-widened',
    message: `${capital(what)} ${isRequest ? 'accepts fewer values' : 'can hold new values'}${list}`,
    before: before === undefined ? 'any' : values(before),
    after: after === undefined ? 'any' : values(after),
  }
}

function describeRequired(path: string, isDeclared: boolean, isRequest: boolean): Description {
  if (isRequest)
    return {
      code: 'required-field-added',
      message: isDeclared ? `Field '${path}' became required` : `New required field '${path}'`,
      before: isDeclared ? 'optional' : 'nothing',
      after: 'required',
    }
  if (!isDeclared) return { code: 'response-field-removed', ...removed(path) }
  const message = `Field '${path}' is no longer promised`
  return { code: 'response-field-optional', message, before: 'required', after: 'optional' }
}

export function removed(path: string): Omit<Description, 'code'> {
  return { message: `Field '${path}' was removed`, before: `field '${path}'`, after: 'nothing' }
}

function declares(schemas: readonly SchemaAt[], name: string): boolean {
  return schemas.some((at) => propertyNamesOf(at).has(name))
}

function text(schemas: readonly SchemaAt[], keyword: string): string | undefined {
  for (const { schema } of schemas) {
    const value =
      typeof schema === 'object' && schema !== null ? (schema as Record<string, unknown>)[keyword] : undefined
    if (value === undefined) continue
    const written = JSON.stringify(value)
    return written.length > 120 ? `${written.slice(0, 119)}…` : written
  }
  return undefined
}

function named(path: string): string {
  return path === '' ? 'the value' : `field '${path}'`
}

function capital(sentence: string): string {
  return sentence.replace(/^./, (first) => first.toUpperCase())
}

function types(schemas: readonly SchemaAt[]): string {
  const list: ReadonlySet<JsonType> | undefined = typesOf(schemas.slice(0, 1))
  return list === undefined ? 'any' : [...list].join(' or ')
}

function values(list: readonly unknown[]): string {
  return list.map((value) => JSON.stringify(value)).join(', ')
}

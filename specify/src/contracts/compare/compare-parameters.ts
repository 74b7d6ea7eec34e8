import { isRecord, pointer as pointerOf, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced } from '@specwright/json-schema/resolve-ref.ts'
import type { Operation, Parameter, SchemaAt } from '../model.ts'
import { itemOf, typesOf } from '../schema-walk.ts'
import { behaviour, change, type Change, type Directions } from './change.ts'
import { asWireText } from './wire-text.ts'

/** Parameters by their name on the wire: headers in any case, parts of the path by position. */
export function compareParameters(old: Operation, now: Operation, directions: Directions): Change[] {
  const key = (operation: Operation, { in: place, name }: Parameter) =>
    place === 'path'
      ? `path ${positionOf(operation.path, name)}`
      : `${place} ${place === 'header' ? name.toLowerCase() : name}`
  const before = new Map(old.parameters.map((parameter) => [key(old, parameter), parameter]))
  const changes = now.parameters.flatMap((is): Change[] => {
    const was = before.get(key(now, is))
    before.delete(key(now, is))
    const found =
      was === undefined ? newParameter(is, directions) : compareParameter(was, is, [old, now], directions)
    return found.map((each) => (each.at === undefined ? { ...each, line: is.line } : each))
  })
  const gone = [...before.values()].filter(({ in: place }) => place !== 'path')
  return [
    ...changes,
    ...gone.map(({ in: place, name }) =>
      behaviour(
        'parameter-removed',
        `The ${place} parameter '${name}' was removed`,
        `parameter '${name}'`,
        'nothing',
      ),
    ),
  ]
}

function newParameter({ required, in: place, name, schema }: Parameter, directions: Directions): Change[] {
  // It stood in the path before, and nobody said what it may be.
  if (place === 'path')
    return schema === undefined ? [] : compareSchemas(anyText(schema), asWireText(schema), name, directions)
  if (!required) return []
  const message = `New required ${place} parameter '${name}'`
  return [change('required-parameter-added', message, 'nothing', 'required')]
}

function compareParameter(
  was: Parameter,
  is: Parameter,
  [old, now]: readonly [Operation, Operation],
  directions: Directions,
): Change[] {
  const { name, in: place } = is
  if (is.required && !was.required) {
    const message = `Now required ${place} parameter '${name}'`
    return [change('required-parameter-added', message, 'optional', 'required')]
  }
  const [before, after] = [wireForm(old, was), wireForm(now, is)]
  const isSimple = isScalar(was.schema) && isScalar(is.schema)
  if (before.content !== after.content || (!isSimple && before.list !== after.list))
    if (before.content !== after.content || isList(was.schema) === isList(is.schema))
      return [
        change(
          'parameter-style-changed',
          `Parameter '${name}' is written another way`,
          before.content ?? before.list,
          after.content ?? after.list,
        ),
      ]
  if (before.written !== undefined && after.written !== undefined)
    return compareSchemas(before.written, after.written, name, directions)
  if (was.schema === undefined || is.schema === undefined) return []
  // One value is a list of one, where each item is written by itself.
  const items = itemOf([is.schema], undefined)
  const isWrapped = isScalar(was.schema) && isList(is.schema) && after.list === 'form, exploded'
  const reader = isWrapped && items.outcome === 'found' ? items.schemas[0]! : is.schema
  return [
    ...compareSchemas(
      was.schema,
      before.content === undefined ? asWireText(reader) : reader,
      name,
      directions,
    ),
    ...compareDefaults(was, is),
  ]
}

function compareSchemas(was: SchemaAt, is: SchemaAt, name: string, { request }: Directions): Change[] {
  return request
    .compare(was, is)
    .map((each) => ({ ...each, message: `Parameter '${name}': ${each.message}` }))
}

function compareDefaults(was: Parameter, is: Parameter): Change[] {
  const [before, after] = [was, is].map(({ schema }) => {
    const value = dereferenced(schema?.source.root, schema?.schema)
    return isRecord(value) && value['default'] !== undefined ? JSON.stringify(value['default']) : 'none'
  }) as [string, string]
  if (before === after) return []
  return [behaviour('default-changed', `Parameter '${is.name}' has another default`, before, after)]
}

/** How lists and objects are written (OpenAPI, "Style Values"), or the media type and schema of a parameter with content. */
function wireForm(
  { source }: Operation,
  { pointer, in: place }: Parameter,
): { list: string; content: string | undefined; written: SchemaAt | undefined } {
  const written = dereferenced(source.root, valueAt(source.root, pointer))
  const parameter = isRecord(written) ? written : {}
  const style =
    typeof parameter['style'] === 'string'
      ? parameter['style']
      : place === 'query' || place === 'cookie'
        ? 'form'
        : 'simple'
  const isExploded = typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form'
  const [content, media] = isRecord(parameter['content'])
    ? (Object.entries(parameter['content'])[0] ?? [])
    : []
  const schema = isRecord(media) ? media['schema'] : undefined
  return {
    list: isExploded ? `${style}, exploded` : style,
    content,
    written:
      content === undefined || schema === undefined
        ? undefined
        : { schema, pointer: `${pointer}${pointerOf('content', content)}/schema`, source },
  }
}

function positionOf(path: string, name: string): number {
  return [...path.matchAll(/\{([^}]*)\}/g)].findIndex(([, each]) => each === name)
}

function isScalar(schema: SchemaAt | undefined): boolean {
  const types = schema && typesOf([schema])
  return types !== undefined && !types.has('array') && !types.has('object')
}

function anyText(at: SchemaAt): SchemaAt {
  return { ...at, schema: { type: 'string' }, pointer: `${at.pointer}/(none)` }
}

function isList(schema: SchemaAt | undefined): boolean {
  return schema !== undefined && typesOf([schema])?.has('array') === true
}

import { isRecord, valueAt } from '@specwright/json-schema/json-pointer.ts'
import type { Operation } from '../model.ts'
import { change, source, type Change, type Directions } from './change.ts'
import { compareMedia } from './compare-media.ts'
import { compareParameters } from './compare-parameters.ts'
import { compareResponses } from './compare-responses.ts'
import { compareSecurity } from './compare-security.ts'

/** What a new form of an operation means to the clients of the old one. */
export function compareOperations(old: Operation, now: Operation, directions: Directions): Change[] {
  // What a scheme is called is written elsewhere.
  if (isUnchanged(old, now, directions)) return compareSecurity(old, now)
  return [
    ...compareParameters(old, now, directions),
    ...compareRequestBodies(old, now, directions),
    ...compareResponses(old, now, directions),
    ...compareSecurity(old, now),
    ...compareNames(old, now),
  ]
}

/** Most operations of a large document stay as they are: they cost no more than this. */
function isUnchanged(old: Operation, now: Operation, { isSame }: Directions): boolean {
  const [before, after] = [old, now].map(({ source, pointer, parameters }) => [
    valueAt(source.root, pointer),
    // Parameters of the path stand outside of the operation.
    parameters.map((each) => valueAt(source.root, each.pointer)),
  ])
  return old.path === now.path && isSame(before, after)
}

/** A webhook or a callback: the service writes the request and reads the answer. */
export function compareNotices(old: Operation, now: Operation, directions: Directions): Change[] {
  const mayBeMissing = old.requestBody?.required === true && now.requestBody?.required === false
  return [
    ...(mayBeMissing
      ? [change('notice-body-optional', 'The body may be missing', 'required', 'optional')]
      : []),
    ...compareMedia(old.requestBody?.content ?? [], now.requestBody?.content ?? [], 'response', directions),
    ...old.responses.flatMap((was) => {
      const is = now.responses.find(({ status }) => status === was.status)
      return is === undefined ? [] : compareMedia(was.content, is.content, 'request', directions)
    }),
  ]
}

/** Announced, and the day is over: https://www.rfc-editor.org/rfc/rfc8594, as the extension x-sunset. */
export function isPastSunset({ source, pointer }: Operation, now: Date): boolean {
  const operation = valueAt(source.root, pointer)
  if (!isRecord(operation) || operation['deprecated'] !== true) return false
  const sunset = operation['x-sunset']
  return typeof sunset === 'string' && Date.parse(sunset) < now.getTime()
}

function compareRequestBodies(old: Operation, now: Operation, directions: Directions): Change[] {
  const changes: Change[] = []
  if (now.requestBody?.required === true && old.requestBody?.required !== true)
    changes.push({
      ...change(
        'required-body-added',
        'A body became required',
        old.requestBody === undefined ? 'none' : 'optional',
        'required',
      ),
      line: now.requestBody.line,
    })
  return [
    ...changes,
    ...compareMedia(old.requestBody?.content ?? [], now.requestBody?.content ?? [], 'request', directions),
  ]
}

/** Nothing on the wire: but programs generated from the contract call it by this name. */
function compareNames(old: Operation, now: Operation): Change[] {
  const [before, after] = [old.operationId, now.operationId]
  if (before === undefined || before === after) return []
  const message = 'Generated clients know the operation by another name'
  return [source('operation-id-changed', message, before, after ?? 'none')]
}

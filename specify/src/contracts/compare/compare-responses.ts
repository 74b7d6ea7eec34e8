import { isRecord, pointer as pointerOf, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { dereferenced } from '@specwright/json-schema/resolve-ref.ts'
import type { Operation, Response, SchemaAt } from '../model.ts'
import { behaviour, change, type Change, type Directions } from './change.ts'
import { compareMedia } from './compare-media.ts'
import { asWireText } from './wire-text.ts'

/** Answers by status. Errors may come and go: a client must cope with any of them. */
export function compareResponses(old: Operation, now: Operation, directions: Directions): Change[] {
  const known = old.responses.map(({ status }) => status)
  const added = now.responses.filter(
    ({ status }) => isSuccess(status) && !known.some((each) => covers(each, status)),
  )
  return [
    ...old.responses.flatMap((was) => compareResponse(was, old, now, directions)),
    ...added.map(({ status, line }) => ({
      ...behaviour('response-added', `The answer ${status} was added`, known.join(', '), status),
      line,
    })),
  ]
}

function compareResponse(was: Response, old: Operation, now: Operation, directions: Directions): Change[] {
  // Where nothing else is said, the default is the success.
  const isDefault = was.status === 'default' && !old.responses.some(({ status }) => isSuccess(status))
  if (!isSuccess(was.status) && !isDefault) return []
  const partners = now.responses.filter(
    ({ status }) => covers(status, was.status) || covers(was.status, status),
  )
  const exact = partners.filter(({ status }) => status === was.status)
  const answers = exact.length > 0 ? exact : partners
  if (answers.length === 0)
    return [change('response-removed', `The answer ${was.status} was removed`, was.status, 'nothing')]
  return answers.flatMap((is) => [
    ...compareMedia(was.content, is.content, 'response', directions),
    ...compareHeaders(headersOf(old, was), headersOf(now, is), is, directions),
  ])
}

function compareHeaders(
  before: ReadonlyMap<string, Header>,
  after: ReadonlyMap<string, Header>,
  { line }: Response,
  directions: Directions,
): Change[] {
  return [...before].flatMap(([name, was]): Change[] => {
    const is = after.get(name)
    if (was.isRequired && is?.isRequired !== true) {
      const message = `The header '${was.name}' is no longer promised`
      return [
        {
          ...change(
            'response-header-removed',
            message,
            'required',
            is === undefined ? 'nothing' : 'optional',
          ),
          line,
        },
      ]
    }
    if (was.schema === undefined || is?.schema === undefined) return []
    return directions.response
      .compare(asWireText(was.schema), is.schema)
      .map((each) => ({ ...each, message: `Header '${was.name}': ${each.message}` }))
  })
}

type Header = { readonly name: string; readonly isRequired: boolean; readonly schema: SchemaAt | undefined }

function headersOf({ source }: Operation, { pointer }: Response): Map<string, Header> {
  const response = dereferenced(source.root, valueAt(source.root, pointer))
  const headers = isRecord(response) && isRecord(response['headers']) ? response['headers'] : {}
  return new Map(
    Object.entries(headers).flatMap(([name, header]): [string, Header][] => {
      const value = dereferenced(source.root, header)
      if (!isRecord(value)) return []
      const at = `${pointer}${pointerOf('headers', name)}/schema`
      const schema =
        value['schema'] === undefined ? undefined : { schema: value['schema'], pointer: at, source }
      return [[name.toLowerCase(), { name, isRequired: value['required'] === true, schema }]]
    }),
  )
}

function isSuccess(status: string): boolean {
  return /^[23]/.test(status)
}

/** `2XX` covers `200`; `default` stands for all that is not named. */
function covers(range: string, status: string): boolean {
  return range === status || range === 'default' || (range.endsWith('XX') && range[0] === status[0])
}

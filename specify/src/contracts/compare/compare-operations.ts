import type { Media, Operation, SchemaAt } from '../model.ts'
import type { Exchange } from './modern-schema.ts'
import type { SchemaChange, SchemaComparison } from './schema-comparison.ts'

export type Change = Omit<SchemaChange, 'at' | 'cause'> & {
  readonly at?: SchemaAt
  readonly line?: number
  /** Where none is named, the change is a cause of its own. */
  readonly cause?: string
}

/** The two directions of one pair of documents. */
export type Directions = { readonly request: SchemaComparison; readonly response: SchemaComparison }

/** What a new form of an operation breaks for the clients of the old one. */
export function compareOperations(old: Operation, now: Operation, directions: Directions): Change[] {
  return [
    ...compareParameters(old, now, directions),
    ...compareRequestBodies(old, now, directions),
    ...compareResponses(old, now, directions),
    ...compareSecurity(old, now),
  ]
}

function compareParameters(old: Operation, now: Operation, directions: Directions): Change[] {
  return now.parameters.flatMap((parameter): Change[] => {
    if (parameter.in === 'path') return []
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name
    const was = old.parameters.find(
      (each) =>
        each.in === parameter.in && (each.in === 'header' ? each.name.toLowerCase() : each.name) === name,
    )
    const { line } = parameter
    if (parameter.required && was?.required !== true) {
      const message = `${was === undefined ? 'New required' : 'Now required'} ${parameter.in} parameter '${parameter.name}'`
      return [
        {
          ...change(
            'required-parameter-added',
            message,
            was === undefined ? 'nothing' : 'optional',
            'required',
          ),
          line,
        },
      ]
    }
    if (was?.schema === undefined || parameter.schema === undefined) return []
    return directions.request.compare(was.schema, parameter.schema).map((each) => ({
      ...each,
      message: `Parameter '${parameter.name}': ${each.message}`,
    }))
  })
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

function compareResponses(old: Operation, now: Operation, directions: Directions): Change[] {
  return old.responses.flatMap((was): Change[] => {
    // Errors may come and go: a client must cope with any of them.
    if (!/^[23]/.test(was.status)) return []
    const is = now.responses.find(({ status }) => status === was.status || status === `${was.status[0]}XX`)
    if (is === undefined)
      return [change('response-removed', `The answer ${was.status} was removed`, was.status, 'nothing')]
    return compareMedia(was.content, is.content, 'response', directions)
  })
}

function compareMedia(
  old: readonly Media[],
  now: readonly Media[],
  direction: Exchange,
  directions: Directions,
): Change[] {
  return old.flatMap((was): Change[] => {
    const is = now.find(({ type }) => type === was.type)
    if (is === undefined)
      return [
        change(
          'media-type-removed',
          `${direction === 'request' ? 'Bodies' : 'Answers'} of type ${was.type} were removed`,
          was.type,
          now.map(({ type }) => type).join(', ') || 'nothing',
        ),
      ]
    return was.schema === undefined || is.schema === undefined
      ? []
      : directions[direction].compare(was.schema, is.schema)
  })
}

function compareSecurity(old: Operation, now: Operation): Change[] {
  const isOpen = ({ security }: Operation) =>
    security.length === 0 || security.some((names) => names.length === 0)
  if (!isOpen(old) || isOpen(now)) return []
  return [
    change(
      'security-added',
      'Credentials became required',
      'none',
      now.security.map((names) => names.join(' and ')).join(' or '),
    ),
  ]
}

export function change(code: string, message: string, before: string, after: string): Change {
  return { code, message, before, after, verdict: 'breaking' }
}

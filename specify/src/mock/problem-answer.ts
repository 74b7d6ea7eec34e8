import { STATUS_CODES } from 'node:http'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { bodyFor, documentedAnswer, NoAnswer, type Answer } from './make-answer.ts'
import type { MockOperation } from './mock-operation.ts'

export type Problem = {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly [extension: string]: unknown
}

/**
 * Problem details (RFC 9457), in the shape the contract documents for that status where it documents one: our words
 * wherever they fit it.
 */
export function problemAnswer(problem: Problem, target: MockOperation | undefined, seed: string): Answer {
  const { status, code } = problem
  const plain = { type: `/problems/${code}`, title: STATUS_CODES[status] ?? code, ...problem }
  const documented = target === undefined ? undefined : documentedAnswer(target, status)
  const media = documented?.media.find(({ isJson }) => isJson)
  const own: Answer = { status, type: 'application/problem+json', headers: [], body: plain }
  if (media === undefined) return own
  const type = media.type.includes('*') ? 'application/problem+json' : media.type
  if (media.check(plain).length === 0) return { ...own, type, media }
  try {
    const base = bodyFor(media, { seed, isDynamic: false })
    return { ...own, type, media, body: inShape(base, plain, (body) => media.check(body).length === 0) }
  } catch (error) {
    if (error instanceof NoAnswer) return own
    throw error
  }
}

/** The documented body with our words in it, one by one, as long as it stays valid. */
function inShape(
  base: unknown,
  plain: Readonly<Record<string, unknown>>,
  isValid: (body: unknown) => boolean,
): unknown {
  if (!isRecord(base)) return base
  const body: Record<string, unknown> = { ...base }
  const words: Record<string, unknown> = {
    message: plain['detail'],
    error_description: plain['detail'],
    ...plain,
  }
  for (const [name, value] of Object.entries(words)) {
    const isNew = !Object.hasOwn(base, name)
    if (isNew && (name === 'message' || name === 'error_description')) continue
    const fitting = formsOf(name, value).find((form) => isValid({ ...body, [name]: form }))
    if (fitting !== undefined) body[name] = fitting
  }
  // What the example says of another request's faults would be a lie here.
  if (body['errors'] === base['errors'] && Object.hasOwn(base, 'errors')) {
    const { errors: _, ...rest } = body
    if (isValid(rest)) return rest
  }
  return body
}

/** Lists of faults have a few usual forms. */
function formsOf(name: string, value: unknown): unknown[] {
  if (name !== 'errors' || !Array.isArray(value)) return [value]
  const faults = value as { readonly name: string; readonly pointer: string; readonly message: string }[]
  return [
    value,
    faults.map(({ pointer, message }) => ({ pointer, message })),
    faults.map(({ pointer, message }) => ({ pointer, detail: message })),
    faults.map(({ name: field, message }) => ({ field, message })),
    faults.map(({ message }) => ({ message })),
    faults.map(({ message }) => message),
  ]
}

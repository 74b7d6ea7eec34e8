// Lists: no longer than was asked for, and nothing in them that was filtered out.

import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { operationKey, type Violation } from './check-answer.ts'
import { parameterSchema } from './contract-details.ts'
import { parameterKey, type Draft } from './draft.ts'
import { listOf, shapesOf } from './schema-shape.ts'
import type { Answer } from './session.ts'

const LIMIT = /^(limit|page_?size|per_?page|max_?results|max_?items|page_?limit|size|first|top|count)$/i

/** What is wrong with the list in the good answer to a valid read. */
export function listViolations({ operation, parameters }: Draft, answer: Answer): Violation[] {
  if (answer.status < 200 || answer.status > 299 || operation.method !== 'GET') return []
  const list = mainList(answer.json?.value)
  if (list === undefined) return []
  return operation.parameters.flatMap((parameter): Violation[] => {
    const { name } = parameter
    const value = parameters.get(parameterKey(parameter))
    if (parameter.in !== 'query' || value === undefined) return []
    const own = { cause: `${operationKey(operation)} ${name}` }
    const start = [`HTTP ${answer.status}`, '[Asserts]']
    if (LIMIT.test(name) && typeof value === 'number' && list.items.length > value)
      return [
        {
          ...own,
          code: 'verify-limit-ignored',
          message: `answers ${list.items.length} items where ${name} asks for at most ${value}`,
          expected: [...start, `jsonpath ${JSON.stringify(list.path)} count <= ${value}`],
        },
      ]
    // A value of a few, and a member of the same name with another one: it can only have been meant as a filter.
    const isChoice = shapesOf(
      parameterSchema(operation.source, parameter)?.schema,
      operation.source.root,
    ).every((shape) => listOf(shape['enum']).length > 1)
    if (typeof value !== 'string' || !isChoice) return []
    const other = list.items.find(
      (item) => isRecord(item) && typeof item[name] === 'string' && item[name] !== value,
    )
    if (!isRecord(other)) return []
    return [
      {
        ...own,
        code: 'verify-filter-ignored',
        message: `answers an item with ${name} ${JSON.stringify(other[name])} where ${JSON.stringify(value)} is asked for`,
        expected: [
          ...start,
          `jsonpath ${JSON.stringify(`${list.path}[?(@.${name} != '${value}')]`)} count == 0`,
        ],
      },
    ]
  })
}

/** The answer itself, or the only list it holds one level down. */
function mainList(value: unknown): { readonly items: readonly unknown[]; readonly path: string } | undefined {
  if (Array.isArray(value)) return { items: value, path: '$' }
  if (!isRecord(value)) return undefined
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  return lists.length === 1 ? { items: lists[0]![1], path: `$.${lists[0]![0]}` } : undefined
}

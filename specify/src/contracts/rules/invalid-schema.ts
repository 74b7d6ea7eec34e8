import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { checkSchema } from '@specwright/json-schema/compile-schema.ts'
import { readAvro } from '../avro.ts'
import { placeOf, type SchemaAt } from '../model.ts'
import type { Graph } from '../graph.ts'
import type { ContractRule, Problem } from './rule.ts'

export const invalidSchema: ContractRule = {
  code: 'invalid-schema',
  severity: 'error',
  about: 'system',
  scope: 'file',
  why: 'A keyword misspelled or of the wrong type is silently ignored by most validators.',
  example: { wrong: 'type: strng', right: 'type: string' },
  check: (graph) => [...schemasOf(graph).flatMap(problemsOf), ...avroProblems(graph)],
}

/** The schemas that stand by themselves: components, inline ones of operations, those of events. */
function schemasOf({ apis, operations, events }: Graph): SchemaAt[] {
  const components = apis.flatMap(({ source }) => {
    const root = source.root as Record<string, unknown>
    const all = isRecord(root['components']) ? root['components']['schemas'] : undefined
    if (!isRecord(all)) return []
    return Object.entries(all).map(([name, schema]) => ({
      schema,
      source,
      pointer: `/components/schemas${pointerOf(name)}`,
    }))
  })
  const inline = operations.flatMap(({ parameters, requestBody, responses }) => [
    ...parameters.map(({ schema }) => schema),
    ...[requestBody, ...responses].flatMap((part) => part?.content.map(({ schema }) => schema) ?? []),
  ])
  const all = [
    ...components,
    ...[...inline, ...events.map(({ schema }) => schema)].filter((at) => at !== undefined),
  ]
  return [...new Map(all.map((at) => [`${at.source.file}#${at.pointer}`, at])).values()]
}

/** Avro names what it declares; a schema that is only a reference is judged where it stands. */
function avroProblems({ events }: Graph): Problem[] {
  return events.flatMap(({ avro, form }) =>
    avro === undefined || form !== 'avro'
      ? []
      : readAvro(avro.source.root, avro.pointer).problems.map(({ pointer, message }) => ({
          ...placeOf(avro.source, pointer),
          message: `This Avro schema is not valid: ${message}.`,
          service: avro.source.service,
        })),
  )
}

function problemsOf({ schema, source, pointer }: SchemaAt): Problem[] {
  return checkSchema(schema, source.dialect).map((problem) => ({
    ...placeOf(source, `${pointer}${problem.pointer}`),
    message: `This schema is not valid: ${problem.message}.`.replace(/\.\.$/, '.'),
    service: source.service,
  }))
}

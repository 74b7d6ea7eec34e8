import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { avroRecords } from './avro.ts'
import { contractBlocks } from './fenced-contracts.ts'
import { eventsOf } from './load-events.ts'
import { openApiOf, type ContractText } from './load-openapi.ts'
import type { Contracts } from './model.ts'
import { readDocument, type ReadDocument } from './read-document.ts'

/** What a file is by its place, for what does not say so itself. */
export type Expected = 'api' | 'events'

/** One file: a contract by what it says it is, a Markdown page with contracts in its fences, or a finding. */
export function loadContract(contract: ContractText, expected: Expected): Contracts {
  if (!/\.(md|markdown)$/i.test(contract.file))
    return ofDocument(readDocument(contract.text, contract.file), contract, expected)
  const parts = contractBlocks(contract.text).map(({ text, language }) =>
    ofDocument(readDocument(text, contract.file, language), { ...contract, text }, expected),
  )
  return {
    apis: parts.flatMap(({ apis }) => apis),
    eventFiles: parts.flatMap(({ eventFiles }) => eventFiles),
    findings: parts.flatMap(({ findings }) => findings),
  }
}

function ofDocument(document: ReadDocument, contract: ContractText, expected: Expected): Contracts {
  const { root } = document
  if (root === undefined) return { apis: [], eventFiles: [], findings: document.findings }
  if (saysEvents(root) || (expected === 'events' && !saysApi(root))) {
    const { eventFile, findings } = eventsOf(document, contract)
    return { apis: [], eventFiles: eventFile === undefined ? [] : [eventFile], findings }
  }
  // Schemas beside an API are there to be referred to.
  if (!saysApi(root) && isOnlyParts(root)) return { apis: [], eventFiles: [], findings: document.findings }
  const { api, findings } = openApiOf(document, contract)
  return { apis: api === undefined ? [] : [api], eventFiles: [], findings: findings satisfies Finding[] }
}

function saysApi(root: Record<string, unknown>): boolean {
  return root['openapi'] !== undefined || root['swagger'] !== undefined
}

function saysEvents(root: Record<string, unknown>): boolean {
  return root['asyncapi'] !== undefined || Array.isArray(root['events']) || avroRecords(root).length > 0
}

const PARTS = [
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'properties',
  'allOf',
  'oneOf',
  'anyOf',
  'enum',
  '$ref',
]

function isOnlyParts(root: Record<string, unknown>): boolean {
  return (
    PARTS.some((word) => root[word] !== undefined) ||
    (typeof root['type'] === 'string' && !isRecord(root['info']))
  )
}

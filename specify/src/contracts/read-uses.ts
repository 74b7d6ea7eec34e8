// Where consumers say what they use: contracts/uses.yaml, Pact files, recorded calls (HAR), and code that calls a
// generated client. All of it is read from the workspace; nothing is run.

import { posix } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Workspace } from '../workspace/model.ts'
import { isSamePath, type Use } from './declared-uses.ts'
import type { ReadContract } from './load-contracts.ts'
import type { Contracts, Operation } from './model.ts'
import { readDocument } from './read-document.ts'

export type ReadUses = { readonly uses: readonly Use[]; readonly findings: readonly Finding[] }

type File = {
  readonly file: string
  readonly text: string
  /** The service whose folder holds it. */ readonly owner: string | undefined
}

/** Every declared use in a workspace; `contracts` say what there is to use. */
export async function readUses(
  workspace: Workspace,
  contracts: Contracts,
  read: ReadContract,
): Promise<ReadUses> {
  const uses: Use[] = []
  const findings: Finding[] = []
  const operations = contracts.apis.flatMap((api) => api.operations)
  for (const file of workspace.files) {
    const kind = kindOf(file)
    if (kind === undefined) continue
    const text = await read(file).catch(() => undefined)
    if (text === undefined) continue
    const owner = workspace.services.find(({ path }) => file.startsWith(`${path}/`))?.name
    const found = READERS[kind]({ file, text, owner }, operations)
    uses.push(...found.uses)
    findings.push(...found.findings)
  }
  return { uses, findings }
}

type Kind = 'uses' | 'pact' | 'har' | 'client'

function kindOf(file: string): Kind | undefined {
  if (/(^|\/)contracts\/uses\.(ya?ml|json)$/.test(file)) return 'uses'
  if (/(^|\/)pacts?\/[^/]+\.json$|\.pact\.json$/.test(file)) return 'pact'
  if (file.endsWith('.har')) return 'har'
  return /\.(ts|tsx|mts|js|mjs|jsx)$/.test(file) && !/\.(test|spec|d)\.[a-z]+$/.test(file)
    ? 'client'
    : undefined
}

const READERS: Readonly<Record<Kind, (file: File, operations: readonly Operation[]) => ReadUses>> = {
  uses: fromUsesFile,
  pact: fromPact,
  har: fromHar,
  client: fromClientCode,
}

/** `uses: [{service, operation, sends, reads, values} | {event, version, reads, values}]`. */
export function fromUsesFile({ file, text, owner }: File): ReadUses {
  const { root, document, findings: problems } = readDocument(text, file)
  if (root === undefined) return { uses: [], findings: problems }
  const findings: Finding[] = [...problems]
  const lineOf = (pointer: string) => document.locate(pointer)?.line ?? 1
  const consumer = textOf(root['consumer']) ?? owner
  const list = Array.isArray(root['uses']) ? (root['uses'] as unknown[]) : undefined
  const refuse = (pointer: string, message: string) =>
    findings.push({
      code: 'uses-format',
      severity: 'error',
      message,
      hint: 'Write uses: [{ service: user-service, operation: GET /api/v1/users/{id}, reads: [id, email] }] or { event: user.profile.created, reads: [data.userId] }.',
      file,
      line: lineOf(pointer),
    })
  if (list === undefined || consumer === undefined) {
    refuse(
      '',
      list === undefined
        ? 'This file has no list "uses".'
        : 'Nobody knows who uses this: the file is in no service and names no "consumer".',
    )
    return { uses: [], findings }
  }
  const uses = list.flatMap((item, i): Use[] => {
    const pointer = `/uses/${i}`
    const target = isRecord(item) ? targetOf(item) : undefined
    if (!isRecord(item) || target === undefined) {
      refuse(pointer, `Use ${i + 1} names neither an "operation" of a "service" nor an "event".`)
      return []
    }
    return [
      {
        consumer,
        provider: textOf(item['service']),
        target,
        sends: textsOf(item['sends']),
        reads: textsOf(item['reads'] ?? item['fields']),
        isOpen: item['values'] === 'open',
        file,
        line: lineOf(pointer),
      },
    ]
  })
  return { uses, findings }
}

function targetOf(item: Record<string, unknown>): Use['target'] | undefined {
  const [event, operation] = [textOf(item['event']), textOf(item['operation'])]
  if (event !== undefined) return { kind: 'event', eventType: event, version: textOf(item['version']) }
  if (operation === undefined || textOf(item['service']) === undefined) return undefined
  const [, method, path] = /^([A-Za-z]+)\s+(\/\S*)$/.exec(operation) ?? []
  return method === undefined
    ? { kind: 'operation-id', id: operation }
    : { kind: 'operation', method: method.toUpperCase(), path: path! }
}

/** Pact specification 1 to 4: interactions over HTTP, and messages. https://github.com/pact-foundation/pact-specification */
export function fromPact({ file, text, owner }: File): ReadUses {
  const { root, document, findings } = readDocument(text, file)
  if (root === undefined) return { uses: [], findings }
  const nameOf = (value: unknown) => (isRecord(value) ? textOf(value['name']) : undefined)
  const consumer = nameOf(root['consumer']) ?? owner
  const provider = nameOf(root['provider'])
  if (consumer === undefined || provider === undefined) return { uses: [], findings: [] }
  const lineOf = (pointer: string) => document.locate(pointer)?.line ?? 1
  const each = (name: string) =>
    (Array.isArray(root[name]) ? (root[name] as unknown[]) : []).map((value, i) => ({
      value,
      pointer: `/${name}/${i}`,
    }))
  const uses = [...each('interactions'), ...each('messages')].flatMap(({ value, pointer }): Use[] => {
    if (!isRecord(value)) return []
    const common = { consumer, provider, isOpen: false, file, line: lineOf(pointer) }
    const { request, response } = value
    if (isRecord(request)) {
      const [method, path] = [textOf(request['method']), textOf(request['path'])]
      if (method === undefined || path === undefined) return []
      const target = { kind: 'operation' as const, method: method.toUpperCase(), path }
      return [{ ...common, target, sends: fieldsOf(bodyOf(request)), reads: fieldsOf(bodyOf(response)) }]
    }
    const body = bodyOf({ body: value['contents'] })
    const metadata = isRecord(value['metadata'])
      ? value['metadata']
      : isRecord(value['metaData'])
        ? value['metaData']
        : {}
    const eventType =
      (isRecord(body) ? textOf(body['eventType']) : undefined) ??
      textOf(metadata['eventType']) ??
      textOf(value['description'])
    if (eventType === undefined) return []
    return [
      {
        ...common,
        target: { kind: 'event', eventType, version: undefined },
        sends: undefined,
        reads: fieldsOf(body),
      },
    ]
  })
  return { uses, findings }
}

/** Pact 4 wraps bodies: `{content, contentType}`. */
function bodyOf(part: unknown): unknown {
  const body = isRecord(part) ? part['body'] : undefined
  return isRecord(body) && body['content'] !== undefined && body['contentType'] !== undefined
    ? body['content']
    : body
}

/** Recorded calls (http://www.softwareishard.com/blog/har-12-spec/): which operations, and what was sent. */
export function fromHar({ file, text, owner }: File, operations: readonly Operation[]): ReadUses {
  const { root, document, findings } = readDocument(text, file, 'json')
  const log = isRecord(root?.['log']) ? root['log'] : undefined
  if (log === undefined || owner === undefined || !Array.isArray(log['entries']))
    return { uses: [], findings }
  const uses = log['entries'].flatMap((entry: unknown, i): Use[] => {
    const request = isRecord(entry) ? entry['request'] : undefined
    if (!isRecord(request)) return []
    const [method, url] = [textOf(request['method']), textOf(request['url'])]
    if (method === undefined || url === undefined) return []
    const path = url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '')
    const own = operations.find(
      (each) =>
        each.method === method.toUpperCase() && isRecorded(path, each.path) && each.source.service !== owner,
    )
    if (own?.source.service === undefined) return []
    const posted = isRecord(request['postData']) ? textOf(request['postData']['text']) : undefined
    return [
      {
        consumer: owner,
        provider: own.source.service,
        target: { kind: 'operation', method: own.method, path: own.path },
        sends: fieldsOf(parsed(posted)),
        // A record shows what came, not what was read of it.
        reads: undefined,
        isOpen: false,
        file,
        line: document.locate(`/log/entries/${i}`)?.line ?? 1,
      },
    ]
  })
  return { uses, findings }
}

/** The path of a recorded call may begin with a prefix the server adds. */
function isRecorded(path: string, template: string): boolean {
  const [a, b] = [path.split('/'), template.split('/')]
  return a.length >= b.length && isSamePath(['', ...a.slice(a.length - b.length + 1)].join('/'), template)
}

const IMPORT =
  /\bfrom\s+['"]([^'"]+)['"]|\brequire\(\s*['"]([^'"]+)['"]\s*\)|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/**
 * Code that imports from another service's `contracts/`, or a package called after it, and calls its operations by
 * their ids. A field counts as read when its name stands anywhere in the file, which errs on the side of caution.
 */
export function fromClientCode({ file, text, owner }: File, operations: readonly Operation[]): ReadUses {
  if (owner === undefined || (!text.includes('import') && !text.includes('require')))
    return { uses: [], findings: [] }
  const offers = offersOf(operations)
  const imported = [...text.matchAll(IMPORT)].flatMap(
    ([, a, b, c]) => offers.serviceOf(a ?? b ?? c ?? '', file) ?? [],
  )
  const providers = new Set(imported.filter((service) => service !== owner))
  if (providers.size === 0) return { uses: [], findings: [] }
  const names = [...new Set(text.match(/\b[A-Za-z_$][\w$]*\b/g) ?? [])].map((name) => `**.${name}`)
  const lines = text.split('\n')
  const offered = [...providers].flatMap((service) => offers.byService.get(service) ?? [])
  const uses = offered.flatMap(({ operationId, method, path, source }): Use[] => {
    const line = lines.findIndex((each) => callsOperation(each, { operationId, method, path }))
    if (line === -1) return []
    return [
      {
        consumer: owner,
        provider: source.service,
        target: { kind: 'operation', method, path },
        sends: names,
        reads: names,
        isOpen: false,
        file,
        line: line + 1,
      },
    ]
  })
  return { uses, findings: [] }
}

/** Who offers what, to be asked by thousands of files. */
type Offers = {
  readonly byService: ReadonlyMap<string, readonly Operation[]>
  /** The service whose contracts an import leads to. */
  serviceOf(imported: string, file: string): string | undefined
}

const known = new WeakMap<readonly Operation[], Offers>()

function offersOf(operations: readonly Operation[]): Offers {
  const made = known.get(operations)
  if (made !== undefined) return made
  const byService = Map.groupBy(
    operations.filter(({ source }) => source.service !== undefined),
    ({ source }) => source.service!,
  )
  const folders = new Map(
    operations.flatMap(({ source: { service, file } }) =>
      service === undefined ? [] : [[folderOf(file), service] as const],
    ),
  )
  const offers: Offers = {
    byService,
    serviceOf(imported, file) {
      if (imported.startsWith('.')) return folders.get(folderOf(posix.join(posix.dirname(file), imported)))
      const [first = '', second = ''] = imported.split('/')
      const name = first.startsWith('@') ? second : first
      return [name, name.replace(/-(client|api|sdk)$/, '')].find((each) => byService.has(each))
    },
  }
  known.set(operations, offers)
  return offers
}

/** `services/a/contracts` of anything in there. */
function folderOf(path: string): string {
  const whole = `${path}/`
  return whole.slice(0, whole.indexOf('/contracts/') + '/contracts'.length)
}

function callsOperation(
  line: string,
  { operationId, method, path }: { operationId: string | undefined; method: string; path: string },
): boolean {
  if (
    operationId !== undefined &&
    new RegExp(`\\b${operationId.replaceAll(/[^\w]/g, '.')}\\b`).test(line) &&
    !/^\s*import\b/.test(line)
  )
    return true
  return new RegExp(`\\b${method}\\b`, 'i').test(line) && line.includes(path)
}

/** Paths of all members of a value, as `reads` names them. */
function fieldsOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined
  const fields = new Set<string>()
  const visit = (each: unknown, path: string): void => {
    if (Array.isArray(each)) return each.forEach((item) => visit(item, path))
    if (!isRecord(each)) {
      if (path !== '') fields.add(path)
      return
    }
    for (const [name, inner] of Object.entries(each)) visit(inner, path === '' ? name : `${path}.${name}`)
  }
  visit(value, '')
  return [...fields]
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined
}

function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined
}

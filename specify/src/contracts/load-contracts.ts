import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { isBesideContracts } from './acknowledgements.ts'
import { readText } from '../workspace/read-text.ts'
import type { Workspace } from '../workspace/model.ts'
import { readLinkedFiles } from './linked-files.ts'
import { loadContract, type Expected } from './load-contract.ts'
import type { Api, Contracts, EventFile } from './model.ts'

/** Reads one file of the workspace; undefined when it is not there. */
export type ReadContract = (file: string) => Promise<string | undefined>

/** Every contract of a workspace. Files of findings are relative to its root. */
export async function loadContracts(
  workspace: Workspace,
  read: ReadContract = (file) => readText(join(workspace.root, file)),
): Promise<Contracts> {
  const loaded: Loaded[] = []
  for (const file of contractFiles(workspace)) loaded.push(await loadOne(file, read))
  return together(loaded)
}

export type ContractFile = {
  readonly file: string
  readonly service: string | undefined
  readonly expected: Expected
}

/** Every file of the workspace that should be a contract, and whose. */
export function contractFiles({ services, sharedApiFiles, sharedEventFiles }: Workspace): ContractFile[] {
  const all = (files: readonly string[], service: string | undefined, expected: Expected) =>
    files.map((file): ContractFile => ({ file, service, expected }))
  return [
    ...services.flatMap(({ name, apiFiles, eventFiles }) => [
      ...all(apiFiles, name, 'api'),
      ...all(eventFiles, name, 'events'),
    ]),
    ...all(sharedApiFiles, undefined, 'api'),
    ...all(sharedEventFiles, undefined, 'events'),
  ]
}

/** The contracts in some files, whatever kind they are. */
export async function loadContractFiles(files: readonly string[], read: ReadContract): Promise<Contracts> {
  const loaded: Loaded[] = []
  for (const file of files) {
    const expected = /\/events\/|\.avsc$|schema\.json$/.test(file) ? 'events' : 'api'
    loaded.push(await loadOne({ file, service: undefined, expected }, read))
  }
  return together(loaded)
}

export type Loaded = Contracts & {
  readonly file: string
  /** Files it refers to. */ readonly linked: readonly string[]
}

export async function loadOne(
  { file, service, expected }: ContractFile,
  read: ReadContract,
): Promise<Loaded> {
  const nothing = { apis: [], eventFiles: [], file, linked: [] }
  try {
    const text = isBesideContracts(file) ? undefined : await read(file)
    if (text === undefined) return { ...nothing, findings: [] }
    const linked = await readLinkedFiles(text, file, read)
    return { ...loadContract({ text, file, service, linked }, expected), file, linked: [...linked.keys()] }
  } catch (error) {
    const message = `This contract cannot be read: ${error instanceof Error ? error.message : String(error)}.`
    return { ...nothing, findings: [{ code: 'contract-unreadable', severity: 'error', message, file }] }
  }
}

/** What a contract refers to is part of that one, and need be none of its own. */
export function together(loaded: readonly Loaded[]): Contracts {
  const parts = new Set(loaded.flatMap(({ linked }) => linked))
  const apis: Api[] = []
  const eventFiles: EventFile[] = []
  const findings: Finding[] = []
  for (const each of loaded) {
    apis.push(...each.apis)
    const isPart = parts.has(each.file)
    eventFiles.push(
      ...each.eventFiles.filter(({ events }) => !isPart || events.some(({ form }) => form !== 'json-schema')),
    )
    const isContract = each.apis.length + each.eventFiles.length > 0
    findings.push(
      ...(isPart && !isContract
        ? each.findings.filter(({ code }) => code === 'contract-syntax')
        : each.findings),
    )
  }
  return { apis, eventFiles, findings }
}

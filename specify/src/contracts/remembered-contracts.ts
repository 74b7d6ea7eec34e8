// The contracts of a workspace, as far as files changed since the last time: of the others the outline and what the rules
// of single files said is kept by content (decision 0096). What is kept changes nothing but time.

import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { contentKey, type Cache } from '../cache/open-cache.ts'
import type { Workspace } from '../workspace/model.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'
import { contractFiles, loadOne, together, type ContractFile, type Loaded } from './load-contracts.ts'
import { refersOutside } from './linked-files.ts'
import { loadContract } from './load-contract.ts'
import type { Contracts } from './model.ts'
import { fromOutline, outlineOf, type Outline } from './outline.ts'
import { fileProblems, type KnownProblems } from './rules/all-rules.ts'
import type { Problem } from './rules/rule.ts'

export type RememberedContract = {
  readonly outline: Outline
  readonly findings: readonly Finding[]
  readonly problems: Readonly<Record<string, readonly Problem[]>>
}

/** For whoever looks at the whole platform, and at little of each contract. */
export async function loadRemembered(
  workspace: Workspace,
  cache: Cache<RememberedContract>,
): Promise<{ contracts: Contracts; known: KnownProblems }> {
  const loaded: Loaded[] = []
  const others: Loaded[] = []
  const problems = new Map<string, Problem[]>()
  for (const contract of contractFiles(workspace)) {
    const [remembered, own] = await load(contract, workspace.root, cache)
    loaded.push(own)
    if (remembered === undefined) others.push(own)
    for (const [code, list] of Object.entries(remembered?.problems ?? {}))
      problems.set(code, [...(problems.get(code) ?? []), ...list])
  }
  const contracts = together(loaded)
  // What is a part of another contract is none of its own.
  const files = new Set([...contracts.apis, ...contracts.eventFiles].map(({ source }) => source.file))
  for (const [code, list] of problems)
    problems.set(
      code,
      list.filter(({ file }) => files.has(file)),
    )
  return { contracts, known: { problems, others: together(others) } }
}

async function load(
  contract: ContractFile,
  root: string,
  cache: Cache<RememberedContract>,
): Promise<[RememberedContract | undefined, Loaded]> {
  const { file, service, expected } = contract
  const read = async (path: string) => decodeText(readBytes(join(root, path)))
  let bytes: Uint8Array
  try {
    bytes = readBytes(join(root, file))
  } catch {
    return [undefined, await loadOne(contract, read)] // which says why
  }
  const id = JSON.stringify([file, service, expected])
  const key = contentKey([bytes])
  let remembered = cache.get(id, key)
  if (remembered === undefined) {
    const loaded = await loadOne(contract, read)
    remembered = rememberable(loaded, decodeText(bytes))
    if (remembered === undefined) return [undefined, loaded]
    cache.set(id, key, remembered)
  }
  let whole: Contracts | undefined
  const again = () =>
    (whole ??= loadContract({ text: decodeText(bytes), file, service, linked: new Map() }, expected))
  const { apis, eventFiles } = fromOutline(remembered.outline, contract, again)
  return [remembered, { apis, eventFiles, findings: remembered.findings, file, linked: [] }]
}

/** Undefined for a contract that hangs on other files, or is several. */
function rememberable(loaded: Loaded, text: string): RememberedContract | undefined {
  const outline = refersOutside(text) ? undefined : outlineOf(loaded)
  return outline && { outline, findings: loaded.findings, problems: fileProblems(loaded) }
}

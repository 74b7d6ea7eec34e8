// What the portal keeps from one look at the workspace to the next. Deleting any of it would change nothing but time.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { readFrom } from '../contracts/files-alone.ts'
import { contractFiles, loadOne, together, type Loaded } from '../contracts/load-contracts.ts'
import type { Contracts } from '../contracts/model.ts'
import { checkScenarios } from '../scenarios/check-scenarios.ts'
import type { Spec } from '../spec/model.ts'
import type { Workspace } from '../workspace/model.ts'

export type Remembered<Value> = (
  key: string,
  stamp: string,
  make: () => Value | Promise<Value>,
) => Promise<Value>

/** What was made for a key, as long as its stamp is the same. */
export function remember<Value>(): Remembered<Value> {
  const known = new Map<string, { readonly stamp: string; readonly value: Value }>()
  return async (key, stamp, make) => {
    const old = known.get(key)
    if (old?.stamp === stamp) return old.value
    const value = await make()
    known.set(key, { stamp, value })
    return value
  }
}

/** Size and time of the last change: enough to know that a file is another one. */
export function stamper(root: string): (file: string) => string {
  return (file) => {
    const info = statSync(join(root, file), { throwIfNoEntry: false })
    return info === undefined ? 'absent' : `${info.size} ${info.mtimeMs}`
  }
}

export type StampOf = (file: string) => string

/** A contract is read again when it, or a file it refers to, has changed; the list stays the same when none has. */
export function rememberContracts(): (workspace: Workspace, stampOf: StampOf) => Promise<Contracts> {
  const known = new Map<string, { readonly stamp: string; readonly loaded: Loaded }>()
  let last: { readonly parts: readonly Loaded[]; readonly whole: Contracts } | undefined
  return async (workspace, stampOf) => {
    const parts: Loaded[] = []
    for (const contract of contractFiles(workspace)) {
      const key = `${contract.file} ${contract.service ?? ''}`
      const old = known.get(key)
      const stampWith = (linked: readonly string[]) => [contract.file, ...linked].map(stampOf).join()
      if (old !== undefined && old.stamp === stampWith(old.loaded.linked)) {
        parts.push(old.loaded)
        continue
      }
      const loaded = await loadOne(contract, (file) => readFrom(workspace, file))
      known.set(key, { stamp: stampWith(loaded.linked), loaded })
      parts.push(loaded)
    }
    const isSame = last?.parts.length === parts.length && last.parts.every((part, i) => part === parts[i])
    if (last === undefined || !isSame) last = { parts, whole: together(parts) }
    return last.whole
  }
}

/** While the contracts are the same, only the blocks of changed specs are held against them. */
export function rememberScenarioFindings(): (
  workspace: Workspace,
  specs: readonly Spec[],
  contracts: Contracts,
) => Finding[] {
  let against: Contracts | undefined
  let known = new Map<Spec, readonly Finding[]>()
  return (workspace, specs, contracts) => {
    if (against !== contracts) known = new Map()
    against = contracts
    const stale = specs.filter((spec) => !known.has(spec))
    const found = Map.groupBy(checkScenarios(workspace, stale, contracts), ({ file }) => file)
    for (const spec of stale) known.set(spec, found.get(spec.file) ?? [])
    known = new Map(specs.map((spec) => [spec, known.get(spec)!]))
    return [...known.values()].flat()
  }
}

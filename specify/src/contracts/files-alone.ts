// Contracts named one by one, wherever they are: without services, specs or a workspace around them.

import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { listFiles } from '../workspace/list-files.ts'
import { defaultConfig } from '../workspace/load-config.ts'
import type { Workspace } from '../workspace/model.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'
import type { Api, Contracts, EventContract, Source } from './model.ts'

/** A workspace of nothing, at the nearest folder that holds `cwd` and all the files: references may lead that far. */
export function filesAlone(
  cwd: string,
  files: readonly string[],
): { workspace: Workspace; findings: Finding[] } {
  let root = cwd
  for (const file of files) while (relative(root, resolve(cwd, file)).startsWith('..')) root = dirname(root)
  return {
    workspace: {
      root,
      config: defaultConfig,
      services: [],
      features: [],
      constitution: undefined,
      sharedApiFiles: [],
      sharedEventFiles: [],
      files: [],
    },
    findings: [],
  }
}

/** The contracts that arguments name: files, or all below a folder. Throws CliError `no-such-path`. */
export function contractFilesOf(cwd: string, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const place = resolve(cwd, path)
    const info = statSync(place, { throwIfNoEntry: false })
    if (info === undefined) throw new CliError('no-such-path', `There is no "${path}" here.`)
    if (!info.isDirectory()) return [path]
    return listFiles(place)
      .files.filter((file) => /\.(json|ya?ml|avsc|md)$/.test(file))
      .map((file) => join(path, file))
  })
}

/** The text of a file of the workspace; undefined when it is not there. */
export async function readFrom({ root }: Workspace, file: string): Promise<string | undefined> {
  const path = join(root, file)
  return existsSync(path) ? decodeText(readBytes(path)) : undefined
}

/**
 * The old files stand for the new ones, under their names: what is in both is the same contract. One API for one, whatever
 * they are called; of several, those whose paths end alike.
 */
export function asOf(before: Contracts, now: Contracts): Contracts {
  const isOne = before.apis.length === 1 && now.apis.length === 1
  const rename = (source: Source): Source => {
    const api = isOne ? now.apis[0] : mostAlike(source.file, now.apis)
    return api === undefined ? source : { ...source, file: api.source.file }
  }
  return {
    apis: before.apis.map((each) => {
      const source = rename(each.source)
      const operations = each.operations.map((operation) =>
        operation.source === each.source ? { ...operation, source } : operation,
      )
      return { ...each, source, operations }
    }),
    eventFiles: before.eventFiles.map((file) => ({
      ...file,
      events: file.events.map((event) => alike(event, before, now)),
    })),
    findings: before.findings,
  }
}

function mostAlike(file: string, apis: readonly Api[]): Api | undefined {
  const parts = file.split('/').reverse()
  const likeness = (other: string) => {
    const names = other.split('/').reverse()
    const differs = names.findIndex((name, i) => name !== parts[i])
    return differs === -1 ? names.length : differs
  }
  const [best] = apis.toSorted((a, b) => likeness(b.source.file) - likeness(a.source.file))
  return best !== undefined && likeness(best.source.file) > 0 ? best : undefined
}

/** A file of one event or schema is compared with the other whatever they are called. */
function alike(event: EventContract, before: Contracts, now: Contracts): EventContract {
  const [old, current] = [before, now].map(({ eventFiles }) => eventFiles.flatMap(({ events }) => events))
  const [only, ...more] = current!
  if (only === undefined || more.length > 0 || old!.length > 1) return event
  const { revision: _, ...rest } = event
  const { eventType, version, revision } = only
  return { ...rest, eventType, version, ...(revision !== undefined && { revision }) }
}

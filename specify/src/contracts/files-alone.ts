// Contracts named one by one, wherever they are: without services, specs or a workspace around them.

import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { defaultConfig } from '../workspace/load-config.ts'
import type { Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'
import type { Contracts, EventContract, Source } from './model.ts'

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
      sharedEventFiles: [],
      files: [],
    },
    findings: [],
  }
}

/** The text of a file of the workspace; undefined when it is not there. */
export async function readFrom({ root }: Workspace, file: string): Promise<string | undefined> {
  const path = join(root, file)
  return existsSync(path) ? await readText(path) : undefined
}

/** The old file stands for the new one, under the new one's name: what is in both is the same contract. */
export function asOf(before: Contracts, now: Contracts): Contracts {
  const [oldApi, api] = [before.apis[0], now.apis[0]]
  const rename = (source: Source): Source =>
    api !== undefined && source.file === oldApi?.source.file ? { ...source, file: api.source.file } : source
  const source = oldApi && rename(oldApi.source)
  return {
    apis: before.apis.map((each) => ({
      ...each,
      source: each === oldApi ? source! : each.source,
      operations: each.operations.map((operation) =>
        operation.source === oldApi?.source ? { ...operation, source: source! } : operation,
      ),
    })),
    eventFiles: before.eventFiles.map((file) => ({
      ...file,
      events: file.events.map((event) => alike(event, before, now)),
    })),
    findings: before.findings,
  }
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

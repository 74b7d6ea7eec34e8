import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { readText } from '../workspace/read-text.ts'
import type { Workspace } from '../workspace/model.ts'
import { loadEvents } from './load-events.ts'
import { loadOpenApi } from './load-openapi.ts'
import type { Api, Contracts, EventFile } from './model.ts'

/** Reads one file of the workspace; undefined when it is not there. */
export type ReadContract = (file: string) => Promise<string | undefined>

/** Every contract of a workspace. Files of findings are relative to its root. */
export async function loadContracts(
  workspace: Workspace,
  read: ReadContract = (file) => readText(join(workspace.root, file)),
): Promise<Contracts> {
  const apis: Api[] = []
  const eventFiles: EventFile[] = []
  const findings: Finding[] = []
  const load = async (file: string, add: (text: string) => Finding[]) => {
    const text = await read(file).catch((error: unknown) => {
      findings.push({
        code: 'contract-unreadable',
        severity: 'error',
        message: `This contract cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        file,
      })
    })
    if (text !== undefined) findings.push(...add(text))
  }
  const addApi = (file: string, service: string | undefined) =>
    load(file, (text) => {
      const { api, findings } = loadOpenApi(text, file, service)
      if (api !== undefined) apis.push(api)
      return findings
    })
  const addEvents = (file: string, service: string | undefined) =>
    load(file, (text) => {
      const { eventFile, findings } = loadEvents(text, file, service)
      if (eventFile !== undefined) eventFiles.push(eventFile)
      return findings
    })
  for (const { name, apiFiles, eventFiles } of workspace.services) {
    for (const file of apiFiles) await addApi(file, name)
    for (const file of eventFiles) await addEvents(file, name)
  }
  for (const file of workspace.sharedEventFiles) await addEvents(file, undefined)
  return { apis, eventFiles, findings }
}

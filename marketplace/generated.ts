// What is made from the contracts: types and call tables. `npm run generate` writes it, `npm run check` says when it is stale.

import { readdir } from 'node:fs/promises'
import { eventTypes, operationTypes } from './platform/contract/generate-types.ts'
import { readEventFiles } from './platform/contract/load-events.ts'
import { readOpenApi } from './platform/contract/load-contract.ts'

const services = new URL('./services/', import.meta.url)

export async function generated(): Promise<{ path: string; content: string }[]> {
  const files: { path: string; content: string }[] = []
  for (const name of (await readdir(services)).sort()) {
    const contracts = new URL(`${name}/contracts/`, services)
    const folder = `marketplace/services/${name}/contracts`
    files.push({
      path: `${folder}/api.ts`,
      content: operationTypes(name, await readOpenApi(new URL('api-spec.yaml', contracts))),
    })
    const events = (await readEventFiles(new URL('events/', contracts))).flatMap((file) => file.events)
    if (events.length > 0) files.push({ path: `${folder}/events.ts`, content: eventTypes(events) })
  }
  return files
}

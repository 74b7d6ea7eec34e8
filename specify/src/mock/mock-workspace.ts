import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Workspace } from '../workspace/model.ts'
import type { MockEvent } from './changes.ts'
import { loadWorkspaceMocks } from './load-mocks.ts'
import { serveMocks, type MockServer } from './serve-mocks.ts'

/**
 * Runs something in the workspace as if every service with an API were a mock: on a free port, its events on a bus of
 * their own. Scenarios then show what specs and contracts agree on; nothing is said about the real service.
 */
export async function withMocks<T>(
  workspace: Workspace,
  seed: string,
  run: (mocked: Workspace) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'specify-mock-'))
  let server: MockServer | undefined
  try {
    const bus = join(folder, 'events.ndjson')
    // At once, so that the event is there when its request is answered.
    const onEvent = (event: MockEvent) => appendFileSync(bus, `${eventLine(event)}\n`)
    const { services } = await loadWorkspaceMocks(workspace, [], { seed, isDynamic: false, onEvent })
    server = await serveMocks({
      services,
      port: 0,
      host: '127.0.0.1',
      isPrefixed: true,
      latencyMs: [0, 0],
      faultPercent: 0,
      seed,
    })
    const baseUrl = `http://127.0.0.1:${server.port}`
    const settings = services.map(({ name }) => {
      const address = isBehindGateway(workspace, name) ? baseUrl : `${baseUrl}/${name}`
      return [name, { baseUrl: address }] as const
    })
    const config = { ...workspace.config, baseUrl, services: Object.fromEntries(settings), bus }
    return await run({ ...workspace, config })
  } finally {
    await server?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Services that the config puts at one address are asked there for each other's paths, too. */
function isBehindGateway({ config }: Workspace, name: string): boolean {
  const own = config.services[name]?.baseUrl ?? config.baseUrl
  const all = Object.values(config.services).map(({ baseUrl }) => baseUrl)
  return own !== undefined && (own === config.baseUrl || all.filter((each) => each === own).length > 1)
}

/** An event as it goes over a bus of JSON lines: its own envelope, with its type in it. */
export function eventLine({ eventType, payload }: MockEvent): string {
  return JSON.stringify(isRecord(payload) ? { eventType, ...payload } : { eventType, payload })
}

import { resolve } from 'node:path'
import type { EventBus } from './event-feed.ts'
import { openFileBus } from './file-bus.ts'
import { openProgramBus, type ProgramBusOptions } from './program-bus.ts'

/** The bus a config names: a file of JSON lines by its ending, else a program. */
export async function openBus(setting: string, options: ProgramBusOptions): Promise<EventBus> {
  return /^\S+\.(?:ndjson|jsonl)$/.test(setting)
    ? await openFileBus(resolve(options.root, setting))
    : await openProgramBus(setting, options)
}

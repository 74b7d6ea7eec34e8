import { appendFile, open, stat } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import { toJson } from '../hurl/value.ts'
import { EventFeed, readBusLine, type EventBus } from './event-feed.ts'

// Notifications of file systems are late on some and missing on others; a look at the size costs nothing.
const POLL_MS = 20

/** A file of JSON lines that a service appends its events to; what stood in it before the run is not seen. */
export async function openFileBus(file: string): Promise<EventBus> {
  const feed = new EventFeed()
  const handle = await open(file, 'a+').catch((error: Error) => {
    throw new CliError('bus-not-open', `The event bus ${file} cannot be opened: ${error.message}.`)
  })
  let position = (await handle.stat()).size
  let rest = ''
  const decoder = new StringDecoder('utf8')
  const closing = new AbortController()
  const look = async () => {
    const { size } = await stat(file)
    if (size < position) position = 0 // emptied: begin anew
    if (size === position) return
    const bytes = Buffer.alloc(size - position)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, position)
    position += bytesRead
    const lines = (rest + decoder.write(bytes.subarray(0, bytesRead))).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const event = readBusLine(line)
      if (event !== undefined) feed.add(event)
    }
  }
  const watching = (async () => {
    while (!closing.signal.aborted) {
      await look()
      await sleep(POLL_MS)
    }
  })().catch((error: Error) =>
    feed.break(new CliError('bus-gone', `The event bus ${file} cannot be read: ${error.message}.`)),
  )
  return {
    feed,
    publish: async ({ payload }) => await appendFile(file, `${toJson(payload)}\n`),
    close: async () => {
      closing.abort()
      await watching
      await handle.close()
    },
  }
}

import type { HurlValue } from '../hurl/value.ts'

/** An event as it went over the bus: its envelope, or whatever a bus without envelopes carries. */
export type BusEvent = { readonly eventType: string; readonly payload: HurlValue }

/** Where scenarios publish events and see those of others: one for a whole run. */
export type EventBus = {
  /** Throws CliError when the bus is gone. */
  publish(event: BusEvent): Promise<void>
  readonly feed: EventFeed
  close(): Promise<void>
}

/** Every event seen since the run began, in the order of arrival. */
export class EventFeed {
  readonly #events: BusEvent[] = []
  readonly #waiting = new Set<() => void>()
  #broken: Error | undefined

  get length(): number {
    return this.#events.length
  }

  since(position: number): readonly BusEvent[] {
    return this.#events.slice(position)
  }

  add(event: BusEvent): void {
    this.#events.push(event)
    this.#wake()
  }

  /** Nothing will come any more; whoever waits gets the error. */
  break(error: Error): void {
    this.#broken ??= error
    this.#wake()
  }

  /** Resolves when something was added, at the latest after `timeoutMs`. Throws when the bus is gone. */
  async next(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken
    signal.throwIfAborted()
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, Math.max(0, timeoutMs))
      signal.addEventListener('abort', done)
      this.#waiting.add(done)
    })
    if (this.#broken !== undefined) throw this.#broken
    signal.throwIfAborted()
  }

  #wake(): void {
    for (const done of this.#waiting) done()
  }
}

/** A bus inside this process: what is published is seen. */
export function memoryBus(): EventBus {
  const feed = new EventFeed()
  return {
    feed,
    publish: async (event) => feed.add(event),
    close: async () => {},
  }
}

/** One line of a bus that speaks JSON lines; undefined for lines that hold no event. */
export function readBusLine(line: string): BusEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { eventType } = value as { eventType?: unknown }
  // Sound: what JSON.parse gives is a HurlValue.
  return typeof eventType === 'string' ? { eventType, payload: value as HurlValue } : undefined
}

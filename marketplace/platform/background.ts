import type { Log } from './log.ts'

export type BackgroundTask = {
  readonly name: string
  /** Longest pause between two runs; `wake` shortens it. */
  readonly everyMs: number
  /** Resolving to true means: there is more, go on at once. */
  run(signal: AbortSignal): Promise<boolean | void>
}

export type RunningTask = { wake(): void; stop(): Promise<void> }

const LONGEST_BACKOFF_MS = 10_000

/** Runs the task again and again, one run at a time. A failure is logged and followed by a growing pause. */
export function runInBackground(task: BackgroundTask, log: Log): RunningTask {
  const stopping = new AbortController()
  let woken = false
  let interrupt: (() => void) | undefined
  const finished = loop()
  return {
    wake() {
      woken = true
      interrupt?.()
    },
    async stop() {
      stopping.abort()
      interrupt?.()
      await finished
    },
  }

  async function loop(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      woken = false
      let more = false
      try {
        more = (await task.run(stopping.signal)) === true
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) return
        failures++
        log.error('background task failed', { task: task.name, failures, error: error as Error })
      }
      if (failures > 0) await pause(Math.min(LONGEST_BACKOFF_MS, 100 * 2 ** failures), false)
      else if (!more) await pause(task.everyMs, true)
    }
  }

  async function pause(ms: number, wakeable: boolean): Promise<void> {
    if (stopping.signal.aborted || (wakeable && woken)) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        if (!wakeable && !stopping.signal.aborted) return
        clearTimeout(timer)
        resolve()
      }
    })
    interrupt = undefined
  }
}

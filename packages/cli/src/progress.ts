// Progress of long work: one line on stderr, redrawn in place, only when a person is looking.

export type Progress = {
  /** Starts a task; `total` in `unit`s if it is known. Call `update` as often as you like. */
  start(label: string, total?: number, unit?: string): ProgressTask
}

export type ProgressTask = {
  /** `bytes` so far, where they say more than units do. */
  update(done: number, bytes?: number): void
  finish(): void
}

export type ProgressStream = {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

const REDRAW_MS = 100

export const silentProgress: Progress = { start: () => ({ update() {}, finish() {} }) }

/** Draws on `stream` if it is a terminal; silent otherwise, so that logs and pipes stay clean. */
export function terminalProgress(
  stream: ProgressStream,
  now: () => number = performance.now.bind(performance),
): Progress {
  if (!stream.isTTY) return silentProgress
  return {
    start(label, total, unit = '') {
      const startedAt = now()
      let drawnAt = Number.NEGATIVE_INFINITY
      return {
        update(done, bytes) {
          const at = now()
          if (at - drawnAt < REDRAW_MS) return
          drawnAt = at
          const line = progressLine({ label, done, bytes, total, unit, elapsedMs: at - startedAt })
          stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`)
        },
        finish() {
          stream.write('\r\x1b[2K')
        },
      }
    },
  }
}

/** `rows  ███████░░░ 70 %  1,400,000/2,000,000  350,000 rows/s  41 MB/s  2 s left` */
export function progressLine(state: {
  label: string
  done: number
  bytes?: number | undefined
  total: number | undefined
  unit: string
  elapsedMs: number
}): string {
  const { label, done, bytes, total, unit, elapsedMs } = state
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0
  const megabytes =
    bytes !== undefined && elapsedMs > 0 ? `  ${count(Math.round(bytes / elapsedMs / 1000))} MB/s` : ''
  const rate = `${count(Math.round(perSecond))} ${unit}/s${megabytes}`
  if (total === undefined || total === 0) return `${label}  ${count(done)} ${unit}  ${rate}`
  const share = Math.min(1, done / total)
  const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '░')
  const left = perSecond > 0 ? `  ${Math.max(0, Math.ceil((total - done) / perSecond))} s left` : ''
  return `${label}  ${bar} ${Math.floor(share * 100)} %  ${count(done)}/${count(total)}  ${rate}${left}`
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}

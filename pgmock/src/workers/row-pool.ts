// Rows made by several workers at once. Ranges of about a megabyte are handed out in turn and come back in order, so the
// bytes are the same for any number of workers; memory is bounded by the ranges in flight.

import { Worker } from 'node:worker_threads'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { SetFlags } from '../commands/set-options.ts'
import { rowSample } from '../commands/size-estimate.ts'
import type { SetPlan, TablePlan } from '../plan/plan-types.ts'
import {
  rowPieces,
  rowsPerCut,
  type Piece,
  type RowForm,
  type RowRange,
  type RowSource,
} from '../rows/row-form.ts'

/** What a worker needs to plan what we planned. */
export type WorkerInput = {
  readonly files: readonly string[]
  readonly flags: SetFlags
  readonly cwd: string
}

export type Question = RowRange & {
  readonly id: number
  readonly database: number
  readonly table: number
  readonly form: RowForm
  /** To be written into, and sent back. */
  readonly buffer: ArrayBuffer
}

export type Answer =
  | { readonly id: number; readonly buffer: ArrayBuffer; readonly length: number }
  | {
      readonly id: number
      readonly error: { readonly code?: string; readonly message: string; readonly hint?: string | undefined }
    }

export type RowPool = {
  readonly source: RowSource
  close(): Promise<void>
}

const RANGE_BYTES = 1024 * 1024
/** While one is made the next one waits, so that no worker ever does. */
const RANGES_PER_WORKER = 2

/** Starts its workers when the first large table comes. */
export function rowPool(workers: number, plan: SetPlan, input: WorkerInput): RowPool {
  const places = new Map<TablePlan, Pick<Question, 'database' | 'table'>>()
  for (const [database, { tables }] of plan.databases.entries())
    for (const [table, one] of tables.entries()) places.set(one, { database, table })
  let members: Member[] | undefined
  const free: ArrayBuffer[] = []

  async function* made(table: TablePlan, form: RowForm, { from, to }: RowRange): AsyncGenerator<Piece> {
    const place = places.get(table)
    const perRange = rowsPerRange(table, form)
    if (!place || to - from <= perRange) {
      yield* rowPieces(table, form, { from, to })
      return
    }
    members ??= Array.from({ length: workers }, () => newMember(input))
    const waiting: { rows: number; answer: Promise<{ buffer: ArrayBuffer; length: number }> }[] = []
    let next = from
    let turn = 0
    try {
      while (next < to || waiting.length > 0) {
        while (next < to && waiting.length < workers * RANGES_PER_WORKER) {
          const end = Math.min(next + perRange, to)
          const buffer = free.pop() ?? new ArrayBuffer(RANGE_BYTES * 1.5)
          const answer = members[turn++ % workers]!.ask({ ...place, form, from: next, to: end, buffer })
          answer.catch(() => {}) // reported when its turn comes, or not at all when an earlier one fails
          waiting.push({ rows: end - next, answer })
          next = end
        }
        const { rows, answer } = waiting.shift()!
        const { buffer, length } = await answer
        yield { bytes: new Uint8Array(buffer, 0, length), rows, table: table.table.name }
        free.push(buffer)
      }
    } finally {
      await Promise.allSettled(waiting.map(({ answer }) => answer))
    }
  }

  return {
    source: made,
    async close() {
      await Promise.all(members?.map(({ worker }) => worker.terminate()) ?? [])
      members = undefined
    },
  }
}

function rowsPerRange(table: TablePlan, form: RowForm): number {
  const cut = rowsPerCut(form)
  return Math.max(1, Math.round(RANGE_BYTES / rowSample(table) / cut)) * cut
}

type Member = {
  readonly worker: Worker
  ask(question: Omit<Question, 'id'>): Promise<{ buffer: ArrayBuffer; length: number }>
}

function newMember(input: WorkerInput): Member {
  const worker = new Worker(new URL('row-worker.ts', import.meta.url), {
    workerData: input,
    // Rows leave hardly any garbage; a larger nursery would only fill with it.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  const asked = new Map<number, PromiseWithResolvers<{ buffer: ArrayBuffer; length: number }>>()
  let ids = 0
  let failure: Error | undefined
  worker.on('message', (answer: Answer) => {
    const { resolve, reject } = asked.get(answer.id)!
    asked.delete(answer.id)
    if ('buffer' in answer) resolve(answer)
    else reject(asError(answer.error))
  })
  const failed = (error: Error) => {
    failure ??= error
    for (const { reject } of asked.values()) reject(error)
    asked.clear()
  }
  worker.on('error', failed)
  worker.on('exit', () => failed(new Error('A worker stopped.')))
  return {
    worker,
    ask(question) {
      const promise = Promise.withResolvers<{ buffer: ArrayBuffer; length: number }>()
      if (failure) promise.reject(failure)
      else {
        const id = ids++
        asked.set(id, promise)
        worker.postMessage({ ...question, id } satisfies Question, [question.buffer])
      }
      return promise.promise
    },
  }
}

function asError({
  code,
  message,
  hint,
}: {
  code?: string
  message: string
  hint?: string | undefined
}): Error {
  return code === undefined ? new Error(message) : new CliError(code, message, hint)
}

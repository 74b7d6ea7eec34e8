// What runs in a worker: the same files are read and planned again, since a plan is made of functions, and then ranges
// of rows are made on demand.

import { parentPort, workerData } from 'node:worker_threads'
import { CliError } from '@specwright/cli/cli-error.ts'
import { openFromFlags } from '../commands/set-options.ts'
import type { OpenedSet } from '../generate.ts'
import { rowPieces } from '../rows/row-form.ts'
import type { Answer, Question, WorkerInput } from './row-pool.ts'

const port = parentPort!
const { files, flags, cwd } = workerData as WorkerInput
let opened: Promise<OpenedSet> | undefined

port.on('message', (question: Question) => {
  void answer(question).then(([message, transfer]) => port.postMessage(message, transfer))
})

async function answer(question: Question): Promise<[Answer, ArrayBuffer[]]> {
  const { id, database, table, form, from, to } = question
  try {
    opened ??= openFromFlags(files, flags, cwd)
    const plan = (await opened).plan.databases[database]?.tables[table]
    if (!plan) throw new CliError('schema-changed', 'A schema file changed while rows were made.')
    let bytes = Buffer.from(question.buffer)
    let length = 0
    for (const piece of rowPieces(plan, form, { from, to })) {
      if (length + piece.bytes.length > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(2 * (length + piece.bytes.length))
        larger.set(bytes.subarray(0, length))
        bytes = larger
      }
      bytes.set(piece.bytes, length)
      length += piece.bytes.length
    }
    const { buffer } = bytes
    return [{ id, buffer, length }, [buffer]]
  } catch (error) {
    const { code, message, hint } = error as CliError
    const text = error instanceof Error ? (error.stack ?? message) : String(error)
    return [{ id, error: error instanceof CliError ? { code, message, hint } : { message: text } }, []]
  }
}

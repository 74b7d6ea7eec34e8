// Questions at a terminal. Without one nothing is asked, so that no script ever hangs on a question.

import { createInterface } from 'node:readline/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Streams } from '@specwright/cli/command.ts'

export type Ask = {
  /** The answer, or `usual` for an empty line. Asks again while `wrong` says what is wrong with it. */
  question(text: string, usual: string, wrong?: (answer: string) => string | undefined): Promise<string>
  tell(text: string): void
  close(): void
}

/** Undefined when input or output is no terminal. */
export function askAt(streams: Streams | undefined, signal: AbortSignal): Ask | undefined {
  if (!streams || !isTerminal(streams.input) || !isTerminal(streams.output)) return undefined
  const lines = createInterface({ input: streams.input, output: streams.output, terminal: false })
  let closed = false
  lines.on('close', () => (closed = true))
  const answer = async (text: string): Promise<string> => {
    if (closed) throw new CliError('no-answer', 'The input ended before every question was answered.')
    const ended = new Promise<never>((_, reject) =>
      lines.once('close', () =>
        reject(new CliError('no-answer', 'The input ended before every question was answered.')),
      ),
    )
    return await Promise.race([lines.question(text, { signal }), ended])
  }
  return {
    async question(text, usual, wrong = () => undefined) {
      for (;;) {
        const given = (await answer(`${text} (${usual}): `)).trim() || usual
        const problem = wrong(given)
        if (problem === undefined) return given
        streams.output.write(`${problem}\n`)
      }
    },
    tell: (text) => void streams.output.write(`${text}\n`),
    close: () => lines.close(),
  }
}

function isTerminal(stream: unknown): boolean {
  return (stream as { isTTY?: boolean }).isTTY === true
}

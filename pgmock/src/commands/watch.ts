// --watch: the same again whenever one of the files it came from is another. By looking at them: editors replace files
// in ways that the events of the operating systems report in as many ways.

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Result } from '@specwright/cli/command.ts'
import { PROJECT_FILE } from '../config/project-file.ts'

export const watchOption = {
  watch: {
    type: 'boolean',
    summary: 'Do it again whenever a schema file or a plugin changes, until Ctrl-C',
  },
} as const

const LOOK_EVERY_MS = 150

export type Watched = { readonly result: Result; readonly files: readonly string[] }

/**
 * Runs `once`, says what it gives, and runs it again when a file changes; ends only by the signal. What goes wrong in one
 * round is said, and the next one may mend it. `files` stand in for those of a round that did not get so far.
 */
export async function watch(
  once: () => Promise<Watched>,
  files: readonly string[],
  { say, signal }: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<never> {
  let watched = files
  for (;;) {
    let seen = signature(watched)
    try {
      const round = await once()
      watched = [...new Set([...files, ...round.files])]
      seen = signature(watched)
      for (const { file, line, severity, message } of round.result.findings)
        say(`${file ?? ''}:${line ?? 1}: ${severity}: ${message}`)
      say(round.result.text())
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      say(`error: ${error.message}${error.hint === undefined ? '' : `\nhint:  ${error.hint}`}`)
    }
    say(`Watching ${watched.length} files.`)
    while (signature(watched) === seen) {
      signal.throwIfAborted()
      await sleep(LOOK_EVERY_MS, undefined, { signal })
    }
  }
}

/** The files of the command line, and the project's. */
export function watchedFiles(paths: readonly string[], cwd: string): string[] {
  return [...paths, PROJECT_FILE].map((path) => resolve(cwd, path))
}

function signature(files: readonly string[]): string {
  return files
    .map((file) => {
      try {
        const { mtimeMs, size } = statSync(file)
        return `${mtimeMs}/${size}`
      } catch {
        return 'gone'
      }
    })
    .join(' ')
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '@specwright/cli/run-cli.ts'
import { program } from '../src/program.ts'

/** Runs the command line in this process, as somebody without a terminal would see it. */
export async function runPgmock(
  cwd: string,
  argv: readonly string[],
  signal = new AbortController().signal,
  env: Readonly<Record<string, string>> = { HOME: '/nonexistent' },
  heard: (stderr: string) => void = () => {},
): Promise<{ exitCode: number; stdout: string; stderr: string; bytes: Buffer }> {
  const parts: Buffer[] = []
  let stderr = ''
  const exitCode = await runCli(program, argv, {
    stdout: { write: (text, done) => (parts.push(Buffer.from(text as string)), done?.()) },
    stderr: {
      write: (text) => {
        stderr += text
        heard(text)
      },
    },
    cwd,
    env,
    signal,
  })
  const bytes = Buffer.concat(parts)
  return { exitCode, stdout: bytes.toString(), stderr, bytes }
}

/** A new folder that is gone when the test ends. */
export function temporaryFolder(t: { after(end: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'pgmock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

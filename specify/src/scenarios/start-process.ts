import { spawn, type ChildProcess } from 'node:child_process'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'

export type StartedProcess = {
  readonly child: ChildProcess & {
    readonly stdout: Readable
    readonly stderr: Readable
    readonly stdin: Writable | null
  }
  /** Resolves when the process is gone and its output is read. */
  readonly ended: Promise<void>
  hasEnded(): boolean
  /** Ends the process and everything it started; waits until it is gone. */
  stop(): Promise<void>
}

const GRACE_MS = 5000

/** Runs a command in a shell and a process group of its own, which does not outlive this process. */
export function startProcess(
  command: string,
  {
    root,
    env,
    stdin = 'ignore',
  }: {
    readonly root: string
    readonly env: Readonly<Record<string, string | undefined>>
    readonly stdin?: 'ignore' | 'pipe'
  },
): StartedProcess {
  const child = spawn(command, {
    cwd: root,
    shell: true,
    // Its own process group, so that what the shell started ends with it.
    detached: process.platform !== 'win32',
    stdio: [stdin, 'pipe', 'pipe'],
    env: { ...env, PATH: pathWithPrograms(root, env['PATH']) },
  }) as StartedProcess['child'] // Sound: output and errors are pipes.
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve())
    child.on('error', () => resolve())
  })
  // If we are ended the hard way the group must not outlive us.
  const onExit = () => signalGroup(child, 'SIGKILL')
  process.once('exit', onExit)
  return {
    child,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      signalGroup(child, 'SIGTERM')
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
      await ended
      clearTimeout(timer)
      // The shell may be gone before what it started.
      signalGroup(child, 'SIGKILL')
      process.off('exit', onExit)
    },
  }
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // gone already
  }
}

/** The programs of the project and of the folders around it come first, as in npm scripts. */
export function pathWithPrograms(root: string, path = ''): string {
  const folders: string[] = []
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules/.bin'))
    if (folder === dirname(folder)) return [...folders, path].join(delimiter)
  }
}

const TAIL_LINES = 20

/** The last lines a process wrote. */
export class LogTail {
  #text = ''

  add(chunk: Buffer): void {
    this.#text = (this.#text + chunk.toString('utf8')).slice(-16_384)
  }

  tail(): string {
    const lines = this.#text.trimEnd().split('\n').slice(-TAIL_LINES)
    return this.#text.trim() === '' ? ' It wrote nothing.' : ` The end of its log:\n  ${lines.join('\n  ')}`
  }
}

import { spawn } from 'node:child_process'

/** Reads files of commits through one process of git: a thousand files are a thousand starts of `git show` else. */
export type GitBlobs = {
  /** `object` as git names it: `<commit>:./<file>`. Undefined when there is no such file. */
  read(object: string): Promise<string | undefined>
  close(): void
}

// The protocol of `git cat-file --batch`: a name in a line, "<id> <type> <size>", the bytes, an end of line.
export function gitBlobs(root: string): GitBlobs {
  const git = spawn('git', ['-C', root, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting: { resolve(text: string | undefined): void; reject(error: Error): void }[] = []
  let chunks: Buffer[] = []
  let [have, need] = [0, 0] // bytes received, and bytes without which there is no use in looking
  const fail = (error: Error) => {
    for (const each of waiting.splice(0)) each.reject(error)
  }
  const take = () => {
    const buffer = Buffer.concat(chunks)
    let at = 0
    need = 0
    while (waiting.length > 0) {
      const end = buffer.indexOf('\n', at)
      if (end === -1) break
      // Names that lead nowhere are answered by a line alone.
      const [, type, size] = /^\S+ (\w+) (\d+)$/.exec(buffer.toString('utf8', at, end)) ?? []
      const next = size === undefined ? end + 1 : end + 1 + Number(size) + 1
      if (next > buffer.length) {
        need = next - at
        break
      }
      waiting.shift()!.resolve(type !== 'blob' ? undefined : buffer.toString('utf8', end + 1, next - 1))
      at = next
    }
    chunks = [buffer.subarray(at)]
    have = buffer.length - at
  }
  git.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    have += chunk.length
    if (have >= need) take()
  })
  git.on('error', fail)
  git.stdin.on('error', fail)
  git.on('close', () => fail(new Error('git ended before it answered')))
  return {
    read: (object) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        git.stdin.write(`${object}\n`)
      }),
    close: () => git.stdin.end(),
  }
}

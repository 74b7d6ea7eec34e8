import { existsSync, readFileSync, rmSync } from 'node:fs'

const armedFile = process.env['MARKETPLACE_FAIL_POINT_FILE']

/**
 * Kills this process as `kill -9` would when a test has armed this point by writing its name to the file that
 * MARKETPLACE_FAIL_POINT_FILE names. Without the variable, as in every normal run, it does nothing.
 */
export function failPoint(name: string): void {
  if (armedFile === undefined || !existsSync(armedFile)) return
  if (readFileSync(armedFile, 'utf8').trim() !== name) return
  rmSync(armedFile) // once: the restarted process must get past this point
  process.kill(process.pid, 'SIGKILL')
  // The signal to ourselves is asynchronous; without this wait the next statement could still run.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000)
}

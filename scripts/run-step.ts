import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A line of the report: scripts for Node with their arguments, one after the other until one fails. */
export type Step = { readonly name: string; readonly run: readonly (readonly string[])[] }

export type StepResult = { readonly ok: boolean; readonly seconds: number; readonly output: string }

export async function runStep({ run }: Step, root: URL): Promise<StepResult> {
  const startedAt = performance.now()
  let output = ''
  let ok = true
  for (const script of run) {
    const result = await runScript(script, root)
    output += result.output
    ok = result.ok
    if (!ok) break
  }
  return { ok, seconds: (performance.now() - startedAt) / 1000, output }
}

async function runScript(script: readonly string[], root: URL): Promise<{ ok: boolean; output: string }> {
  return await new Promise((resolve) => {
    const child = spawn(process.execPath, [...script], {
      cwd: fileURLToPath(root),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', (error) => resolve({ ok: false, output: `${output}${String(error)}\n` }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}

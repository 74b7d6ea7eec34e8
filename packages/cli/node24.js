// Runs a TypeScript entry on Node 24, whatever Node started us. Plain JavaScript that Node 18 understands:
// npm 10 installs the pinned node-<os>-<cpu> package but does not link its binary (npm/cli#4362), so scripts
// cannot rely on `node` in node_modules/.bin and come through here instead.

import { spawn } from 'node:child_process'
import module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { isatty } from 'node:tty'
import { fileURLToPath, pathToFileURL } from 'node:url'

const WANTED = [24, 12] // type stripping without a flag or a warning

/** Runs the module at `entry` (file: URL or path) on Node >= 24.12, in this process if it already is one. */
export async function onNode24(entry) {
  const path = entry instanceof URL ? fileURLToPath(entry) : entry
  if (isWanted(process.versions.node)) {
    module.enableCompileCache?.()
    process.argv[1] = path
    await import(pathToFileURL(resolve(path)).href)
    return
  }
  const child = spawn(pinnedNode(), [path, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: {
      NODE_COMPILE_CACHE: join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.cache/node'),
      ...process.env,
    },
  })
  child.on('error', (error) => fail(`The pinned Node.js could not be started: ${error.message}`))
  // A terminal sends Ctrl-C to both of us, and twice would mean "at once" to the child. Without a terminal the
  // signal was meant for us alone (a supervisor, a test), so it goes on. The child decides what it means; we wait
  // and report its answer.
  const atTerminal = [0, 1, 2].some((fd) => isatty(fd))
  process.on('SIGINT', () => {
    if (!atTerminal) child.kill('SIGINT')
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function isWanted(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])
}

function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  try {
    const root = dirname(module.createRequire(import.meta.url).resolve(`${name}/package.json`))
    return join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return fail(
      `Node.js ${WANTED.join('.')} or newer is needed, this is ${process.versions.node}, and ${name} is not installed.`,
    )
  }
}

function fail(message) {
  console.error(
    `error: ${message}\nhint:  run "npm ci" without --omit=optional, or install Node.js 24 from your system.`,
  )
  process.exit(2)
}

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { tmpdir } from 'node:os'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const launcher = new URL('node24.js', import.meta.url).href
const oldNode = findOldNode()
let folder: string

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'node24-'))
  writeFileSync(
    join(folder, 'main.ts'),
    `const [what, code]: string[] = process.argv.slice(2)
console.log(JSON.stringify({ major: Number(process.versions.node.split('.')[0]), args: process.argv.slice(2), main: process.argv[1] }))
if (what === 'exit') process.exit(Number(code))
if (what === 'crash') throw new Error('boom')
if (what === 'kill') process.kill(process.pid, 'SIGKILL')
if (what === 'wait') {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { console.log(signal); process.exit(7) })
  setInterval(() => {}, 1000)
  console.log('ready')
}
`,
  )
  writeFileSync(
    join(folder, 'bin.mjs'),
    `import { onNode24 } from ${JSON.stringify(launcher)}\nawait onNode24(new URL('main.ts', import.meta.url))\n`,
  )
})
after(() => rmSync(folder, { recursive: true }))

const run = (node: string, ...args: string[]) =>
  spawnSync(node, [join(folder, 'bin.mjs'), ...args], { encoding: 'utf8' })

for (const [title, node] of [
  ['an older Node', oldNode],
  ['Node 24 itself', process.execPath],
] as const)
  describe(
    `started by ${title}`,
    { skip: node === undefined && 'no Node older than 24.12 is on the PATH' },
    () => {
      it('a TypeScript file runs on Node 24 with its arguments', () => {
        const { status, stdout, stderr } = run(node!, 'a b', '--flag=*', '')
        assert.deepEqual([status, stderr], [0, ''])
        assert.deepEqual(JSON.parse(stdout), {
          major: 24,
          args: ['a b', '--flag=*', ''],
          main: join(folder, 'main.ts'),
        })
      })

      it('the exit code is passed on', () => {
        assert.equal(run(node!, 'exit', '0').status, 0)
        assert.equal(run(node!, 'exit', '42').status, 42)
      })

      it('a crash is an exit code of 1 with its stack', () => {
        const { status, stderr } = run(node!, 'crash')
        assert.equal(status, 1)
        assert.match(stderr, /Error: boom[^]*main\.ts:4/)
      })

      it('a signal that killed it kills the launcher too', () =>
        assert.equal(run(node!, 'kill').signal, 'SIGKILL'))

      for (const signal of ['SIGINT', 'SIGTERM'] as const)
        it(`${signal} reaches it, and its answer is the launcher's`, async () => {
          const child = spawn(node!, [join(folder, 'bin.mjs'), 'wait'], { stdio: ['ignore', 'pipe', 'pipe'] })
          let stdout = ''
          child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
          while (!stdout.endsWith('ready\n')) await once(child.stdout, 'data')
          child.kill(signal)
          const [code] = (await once(child, 'exit')) as [number]
          assert.equal(code, 7)
          assert.match(stdout, new RegExp(`${signal}\n$`))
        })
    },
  )

it('scripts/node24.js runs any file and says how to use it', () => {
  const script = fileURLToPath(new URL('../../scripts/node24.js', import.meta.url))
  const { stdout } = spawnSync(process.execPath, [script, join(folder, 'main.ts'), 'x'], { encoding: 'utf8' })
  assert.deepEqual((JSON.parse(stdout) as { args: string[] }).args, ['x'])
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  assert.equal(status, 2)
  assert.match(stderr, /^usage: /)
})

it(
  'without the pinned Node it says what to do',
  { skip: oldNode === undefined && 'no older Node is on the PATH' },
  () => {
    // The launcher looks for the package from its own place, so a copy elsewhere finds none.
    writeFileSync(
      join(folder, 'alone.mjs'),
      `import { onNode24 } from ${JSON.stringify(pathToFileURL(join(folder, 'copy.mjs')).href)}
await onNode24(new URL('main.ts', import.meta.url))`,
    )
    const source = spawnSync('cat', [fileURLToPath(new URL('node24.js', import.meta.url))], {
      encoding: 'utf8',
    }).stdout
    writeFileSync(join(folder, 'copy.mjs'), source)
    const { status, stderr } = spawnSync(oldNode!, [join(folder, 'alone.mjs')], { encoding: 'utf8' })
    assert.equal(status, 2)
    assert.match(stderr, /^error: Node\.js 24\.12 or newer is needed, this is .*\nhint: {2}run "npm ci"/)
  },
)

/** `node` on the PATH beyond the ones npm puts in front. */
function findOldNode(): string | undefined {
  const folders = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((path) => !path.includes('node_modules'))
  for (const path of folders) {
    const node = join(path, process.platform === 'win32' ? 'node.exe' : 'node')
    const { stdout, error } = spawnSync(node, ['--version'], { encoding: 'utf8' })
    if (error !== undefined) continue
    const [major, minor] = stdout.slice(1).split('.').map(Number) as [number, number]
    return major < 24 || (major === 24 && minor < 12) ? node : undefined
  }
  return undefined
}

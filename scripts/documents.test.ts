import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'

const ROOT = resolve(import.meta.dirname, '..')
const documents = globSync(['*.md', '*/*.md', 'docs/**/*.md', 'marketplace/services/*/README.md'], {
  cwd: ROOT,
}).filter((path) => !path.includes('node_modules'))

test('every link of the documents leads somewhere', () => {
  const dead = documents.flatMap((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '')
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, target]) => target!)
      .filter((target) => !existsSync(resolve(ROOT, dirname(path), target)))
      .map((target) => `${path} → ${target}`)
  })
  assert.ok(documents.length > 5)
  assert.deepEqual(dead, [])
})

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
for (const [, block] of readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
  const lines = block!.split('\n')
  const commands = lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
  test(`the README shows what "${commands.at(-1)}" prints`, () => {
    // The README is ours, so its lines may go through a shell as a reader's would.
    const { stdout, status } = spawnSync(commands.join(' && '), { cwd: ROOT, shell: true, encoding: 'utf8' })
    assert.equal(status, 0)
    const expected = lines.filter((line) => !line.startsWith('$ ')).join('\n')
    const [head, rest] = expected.split('...\n')
    if (rest === undefined) assert.equal(stdout, expected)
    else assert.ok(stdout.startsWith(head!), `${stdout}\ndoes not begin with\n${head}`)
  })
}

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { openIndex } from './open-index.ts'
import { search } from './search.ts'

const INDEX = '.speckit/cache/find.idx'

test('the index changes nothing but time: first, warm, edited, rewritten, broken and absent give the same answers', (t) => {
  const root = temporaryFolder(t)
  const paths = Array.from({ length: 60 }, (_, i) => `specs/${String(i).padStart(3, '0')}-x/spec.md`)
  for (const [i, path] of paths.entries()) write(root, path, text(i))
  same(root, paths) // first
  assert.ok(existsSync(join(root, INDEX)))
  same(root, paths) // warm
  write(root, paths[7]!, `${text(7)}\nA refund of the marble voucher.`)
  rmSync(join(root, paths[9]!))
  const less = paths.filter((_, i) => i !== 9)
  same(root, less) // few changes stay beside the index
  for (let i = 20; i < 50; i++) write(root, paths[i]!, text(i + 100))
  same(root, less) // many changes are merged into it
  same(root, less)
  writeFileSync(join(root, INDEX), readFileSync(join(root, INDEX)).subarray(0, 5000))
  same(root, less)
  rmSync(join(root, '.speckit'), { recursive: true })
  same(root, less)
})

test('an edit of the same length and time is seen while the index is young', (t) => {
  const root = temporaryFolder(t)
  const paths = ['a.md', ...Array.from({ length: 6 }, (_, i) => `${i}.md`)]
  for (const [i, path] of paths.entries()) write(root, path, text(i))
  openIndex(root, paths, { keep: true })
  const { atime, mtime } = statSync(join(root, 'a.md'))
  const edited = `quokka${readFileSync(join(root, 'a.md'), 'utf8').slice(6)}`
  writeFileSync(join(root, 'a.md'), edited)
  utimesSync(join(root, 'a.md'), atime, mtime)
  assert.deepEqual(ask('quokka', root, paths, true)[0]?.path, 'a.md')
})

test('only files that changed are read again', (t) => {
  const root = temporaryFolder(t)
  const paths = Array.from({ length: 60 }, (_, i) => `${i}.md`)
  for (const [i, path] of paths.entries()) write(root, path, text(i))
  openIndex(root, paths, { keep: true, nowMs: Date.now() + 60_000 })
  write(root, '3.md', 'A quokka.')
  const parts = openIndex(root, paths, { keep: true })
  assert.deepEqual(
    parts.at(-1)!.segment.files.map(({ path }) => path),
    ['3.md'],
  )
})

test('a small workspace and one that wants no cache are left alone', (t) => {
  const root = temporaryFolder(t)
  write(root, 'a.md', 'refund')
  openIndex(root, ['a.md'], { keep: true })
  assert.ok(!existsSync(join(root, '.speckit')))
  write(root, 'b.md', text(1).repeat(60))
  openIndex(root, ['a.md', 'b.md'], { keep: false })
  assert.ok(!existsSync(join(root, '.speckit')))
})

function same(root: string, paths: readonly string[]): void {
  for (const query of ['refund marble voucher', 'ordr', 'seller', 'pay', 'nothing-like-it'])
    assert.deepEqual(ask(query, root, paths, true), ask(query, root, paths, false), query)
}

function ask(query: string, root: string, paths: readonly string[], keep: boolean) {
  return search(query, openIndex(root, paths, { keep }), { features: [], weightOf: () => 1 }).hits
}

function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const WORDS = 'order cart refund voucher seller buyer payment price marble stock invoice parcel'.split(' ')

/** About 12 kB, different for each number. */
function text(n: number): string {
  const word = (i: number) => WORDS[(n * 7 + i * i + ((i * n) >> 3)) % WORDS.length]!
  const lines = Array.from(
    { length: 300 },
    (_, i) => `- the ${word(i)} of ${word(i + 5)} and ${word(i * 3)} in ${n + i}`,
  )
  return `# About ${word(n)}\n\n${lines.slice(0, 100).join('\n')}\n\n## More\n\n${lines.slice(100).join('\n')}\n`
}

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { contentKey, openCache } from './open-cache.ts'

const FILE = '.speckit/cache/numbers.json'

function filled(root: string, count: number): void {
  const cache = openCache<number>(root, 'numbers')
  for (let i = 0; i < count; i++) cache.set(`n${i}`, contentKey([String(i)]), i)
  cache.save()
}

test('what was set is there next time, under the same key only', (t) => {
  const root = temporaryFolder(t)
  filled(root, 40)
  const next = openCache<number>(root, 'numbers')
  assert.equal(next.get('n7', contentKey(['7'])), 7)
  assert.equal(next.get('n7', contentKey(['8'])), undefined)
  assert.equal(next.get('n41', contentKey(['41'])), undefined)
})

test('a few results are not worth a file in the project', (t) => {
  const root = temporaryFolder(t)
  filled(root, 5)
  assert.deepEqual(readdirSync(root), [])
})

test('the folder keeps itself out of git, and holds no leftovers', (t) => {
  const root = temporaryFolder(t)
  filled(root, 40)
  assert.deepEqual(readdirSync(join(root, '.speckit/cache')).sort(), ['.gitignore', 'numbers.json'])
  assert.equal(readFileSync(join(root, '.speckit/cache/.gitignore'), 'utf8'), '*\n')
})

test('a broken file, or one another version wrote, is taken for absent and replaced', (t) => {
  const root = temporaryFolder(t)
  for (const content of ['', '{"stamp":', 'null', '{"stamp":"old","entries":{"n1":{"key":"","value":1}}}']) {
    filled(root, 40)
    writeFileSync(join(root, FILE), content)
    assert.equal(openCache<number>(root, 'numbers').get('n1', contentKey(['1'])), undefined, content)
    filled(root, 40)
    assert.equal(openCache<number>(root, 'numbers').get('n1', contentKey(['1'])), 1, content)
  }
})

test('pruning forgets what nobody asked for', (t) => {
  const root = temporaryFolder(t)
  filled(root, 40)
  const cache = openCache<number>(root, 'numbers')
  cache.get('n1', contentKey(['1']))
  cache.set('new', 'key', 1)
  cache.save({ prune: true })
  const next = openCache<number>(root, 'numbers')
  assert.equal(next.get('n1', contentKey(['1'])), 1)
  assert.equal(next.get('n2', contentKey(['2'])), undefined)
})

test('a project that cannot be written is no reason to fail', () => {
  const root = join(import.meta.filename, 'not-a-folder')
  filled(root, 40)
  assert.equal(existsSync(join(root, FILE)), false)
})

test('parts of a key are kept apart', () => {
  assert.notEqual(contentKey(['ab', 'c']), contentKey(['a', 'bc']))
})

test('without keep nothing is read or written', (t) => {
  const root = temporaryFolder(t)
  const fill = (keep: boolean) => {
    const cache = openCache<number>(root, 'x', { keep })
    const before = cache.get('a', 'k')
    for (let i = 0; i < 40; i++) cache.set(i === 0 ? 'a' : `b${i}`, 'k', i + 7)
    cache.save()
    return before
  }
  assert.equal(fill(false), undefined)
  assert.ok(!existsSync(join(root, '.speckit')))
  fill(true)
  assert.equal(fill(false), undefined)
  assert.equal(openCache<number>(root, 'x').get('a', 'k'), 7)
})

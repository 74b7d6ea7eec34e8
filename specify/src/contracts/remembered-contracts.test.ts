import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { apiFile, writeLargePlatform } from '../../bench/large-platform.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const CACHE = '.speckit/cache/contracts.json'

function platform(t: { after(end: () => void): void }): string {
  const root = temporaryFolder(t)
  writeLargePlatform(root, 40)
  edit(root, 3, 'type: boolean', 'type: strng')
  edit(root, 4, "'#/components/schemas/Line'", './parts.yaml#/Line')
  edit(root, 5, 'paths:', 'paths: {{')
  return root
}

function edit(root: string, service: number, from: string, to: string): void {
  const file = apiFile(root, service)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

async function answer(root: string, ...args: string[]): Promise<string> {
  return (await runSpecify(root, ['validate-contracts', '--json', ...args])).stdout
}

async function fresh(root: string): Promise<string> {
  rmSync(join(root, '.speckit'), { recursive: true, force: true })
  return await answer(root)
}

test('a second run, a changed file and a broken cache give what a first run gives', async (t) => {
  const root = platform(t)
  const first = await answer(root)
  for (const code of ['contract-syntax', 'unresolved-ref', 'orphan-event'])
    assert.match(first, new RegExp(code))
  assert.ok(existsSync(join(root, CACHE)))
  assert.equal(await answer(root), first)

  edit(root, 7, 'type: object', 'type: objekt')
  const changed = await answer(root)
  assert.match(changed, /"objekt"|invalid-schema/)
  assert.equal(changed, await fresh(root))

  writeFileSync(join(root, CACHE), '{')
  assert.equal(await answer(root), changed)
})

test('a file that a contract refers to may come and change', async (t) => {
  const root = platform(t)
  assert.match(await answer(root), /there is no readable file/)
  const part = join(apiFile(root, 4), '../parts.yaml')
  writeFileSync(part, 'Line: { type: object }\n')
  const found = await answer(root)
  assert.doesNotMatch(found, /there is no readable file/)
  writeFileSync(part, 'Lines: { type: object }\n')
  assert.match(await answer(root), /there is no .*Line/)
  assert.equal(await answer(root), await fresh(root))
})

test('"cache": {"enabled": false} keeps nothing', async (t) => {
  const root = platform(t)
  const kept = await answer(root)
  rmSync(join(root, '.speckit'), { recursive: true })
  writeFileSync(join(root, '.speckit.config.json'), '{"cache": {"enabled": false}}\n')
  assert.equal(await answer(root), kept)
  assert.equal(existsSync(join(root, '.speckit')), false)
})

test('one service is told the same from what was kept', async (t) => {
  const root = platform(t)
  const service = '--service=invoice0-service'
  const first = await answer(root, service)
  assert.match(first, /invoice0/)
  assert.equal(await answer(root, service), first)
})

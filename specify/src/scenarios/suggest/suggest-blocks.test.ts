import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from '../../../test/run-specify.ts'
import { parseHurl } from '../hurl/parse.ts'
import { withDrafts, type Suggestion } from './suggest-blocks.ts'

const PLATFORM = join(import.meta.dirname, '../../../test/projects/contracts-platform')
const SPEC = 'services/order-service/specs/001-order-management/spec.md'

/** The platform with a story of scenarios in plain words. */
function platform(t: TestContext, ...steps: string[]): string {
  const root = temporaryFolder(t)
  cpSync(PLATFORM, root, { recursive: true })
  const file = join(root, SPEC)
  const list = steps.map((each, i) => `${i + 1}. ${each}`).join('\n')
  const story = `### User Story 9 - More (Priority: P3)\n\n${list}\n\n### User Story 2 - `
  writeFileSync(file, readFileSync(file, 'utf8').replace('### User Story 2 - ', story))
  return root
}

const PLACE = '**Given** a shop, **When** a buyer places an order for a mug, **Then** the order is created'
const MISSING = '**Given** no order 12, **When** the buyer opens that order, **Then** it is not found'
const OTHER = '**Given** rain, **When** the sun comes out, **Then** there is a rainbow'

async function suggest(root: string, ...args: string[]) {
  const { exitCode, stdout } = await runSpecify(root, [
    'test',
    '--suggest',
    '--scenario',
    'US9',
    ...args,
    '--json',
  ])
  assert.equal(exitCode, 0, stdout)
  return (JSON.parse(stdout) as { data: { drafts: Suggestion[]; without: string[] } }).data
}

test('drafts ask for the operation the words name, with the status they expect', async (t) => {
  const { drafts, without } = await suggest(platform(t, PLACE, MISSING, OTHER))
  assert.deepEqual(
    drafts.map(({ id, operation }) => [id, operation]),
    [
      ['order-service/001#US9.1', 'POST /api/v1/orders'],
      ['order-service/001#US9.2', 'GET /api/v1/orders/{orderId}'],
    ],
  )
  assert.match(drafts[0]!.block, /\nHTTP 201\n/)
  assert.match(drafts[1]!.block, /\nHTTP 404/)
  assert.deepEqual(without, ['order-service/001#US9.3'])
})

test('a draft is Hurl, skips itself, and fits the contract it was made from', async (t) => {
  const root = platform(t, PLACE, MISSING)
  const { drafts } = await suggest(root, '--write')
  for (const { block } of drafts) {
    const { entries, problems } = parseHurl(block)
    assert.deepEqual(problems, [])
    assert.ok(entries[0]!.request.options.some(({ name }) => name === 'skip'))
  }
  const check = await runSpecify(root, ['test', '--check', '--scenario', 'US9'])
  assert.equal(check.exitCode, 0, check.stdout)
  const run = await runSpecify(root, ['test', '--scenario', 'US9', '--base-url', 'http://127.0.0.1:1'])
  assert.match(run.stdout, /0 passed, 0 failed, 2 unbound/)
})

test('without --write nothing is written', async (t) => {
  const root = platform(t, PLACE)
  const before = readFileSync(join(root, SPEC), 'utf8')
  await suggest(root)
  assert.equal(readFileSync(join(root, SPEC), 'utf8'), before)
})

test('drafts stand below their scenarios, as far in as their text, with the line ends of the file', () => {
  const text = '# A\r\n\r\n10. **Given** a, **When** b, **Then** c\r\n11. **Given** d\r\n'
  const draft = { id: '', file: '', operation: '', line: 3, endLine: 3, block: 'GET {{baseUrl}}/\nHTTP 200' }
  assert.equal(
    withDrafts(text, [draft]),
    '# A\r\n\r\n10. **Given** a, **When** b, **Then** c\r\n\r\n    ```hurl\r\n    GET {{baseUrl}}/\r\n    HTTP 200\r\n    ```\r\n\r\n11. **Given** d\r\n',
  )
})

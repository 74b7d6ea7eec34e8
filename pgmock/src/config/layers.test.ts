import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { runPgmock, temporaryFolder } from '../../test/run-pgmock.ts'
import { openSet, type OpenedSet } from '../generate.ts'

type Files = Readonly<Record<string, unknown>>

/** Writes the files into a new folder and opens `schema.json` there; the folder is also the home. */
async function open(t: TestContext, files: Files): Promise<OpenedSet> {
  const folder = temporaryFolder(t)
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return await openSet(['schema.json'], { seed: 1, scale: 0.2, cwd: folder, home: folder })
}

const codes = ({ findings }: OpenedSet) => findings.map(({ code, line }) => `${code} ${line ?? ''}`.trim())
const database = { name: 'mine' }
const id = { type: 'integer', primaryKey: true }
const table = { columns: { id }, rowCount: 3 }

test('a file that extends a template adds, changes and takes away', async (t) => {
  const opened = await open(t, {
    'schema.json': {
      version: '1.0',
      extends: 'saas',
      database,
      tables: {
        users: { rowCount: 700, columns: { locale: null, nickname: { type: 'text' } } },
        audit_log: null,
        notes: table,
      },
    },
  })
  assert.deepEqual(opened.findings, [])
  const [model] = opened.models
  assert.equal(model!.database, 'mine')
  assert.ok(
    model!.tables.has('organizations') && model!.tables.has('notes') && !model!.tables.has('audit_log'),
  )
  const users = model!.tables.get('users')!
  assert.ok(users.columns.has('nickname') && users.columns.has('email') && !users.columns.has('locale'))
  const { origins } = opened.layers[0]!
  assert.equal(origins.get('/tables/users/rowCount'), 'schema.json')
  assert.equal(origins.get('/tables/users/columns/email/type'), 'embedded template saas')
  assert.equal(origins.get('/tables/users/columns/locale/type'), undefined)
})

test("a user's template hides an embedded one, and may extend another", async (t) => {
  const opened = await open(t, {
    '.pgmock/templates/saas.json': { version: '1.0', extends: 'small', tables: { b: table } },
    '.pgmock/templates/small.json': { version: '1.0', database: { name: 'small' }, tables: { a: table } },
    'schema.json': { version: '1.0', extends: 'saas', tables: {} },
  })
  assert.deepEqual(opened.findings, [])
  assert.deepEqual([...opened.models[0]!.tables.keys()], ['a', 'b'])
  assert.equal(opened.layers[0]!.origins.get('/tables/b/rowCount'), 'user template saas')
})

test('mixed templates live side by side under their prefixes, with expressions that still add up', async (t) => {
  const opened = await open(t, {
    'schema.json': {
      version: '1.0',
      database,
      mix: [
        { template: 'blog', prefix: 'blog_' },
        { template: 'e-commerce', prefix: 'shop_' },
      ],
      tables: {},
    },
  })
  assert.deepEqual(opened.findings, [])
  const { tables } = opened.plan.databases[0]!
  assert.equal(tables.length, 15 + 16)
  const orders = tables.find((one) => one.table.name === 'shop_orders')!
  const column = (name: string) => orders.columns.find((one) => one.column.name === name)!
  assert.match(column('subtotal').why, /sum\(shop_order_items\.line_total\)/)
  assert.match(column('status').column.type.text, /shop_order_status$/)
  assert.ok(Number(column('subtotal').cell.value(0)) > 0)
})

test('$ref takes a definition of this file or of another, and what stands beside it wins', async (t) => {
  const opened = await open(t, {
    'common.json': { columns: { created: { type: 'timestamptz', comment: 'when' } } },
    'schema.json': {
      version: '1.0',
      database,
      definitions: { key: { type: 'bigint', primaryKey: true } },
      tables: {
        a: {
          columns: {
            id: { $ref: '#/definitions/key', comment: 'own' },
            created_at: { $ref: 'common.json#/columns/created', type: 'date' },
          },
          rowCount: 2,
        },
      },
    },
  })
  assert.deepEqual(opened.findings, [])
  const { columns, primaryKey } = opened.models[0]!.tables.get('a')!
  assert.deepEqual(primaryKey, ['id'])
  assert.equal(columns.get('id')!.comment, 'own')
  assert.equal(columns.get('created_at')!.type.text, 'date')
  assert.equal(columns.get('created_at')!.comment, 'when')
})

test('the project file lies over templates and under the schema file; flags lie over all', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(
    join(folder, '.pgmock.yaml'),
    'seed: 9\nscale: 0.1\ncount:\n  users: 40\ndatabase:\n  owner: app\ntables:\n  plans:\n    comment: Ours\n  absent:\n    comment: Not here\n',
  )
  writeFileSync(
    join(folder, 'schema.json'),
    JSON.stringify({ version: '1.0', extends: 'saas', tables: { users: { comment: 'File' } } }),
  )
  const { stdout, stderr } = await runPgmock(folder, [
    'config',
    'schema.json',
    '--json',
    '--count',
    'users=41',
    '--seed',
    '3',
  ])
  assert.equal(stderr, '')
  const { data } = JSON.parse(stdout)
  const from = (name: string) => {
    const { value, from: layer } = data.settings.find((one: { name: string }) => one.name === name)
    return [value, layer]
  }
  assert.deepEqual(from('seed'), ['3', '--seed'])
  assert.deepEqual(from('scale'), [0.1, '.pgmock.yaml'])
  assert.deepEqual(from('count users'), [41, '--count'])
  const [{ schema, values }] = data.schemas
  assert.ok(isRecord(schema))
  const set = new Map(values.map(({ at, from: layer }: { at: string; from: string }) => [at, layer]))
  assert.equal(set.get('/database/owner'), '.pgmock.yaml')
  assert.equal(set.get('/database/name'), 'embedded template saas')
  assert.equal(set.get('/tables/plans/comment'), '.pgmock.yaml')
  assert.equal(set.get('/tables/users/comment'), 'schema.json')
  assert.ok(![...set.keys()].some((at) => String(at).startsWith('/tables/absent')))
  const explained = await runPgmock(folder, ['config', 'schema.json', '--explain'])
  assert.match(explained.stdout, /^\/tables\/users\/comment +"File" +schema\.json$/m)
  const preview = await runPgmock(folder, ['validate', 'schema.json', '--json'])
  assert.ok(JSON.parse(preview.stdout).data.rows < 9000, 'a tenth of 65,000')
})

const wrong: readonly (readonly [code: string, wrongFile: Files, rightFile: Files])[] = [
  ['unknown-template 3', { extends: 'sass' }, { extends: 'saas' }],
  ['bad-extends 3', { extends: 4 }, { extends: ['saas'] }],
  ['file-missing 3', { extends: './base.json' }, { extends: './good.json' }],
  ['base-invalid 3', { extends: './broken.json' }, { extends: './good.json' }],
  ['extends-circle 3', { extends: './circle.json' }, { extends: './good.json' }],
  ['bad-mix 4', { mix: [{ prefix: 'x' }] }, { mix: ['saas'] }],
  [
    'mix-clash 5',
    { mix: ['saas', { template: 'saas' }] },
    { mix: ['saas', { template: 'saas', prefix: 'x_' }] },
  ],
  ['ref-missing', { note: { $ref: '#/definitions/no' } }, {}],
  ['ref-circle', { definitions: { a: { $ref: '#/definitions/a' } } }, { definitions: { a: {} } }],
]

for (const [code, bad, good] of wrong)
  test(`${code.split(' ')[0]} is found where it is, and only there`, async (t) => {
    const files = (extra: Files) => ({
      'good.json': { version: '1.0', tables: {} },
      'broken.json': '{ "version": }',
      'circle.json': { version: '1.0', extends: './schema.json', tables: {} },
      'schema.json': { version: '1.0', ...extra, database, tables: { t: table } },
    })
    const found = codes(await open(t, files(bad)))
    assert.ok(
      found.some((one) => one === code || one.startsWith(`${code} `)),
      `${code}: ${found.join(', ')}`,
    )
    assert.deepEqual(codes(await open(t, files(good))), [])
  })

test('a wrong project file is a finding with its line, and nothing is written', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(
    join(folder, 'schema.json'),
    JSON.stringify({ version: '1.0', database, tables: { t: table } }),
  )
  writeFileSync(join(folder, '.pgmock.yaml'), 'scale: -1\nsed: 4\nnow: yesterday\n')
  const { exitCode, stdout } = await runPgmock(folder, ['validate', 'schema.json', '--json'])
  assert.equal(exitCode, 1)
  assert.deepEqual(
    JSON.parse(stdout).findings.map((one: { code: string; line: number }) => `${one.code} ${one.line}`),
    ['bad-value 1', 'unknown-property 2', 'bad-value 3'],
  )
})

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runPgmock, temporaryFolder } from '../../test/run-pgmock.ts'

const EXAMPLES = join(import.meta.dirname, '../../examples/plugins')

/** A folder with a schema of one table, whose column `value` a plugin fills. */
function project(
  t: TestContext,
  generator: unknown,
  { type = 'integer', module = '', more = {}, rowCount = 50 } = {},
): string {
  const folder = temporaryFolder(t)
  const columns = {
    id: { type: 'serial', primaryKey: true },
    name: { type: 'text', generator: 'first_name' },
    value: { type, generator, ...more },
  }
  writeFileSync(
    join(folder, 's.json'),
    JSON.stringify({ version: '1.0', database: { name: 'd' }, tables: { things: { columns, rowCount } } }),
  )
  writeFileSync(join(folder, 'p.ts'), module)
  return folder
}

const RUN = ['generate', 's.json', '--data-only', '--allow-plugins']

async function values(folder: string, ...flags: string[]): Promise<string[]> {
  const { stdout, stderr, exitCode } = await runPgmock(folder, [...RUN, ...flags])
  assert.equal(exitCode, 0, stderr + stdout)
  const lines = stdout.split('FROM stdin;\n')[1]!.split('\n\\.')[0]!.split('\n')
  return lines.map((line) => line.split('\t').at(-1)!)
}

test('a function of a TypeScript module fills a column, the same way every time, in pieces as in the whole', async (t) => {
  const module =
    'export const points = (cell: { random(): number; integer(a: number, b: number): number }): number => cell.integer(1, 6) * 10 + cell.integer(1, 6)'
  const folder = project(t, './p.ts#points', { module, rowCount: 3000 })
  const all = await values(folder)
  assert.equal(all.length, 3000)
  assert.equal(new Set(all).size, 36)
  assert.deepEqual(await values(folder), all)
  assert.deepEqual(
    [...(await values(folder, '--rows', '1..1500')), ...(await values(folder, '--rows', '1501..3000'))],
    all,
  )
  assert.notDeepEqual(await values(folder, '--seed', '2'), all)
})

test('a plugin sees the columns it uses, its options, the type and the row', async (t) => {
  const module = `export default (cell) => [cell.table, cell.column, cell.type, cell.row, cell.rows, cell.options.colour, typeof cell.columns.name].join('/')`
  const folder = project(
    t,
    { name: './p.ts', uses: ['name'], colour: 'red' },
    { type: 'varchar(80)', module, rowCount: 2 },
  )
  assert.deepEqual(await values(folder), [
    'things/value/character varying(80)/1/2/red/string',
    'things/value/character varying(80)/2/2/red/string',
  ])
})

test('a program answers lines of JSON, in batches that make no difference', async (t) => {
  const program = `
    import { createInterface } from 'node:readline'
    for await (const line of createInterface({ input: process.stdin })) {
      const { row, seed, columns } = JSON.parse(line)
      process.stdout.write(JSON.stringify({ row, name: columns.name, odd: seed % 2 === 1 }) + '\\n')
    }`
  const results: string[][] = []
  for (const batch of [7, 1000]) {
    const folder = project(
      t,
      { name: 'process', command: [process.execPath, 'p.mjs'], uses: ['name'], batch },
      { type: 'jsonb' },
    )
    writeFileSync(join(folder, 'p.mjs'), program)
    results.push(await values(folder))
  }
  assert.deepEqual(results[0], results[1])
  assert.match(results[0]![6]!, /^\{"odd": (true|false), "row": 7, "name": "\p{L}+"\}$/u)
})

const SLEEP = 'for (;;) {}'
const wrongs: [title: string, module: string, type: string, message: RegExp][] = [
  [
    'throws',
    'if (c.row === 17) throw new RangeError("boom"); return 1',
    'integer',
    /threw RangeError: boom \(things\.value, row 17\)/,
  ],
  [
    'throws no error',
    'if (c.row === 3) throw "boom"; return 1',
    'integer',
    /threw Error: boom \(things\.value, row 3\)/,
  ],
  [
    'hangs',
    `if (c.row === 5) { ${SLEEP} } return 1`,
    'integer',
    /did not answer within 0\.3 seconds \(things\.value, row 5\)/,
  ],
  [
    'gives a text for a number',
    'return c.row === 9 ? "nine" : 1',
    'integer',
    /gave "nine", which is no integer \(NULL is not allowed\) \(things\.value, row 9\)/,
  ],
  ['gives a number for a text', 'return 5', 'text', /gave 5, which is no text/],
  ['gives a fraction for an integer', 'return 0.5', 'integer', /gave 0\.5, which is no integer/],
  ['gives a number out of range', 'return 70000', 'smallint', /gave 70000, which is no smallint/],
  ['gives nothing', '', 'integer', /gave nothing/],
  ['gives null', 'return null', 'integer', /gave null/],
  ['gives a promise', 'return Promise.resolve(1)', 'integer', /gave a promise/],
  [
    'gives no instant',
    'return "yesterday"',
    'timestamptz',
    /gave "yesterday", which is no timestamp with time zone/,
  ],
  ['gives a broken date', 'return new Date("x")', 'date', /which is no date/],
  ['gives a function for JSON', 'return () => 1', 'jsonb', /gave a function, which is no jsonb/],
  ['gives a text with NUL', 'return "a\\0b"', 'text', /which is no text/],
  ['gives a label the enum has not', 'return {}', 'boolean', /gave \{\}, which is no boolean/],
]
for (const [title, body, type, message] of wrongs)
  test(`a plugin that ${title} is named with table, column and row, and nothing is written`, async (t) => {
    const folder = project(
      t,
      { name: './p.ts', timeout: '300 milliseconds' },
      {
        type,
        module: `export default (c) => { ${body} }`,
      },
    )
    const { exitCode, stderr } = await runPgmock(folder, [...RUN, '-f', 'out.sql'])
    assert.match(stderr, new RegExp(`^error: The plugin \\./p\\.ts .*${message.source}`))
    assert.equal(exitCode, 2)
    assert.throws(() => readFileSync(join(folder, 'out.sql')), { code: 'ENOENT' })
  })

const programs: [title: string, program: string, message: RegExp, hint?: RegExp][] = [
  [
    'dies',
    'console.log("1"); console.error("out of ideas"); process.exitCode = 3',
    /ended with 3 \(things\.value, row 2\)/,
    /out of ideas/,
  ],
  ['hangs', 'setInterval(() => {}, 1000)', /did not answer within 0\.4 seconds/],
  ['gives too few lines', 'console.log("1")', /gave 1 lines for 50 rows \(things\.value, row 2\)/],
  [
    'gives no JSON',
    'for (let i = 0; i < 50; i++) console.log(i === 4 ? "four" : i)',
    /gave a line that is no JSON: four \(things\.value, row 5\)/,
  ],
  [
    'gives the wrong type',
    'for (let i = 0; i < 50; i++) console.log(i === 4 ? "[]" : i)',
    /gave \[\], which is no integer .*row 5\)/,
  ],
  [
    'kills itself',
    'process.kill(process.pid, "SIGKILL"); await new Promise(() => setTimeout(() => {}, 1e5))',
    /was killed by SIGKILL/,
  ],
]
for (const [title, program, message, hint] of programs)
  test(`a program that ${title} is named with table, column and row`, async (t) => {
    const folder = project(t, {
      name: 'process',
      command: [process.execPath, 'p.mjs'],
      timeout: '10 seconds',
    })
    writeFileSync(join(folder, 'p.mjs'), program)
    if (title === 'hangs') {
      const file = join(folder, 's.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace('10 seconds', '400 milliseconds'))
    }
    const { exitCode, stderr } = await runPgmock(folder, RUN)
    assert.match(stderr, message)
    if (hint) assert.match(stderr, hint)
    assert.equal(exitCode, 2)
  })

test('a program that is not there is named', async (t) => {
  const folder = project(t, { name: 'process', command: ['no-such-program-here'] })
  const { exitCode, stderr } = await runPgmock(folder, RUN)
  assert.match(stderr, /The plugin "no-such-program-here" is not there \(things\.value, row 1\)/)
  assert.equal(exitCode, 2)
})

const findings: [code: string, generator: unknown, module: string, message: RegExp][] = [
  ['plugin-missing', './q.ts', '', /s\.json:1:\d+: error: the plugin \.\/q\.ts cannot be found/],
  ['plugin-missing', 'npm:nowhere', '', /npm:nowhere cannot be found/],
  ['plugin-broken', './p.ts', 'export const', /cannot be loaded: /],
  [
    'plugin-without-generator',
    './p.ts#tiers',
    'export const tier = () => 1',
    /no function "tiers"[^]*Did you mean "tier"/,
  ],
  ['plugin-without-generator', './p.ts', '', /exports no function by default[^]*It exports nothing/],
  ['bad-option', { name: 'process', command: [] }, '', /`command` names the program/],
  ['unknown-column', { name: './p.ts', uses: ['nme'] }, 'export default () => 1', /there is no column "nme"/],
]
for (const [code, generator, module, message] of findings)
  test(`${code}: ${JSON.stringify(generator)}`, async (t) => {
    const folder = project(t, generator, { module })
    const { exitCode, stdout } = await runPgmock(folder, ['validate', 's.json', '--allow-plugins'])
    assert.match(stdout, message)
    assert.match(stdout, new RegExp(`\\[${code}\\]`))
    assert.equal(exitCode, 1)
  })

test('code that comes with a schema does not run unless it is allowed, by a flag or by the project', async (t) => {
  const module = `import { writeFileSync } from 'node:fs'
    writeFileSync(new URL('ran', import.meta.url), ''); export default () => 1`
  const folder = project(t, './p.ts', { module })
  const refused = await runPgmock(folder, ['validate', 's.json'])
  assert.match(refused.stdout, /\.\/p\.ts would run code that comes with the schema \[plugin-not-allowed\]/)
  assert.equal(refused.exitCode, 1)
  assert.throws(() => readFileSync(join(folder, 'ran')), { code: 'ENOENT' })
  writeFileSync(join(folder, '.pgmock.yaml'), 'plugins: true\n')
  assert.equal((await runPgmock(folder, ['validate', 's.json'])).exitCode, 0)
  assert.equal(readFileSync(join(folder, 'ran'), 'utf8'), '')
  writeFileSync(join(folder, '.pgmock.yaml'), 'plugins: yes please\n')
  assert.match((await runPgmock(folder, ['validate', 's.json'])).stdout, /plugins must be true or false/)
})

test('null is taken where the column may be NULL, unique only from a plugin that promises it', async (t) => {
  const nullable = project(t, './p.ts', { module: 'export default () => null', more: { nullable: true } })
  assert.ok((await values(nullable)).every((value) => value === String.raw`\N`))
  const plain = project(t, './p.ts', {
    type: 'text',
    module: "export default () => 'x'",
    more: { unique: true },
  })
  assert.equal(new Set(await values(plain)).size, 50)
  const promised = project(t, './p.ts', {
    module: 'export default { unique: true, generate: ({ row }) => row * 2 }',
    more: { unique: true },
  })
  assert.equal((await values(promised))[9], '20')
})

test('a template of an installed package brings its own plugins', async (t) => {
  const folder = temporaryFolder(t)
  const pack = join(folder, 'node_modules/@acme/pgmock-template-club')
  mkdirSync(join(pack, 'templates'), { recursive: true })
  writeFileSync(join(pack, 'package.json'), '{ "name": "@acme/pgmock-template-club", "type": "module" }')
  writeFileSync(
    join(pack, 'templates/club.json'),
    readFileSync(join(EXAMPLES, 'club.json'), 'utf8')
      .replaceAll('./cards.ts', '../lib/cards.js')
      .replace('"process", "command": ["node", "greet.mjs"]', '"../lib/cards.js#tier"'),
  )
  mkdirSync(join(pack, 'lib'))
  writeFileSync(
    join(pack, 'lib/cards.js'),
    `export const points = () => 7, tier = () => 'gold', cardNumber = { unique: true, generate: (c) => 'C' + c.row }`,
  )
  writeFileSync(
    join(folder, 's.json'),
    '{ "version": "1.0", "extends": "club", "tables": { "members": { "rowCount": 2 } } }',
  )
  assert.match(
    (await runPgmock(folder, ['templates', 'list'])).stdout,
    /club +npm @acme\/pgmock-template-club +1/,
  )
  const { stdout } = await runPgmock(folder, ['preview', 's.json', 'members', '--allow-plugins', '--json'])
  const { rows } = (JSON.parse(stdout) as { data: { rows: Record<string, string>[] } }).data
  assert.deepEqual(
    rows.map(({ card, points, tier, greeting }) => [card, points, tier, greeting]),
    [
      ['C1', '7', 'gold', 'gold'],
      ['C2', '7', 'gold', 'gold'],
    ],
  )
  writeFileSync(
    join(folder, 't.json'),
    JSON.stringify({
      version: '1.0',
      database: { name: 'd' },
      tables: {
        t: {
          columns: { a: { type: 'text', generator: 'npm:@acme/pgmock-template-club/lib/cards.js#tier' } },
          rowCount: 1,
        },
      },
    }),
  )
  const direct = await runPgmock(folder, ['preview', 't.json', 't', '--allow-plugins'])
  assert.match(direct.stdout, /gold/)
})

test('--watch shows the rows again when a plugin changes, and survives a broken one', async (t) => {
  const folder = project(t, './p.ts', { module: 'export default () => 1' })
  const stop = new AbortController()
  const said: string[] = []
  let changes = 0
  const change = (text: string) => {
    writeFileSync(join(folder, 'p.ts'), text)
    // Another second, as an editor would take: the time of the file is what tells it is another.
    utimesSync(join(folder, 'p.ts'), 1e9 + ++changes, 1e9 + changes)
  }
  const next = [
    () => change('export default () => 22'),
    () => change('export default () => "oh"'),
    () => change('export default () => 333'),
    () => stop.abort(),
  ]
  const exitCode = await runPgmock(
    folder,
    ['preview', 's.json', 'things', '--limit', '1', '--allow-plugins', '--watch'],
    stop.signal,
    { HOME: '/nonexistent' },
    (text) => {
      said.push(text)
      if (text.startsWith('Watching')) next.shift()!()
    },
  ).then((result) => result.exitCode)
  assert.equal(exitCode, 130, said.join(''))
  const rows = said.join('').match(/\b(1|22|333)\n|gave "oh"/g)
  assert.deepEqual(
    rows?.map((one) => one.trim()),
    ['1', '22', 'gave "oh"', '333'],
  )
})

test('generate --watch writes the file again when a plugin changes', async (t) => {
  const folder = project(t, './p.ts', { module: 'export default () => 1', rowCount: 2 })
  const stop = new AbortController()
  const written: string[] = []
  const argv = ['generate', 's.json', '-f', 'out.sql', '--allow-plugins', '--watch']
  const { exitCode } = await runPgmock(folder, argv, stop.signal, { HOME: '/nonexistent' }, (text) => {
    if (!text.startsWith('Watching')) return
    written.push(/^2\t.*\t(\d+)$/m.exec(readFileSync(join(folder, 'out.sql'), 'utf8'))![1]!)
    if (written.length > 1) return stop.abort()
    writeFileSync(join(folder, 'p.ts'), 'export default () => 22')
    utimesSync(join(folder, 'p.ts'), 1e9, 1e9)
  })
  assert.deepEqual([written, exitCode], [['1', '22'], 130])
  const { stderr } = await runPgmock(folder, ['generate', 's.json', '--allow-plugins', '--watch'])
  assert.match(stderr, /--watch needs a place to write to again/)
})

test('the example of the documentation runs', async () => {
  const { stdout, exitCode } = await runPgmock(EXAMPLES, [
    'preview',
    'club.json',
    'members',
    '--allow-plugins',
    '--limit',
    '200',
  ])
  assert.equal(exitCode, 0)
  assert.match(stdout, /C-00007919 /)
  assert.match(stdout, /gold .*Welcome back, .*, and thank you!/)
})

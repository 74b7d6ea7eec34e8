import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { runCli } from '@specwright/cli/run-cli.ts'
import { program } from '../program.ts'
import { runPgmock, temporaryFolder } from '../../test/run-pgmock.ts'

/** Somebody at a terminal who types `answers`, one after each question, and then ends the input. */
async function atTerminal(cwd: string, argv: readonly string[], answers: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const shown: string[] = []
  const left = [...answers]
  output.on('data', (chunk: Buffer) => {
    shown.push(String(chunk))
    // A prompt ends like this; everything else that is shown is no question.
    if (!String(chunk).endsWith('): ')) return
    const answer = left.shift()
    if (answer === undefined) input.end()
    else input.write(`${answer}\n`)
  })
  Object.assign(input, { isTTY: true })
  Object.assign(output, { isTTY: true })
  let stderr = ''
  const exitCode = await runCli(program, argv, {
    stdout: { write: () => {} },
    stderr: { write: (text) => void (stderr += text) },
    cwd,
    env: { HOME: '/nonexistent' },
    signal: new AbortController().signal,
    streams: { input, output },
  })
  return { exitCode, stderr, shown: shown.join('') }
}

type Written = {
  database: { name: string }
  tables: Record<string, { rowCount?: unknown }>
  extends?: string
}
const read = (folder: string, name = 'schema.json') =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Written

test('at a terminal init asks for template, database and size, and asks again when an answer is wrong', async (t) => {
  const folder = temporaryFolder(t)
  const { exitCode, shown, stderr } = await atTerminal(
    folder,
    ['init'],
    ['sass', 'saas', 'crm', 'many', '0.5'],
  )
  assert.equal(exitCode, 0, stderr)
  assert.match(shown, /saas +17 +Software as a service[^]*Template \(e-commerce\): /)
  assert.match(shown, /There is no template "sass"\. Did you mean "saas"\?/)
  assert.match(shown, /not "many"/)
  const { database, tables } = read(folder)
  assert.equal(database.name, 'crm')
  const original = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../templates/saas.json'), 'utf8'),
  ) as Written
  for (const [name, { rowCount }] of Object.entries(original.tables))
    assert.deepEqual(
      tables[name]!.rowCount,
      typeof rowCount === 'number' ? Math.max(1, Math.round(rowCount / 2)) : rowCount,
    )
  assert.equal((await runPgmock(folder, ['validate', 'schema.json'])).exitCode, 0)
})

test('empty answers take what is offered', async (t) => {
  const folder = temporaryFolder(t)
  assert.equal((await atTerminal(folder, ['init', 'a.json'], ['', '', ''])).exitCode, 0)
  assert.equal((await runPgmock(folder, ['init', 'b.json', '--template', 'e-commerce'])).exitCode, 0)
  assert.deepEqual(read(folder, 'a.json'), read(folder, 'b.json'))
})

test('an input that ends before the last question ends the command, and nothing is written', async (t) => {
  const folder = temporaryFolder(t)
  const { exitCode, stderr } = await atTerminal(folder, ['init'], ['saas'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /The input ended before every question was answered/)
  assert.equal(existsSync(join(folder, 'schema.json')), false)
})

test('without a terminal nothing is asked', async (t) => {
  const folder = temporaryFolder(t)
  const { exitCode, stderr } = await runPgmock(folder, ['init'])
  assert.equal(exitCode, 2)
  assert.match(stderr, /Name a template with --template\./)
  assert.match(
    (await runPgmock(folder, ['init', '--template', 'saas', '--size', '0'])).stderr,
    /a number above 0/,
  )
})

test('--extend holds what differs from the template, and means the same', async (t) => {
  const folder = temporaryFolder(t)
  const wishes = ['--template', 'blog', '--database', 'gazette', '--size', '0.1']
  await runPgmock(folder, ['init', 'a.json', ...wishes, '--extend'])
  await runPgmock(folder, ['init', 'b.json', ...wishes])
  assert.equal(read(folder, 'a.json').extends, 'blog')
  const { stdout } = await runPgmock(folder, ['diff', 'a.json', 'b.json'])
  assert.equal(stdout, 'No difference.\n')
})

import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import { CliError } from './cli-error.ts'
import { writeFileAtomic } from './write-file.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-file-'))
})
after(async () => await rm(folder, { recursive: true }))

it('a file is written whole, in folders that did not exist', async () => {
  const path = join(folder, 'new/deep/a.txt')
  await writeFileAtomic(path, 'text')
  await writeFileAtomic(path, new Uint8Array([104, 105]))
  assert.equal(await readFile(path, 'utf8'), 'hi')
  assert.deepEqual(await readdir(join(folder, 'new/deep')), ['a.txt'])
})

it(
  'a file that is replaced keeps its permissions',
  { skip: process.platform === 'win32' && 'Windows has no modes' },
  async () => {
    const path = join(folder, 'run.sh')
    await writeFile(path, 'old')
    await chmod(path, 0o750)
    await writeFileAtomic(path, 'new')
    assert.equal((await stat(path)).mode & 0o777, 0o750)
  },
)

it('a failure leaves the old file and nothing beside it', async () => {
  const path = join(folder, 'kept', 'a.txt')
  await writeFileAtomic(path, 'old')
  const broken = (function* () {
    yield 'half of it'
    throw new Error('disk gone')
  })()
  // A stream that breaks in the middle stands for a disk that does: writeFile takes iterables as well.
  await assert.rejects(writeFileAtomic(path, broken as unknown as string), { message: 'disk gone' })
  assert.equal(await readFile(path, 'utf8'), 'old')
  assert.deepEqual(await readdir(join(folder, 'kept')), ['a.txt'])
})

it('what stands in the way is named', async () => {
  await mkdir(join(folder, 'taken'))
  await writeFile(join(folder, 'plain'), '')
  const cases = [
    [join(folder, 'taken'), /taken cannot be written: it is a folder\.$/],
    [join(folder, 'plain', 'a.txt'), /cannot be written: a part of the path is a file, not a folder\.$/],
    [join(folder, 'x'.repeat(250)), /cannot be written: the name is too long\.$/],
  ] as const
  for (const [path, message] of cases)
    await assert.rejects(
      writeFileAtomic(path, 'text'),
      (error) => error instanceof CliError && error.code === 'cannot-write' && message.test(error.message),
    )
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
    [],
  )
})

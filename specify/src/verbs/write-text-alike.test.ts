import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { readText } from '../workspace/read-text.ts'
import { writeTextAlike } from './write-text-alike.ts'

for (const [name, encode] of [
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 little-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 big-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
] as const) {
  test(`a file in ${name} stays so when its text is edited`, async (t) => {
    const path = join(temporaryFolder(t), 'tasks.md')
    writeFileSync(path, encode('- [ ] T001 größer 로그\n'))
    await writeTextAlike(path, (await readText(path)).replace('[ ]', '[X]'))
    assert.deepEqual(readFileSync(path), encode('- [X] T001 größer 로그\n'))
  })
}

test('a new file is UTF-8 without a mark', async (t) => {
  const path = join(temporaryFolder(t), 'new.md')
  await writeTextAlike(path, 'é')
  assert.deepEqual(readFileSync(path), Buffer.from('é'))
})

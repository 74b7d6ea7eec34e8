import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from './read-text.ts'

test('a byte order mark says the encoding and is gone', () => {
  const text = '# größe 用户'
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  const big = Buffer.from(little).swap16()
  for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), little, big])
    assert.equal(decodeText(bytes), text)
})

test('text that only begins like a mark is read as UTF-8', () => {
  assert.equal(decodeText(Buffer.from([0xff, 0x41])), '\ufffdA')
  assert.equal(decodeText(Buffer.from([0xfe, 0x41])), '\ufffdA')
  assert.equal(decodeText(Buffer.from([])), '')
})

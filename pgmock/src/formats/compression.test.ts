import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as zlib from 'node:zlib'
import { adler32 } from '../bytes/adler32.ts'
import { mix } from '../bytes/hash.ts'
import { compressed, decompressed, parseCompression } from './compression.ts'

const MEGABYTE = 1024 * 1024
/** Around the size of a block, and with nothing in it. */
const LENGTHS = [0, 1, 12, 13, 70_000, MEGABYTE, 2 * MEGABYTE + 1]

const FORMS = ['gzip', 'gzip:1', 'gzip:9', 'zstd', 'zstd:1', 'zstd:19', 'lz4', 'lz4:4'].map(parseCompression)

test('every method gives the text back, whatever its length', async () => {
  for (const compression of FORMS)
    for (const wrapper of ['zlib', 'gzip'] as const)
      for (const length of LENGTHS) {
        if (compression.level !== undefined && compression.level > 4 && length > MEGABYTE) continue // slow
        const text = rows(length)
        const bytes = await packed(text, 100_000, compression, wrapper)
        const what = `${compression.method}:${compression.level} ${wrapper} ${length}`
        const back = await whole(decompressed(chunksOf(bytes, 65_536), compression.method, wrapper))
        assert.ok(back.equals(text), what)
        if (compression.method === 'gzip')
          assert.ok(
            (wrapper === 'zlib' ? zlib.inflateSync(bytes) : zlib.gunzipSync(bytes)).equals(text),
            what,
          )
        if (length > 60_000) assert.ok(bytes.length < 0.7 * length, `${what}: ${bytes.length}`)
      }
})

test('the compressed bytes do not depend on how the text comes in pieces', async () => {
  const text = rows(2 * MEGABYTE + 5)
  for (const compression of FORMS.filter(({ level = 1 }) => level < 5)) {
    const [few, many] = [await packed(text, 1_500_000, compression), await packed(text, 999, compression)]
    assert.ok(few.equals(many), compression.method)
  }
})

test('what cannot be made smaller is stored, not made larger', async () => {
  const noise = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, i) => mix(i, 7, 0)))
  for (const compression of [parseCompression('lz4'), parseCompression('lz4:6')]) {
    const bytes = await packed(noise, 5000, compression)
    assert.equal(bytes.length, noise.length + 7 + 4 + 4)
    assert.ok((await whole(decompressed(chunksOf(bytes, 777), 'lz4', 'gzip'))).equals(noise))
  }
})

test('a higher level of lz4 is smaller', async () => {
  const text = rows(MEGABYTE)
  const sizes = []
  for (const level of ['lz4:1', 'lz4:4', 'lz4:8'])
    sizes.push((await packed(text, 50_000, parseCompression(level))).length)
  assert.deepEqual(
    sizes,
    sizes.toSorted((a, b) => b - a),
  )
  assert.equal(new Set(sizes).size, 3)
})

test('damaged lz4 is told, at every place that matters', async () => {
  const bytes = await packed(rows(5000), 1000, parseCompression('lz4'))
  const read = async (damaged: Buffer) => whole(decompressed(chunksOf(damaged, 100), 'lz4', 'gzip'))
  await assert.rejects(read(Buffer.from('no lz4 at all')), /not LZ4/)
  for (const length of [5, 9, 40, bytes.length - 6])
    await assert.rejects(read(bytes.subarray(0, length)), /too soon/)
  const wrong = Buffer.from(bytes)
  wrong.fill(0xff, 11, 60)
  await assert.rejects(read(wrong), /damaged/)
})

test('a text that fails half-way fails its compression, with the same reason', async () => {
  const broken = function* () {
    yield { bytes: rows(MEGABYTE + 1) }
    throw new Error('no more rows')
  }
  for (const compression of FORMS)
    await assert.rejects(whole(compressed(broken(), compression, 'gzip')), /no more rows/)
})

test('--compress takes what pg_dump takes', () => {
  const cases = [
    ['0', 'none', undefined],
    ['6', 'gzip', 6],
    ['gzip', 'gzip', undefined],
    ['gzip:9', 'gzip', 9],
    ['lz4', 'lz4', undefined],
    ['lz4:level=12', 'lz4', 12],
    ['zstd:level=19', 'zstd', 19],
    ['none', 'none', undefined],
  ] as const
  for (const [text, method, level] of cases) assert.deepEqual(parseCompression(text), { method, level })
  for (const wrong of ['gzip:10', 'gzip:0', 'bzip2', '10', '', 'zstd:23', 'lz4:13', 'none:1'])
    assert.throws(() => parseCompression(wrong), { code: 'bad-compression' }, wrong)
})

test('adler32 is the one zlib writes behind its streams', () => {
  for (const length of [0, 1, 2047, 2048, 100_000]) {
    const text = Buffer.alloc(length, 0xff)
    assert.equal(adler32(text), zlib.deflateSync(text).readUInt32BE(zlib.deflateSync(text).length - 4))
    assert.equal(adler32(text.subarray(1000), adler32(text.subarray(0, 1000))), adler32(text))
  }
})

/** Lines as a table has them: numbers that count, words that come again. */
function rows(length: number): Buffer {
  const words = ['order', 'shipped', 'Berlin', 'naïve', '2026-01-02 03:04:05+00']
  let text = ''
  for (let i = 0; text.length < length; i++)
    text += `${i}\t${words[mix(i, 1, 0) % words.length]}\t${mix(i, 2, 0) % 1000}\t${words[mix(i, 3, 0) % words.length]}\n`
  return Buffer.from(text).subarray(0, length)
}

async function packed(
  text: Buffer,
  size: number,
  compression: ReturnType<typeof parseCompression>,
  wrapper: 'zlib' | 'gzip' = 'gzip',
): Promise<Buffer> {
  const pieces = function* () {
    for (let at = 0; at < text.length; at += size) yield { bytes: text.subarray(at, at + size) }
  }
  return await whole(compressed(pieces(), compression, wrapper))
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts)
}

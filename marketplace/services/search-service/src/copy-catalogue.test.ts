import assert from 'node:assert/strict'
import test from 'node:test'
import type { Entry } from './catalogue-entry.ts'
import { copyCatalogue, type CopyPorts } from './copy-catalogue.ts'

function entry(n: number): Entry {
  const productId = String(n).padStart(6, '0')
  return { revision: 1, product: { productId } as Entry['product'] } // nothing else of it is looked at
}

function world(size: number) {
  const all = Array.from({ length: size }, (_, i) => entry(i + 1))
  const put: { count: number; after: string | undefined; upTo: string | undefined }[] = []
  const finished: number[] = []
  const ports: CopyPorts = {
    readPortion: (after, limit) =>
      Promise.resolve(
        all.filter(({ product }) => after === undefined || product.productId > after).slice(0, limit),
      ),
    now: () => Promise.resolve(new Date(0)),
    putPortion: (entries, { after, upTo }) => {
      put.push({ count: entries.length, after, upTo })
      return Promise.resolve()
    },
    finish: (products) => {
      finished.push(products)
      return Promise.resolve()
    },
  }
  return { ports, put, finished }
}

// search-service/001#FR-009
test('portions touch, the last one reaches to the end, and every product is copied', async () => {
  const { ports, put, finished } = world(1_200)
  await copyCatalogue(ports, new AbortController().signal)
  assert.deepEqual(put, [
    { count: 500, after: undefined, upTo: '000500' },
    { count: 500, after: '000500', upTo: '001000' },
    { count: 200, after: '001000', upTo: undefined },
  ])
  assert.deepEqual(finished, [1_200])
})

test('a catalogue of exactly one portion, and an empty one, end', async () => {
  for (const size of [500, 0]) {
    const { ports, finished } = world(size)
    await copyCatalogue(ports, new AbortController().signal)
    assert.deepEqual(finished, [size])
  }
})

test('a copy that is told to stop does not say that it is finished', async () => {
  const { ports, finished } = world(1_200)
  const stopping = new AbortController()
  const readPortion: CopyPorts['readPortion'] = (after, limit) => {
    stopping.abort()
    return ports.readPortion(after, limit)
  }
  await copyCatalogue({ ...ports, readPortion }, stopping.signal)
  assert.deepEqual(finished, [])
})

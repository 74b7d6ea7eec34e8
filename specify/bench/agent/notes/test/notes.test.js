import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { service } from '../src/server.js'

let server
let base
before(async () => {
  server = service()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${server.address().port}`
})
after(() => server.close())

const post = (body) => fetch(`${base}/notes`, { method: 'POST', body: JSON.stringify(body) })

test('a note can be read after it was written, and is gone after it was deleted', async () => {
  const { id } = await (await post({ text: 'buy milk' })).json()
  assert.equal((await (await fetch(`${base}/notes/${id}`)).json()).text, 'buy milk')
  assert.equal((await fetch(`${base}/notes/${id}`, { method: 'DELETE' })).status, 204)
  assert.equal((await fetch(`${base}/notes/${id}`)).status, 404)
})

test('the newest note comes first', async () => {
  await post({ text: 'first' })
  await post({ text: 'second' })
  const notes = await (await fetch(`${base}/notes`)).json()
  assert.deepEqual(
    notes.slice(0, 2).map(({ text }) => text),
    ['second', 'first'],
  )
})

test('a note without text is refused', async () => {
  assert.equal((await post({ text: ' ' })).status, 400)
  assert.equal((await post({})).status, 400)
})

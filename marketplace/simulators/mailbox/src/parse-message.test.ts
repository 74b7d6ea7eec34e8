import assert from 'node:assert/strict'
import test from 'node:test'
import { parseMessage } from './parse-message.ts'

test('both parts, the sender and encoded words are read', async () => {
  const source = [
    'From: =?utf-8?B?RsOkcmJlcmVp?= <shop@example.com>',
    'To: ada@example.com',
    'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
    'Message-ID: <1@example.com>',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Hello</p>',
    '--b--',
    '',
  ].join('\r\n')
  const message = await parseMessage(Buffer.from(source))
  assert.deepEqual(message.from, { name: 'Färberei', address: 'shop@example.com' })
  assert.deepEqual([message.subject, message.messageId], ['Grüße', '<1@example.com>'])
  assert.match(message.html ?? '', /<p>Hello<\/p>/)
  assert.match(message.text ?? '', /^Hello/)
})

test('a message without an id is known by its content', async () => {
  const [a, again, b] = await Promise.all(
    ['Hi', 'Hi', 'Ho'].map((text) => parseMessage(Buffer.from(`\r\n${text}`))),
  )
  assert.equal(a!.messageId, again!.messageId)
  assert.notEqual(a!.messageId, b!.messageId)
  assert.equal(a!.subject, '(no subject)')
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { retryDelayMs, sendMessages, type DueMessage, type Ports } from './send-messages.ts'

const now = new Date('2026-11-20T10:16:02Z')

test('what the server takes is marked sent, once each', async () => {
  const post = office(['a', 'b'])
  assert.equal(await sendMessages(post), false)
  assert.deepEqual(post.done, ['sent a', 'sent b'])
})

// notification-service/001#FR-005
test('a server that is away is asked again later, and the others still go out', async () => {
  const post = office(['a', 'b'], { a: new Error('connect ECONNREFUSED') })
  await sendMessages(post)
  assert.deepEqual(post.done, ['a again in 1000 ms', 'sent b'])
})

test('a temporary reply is tried again, a permanent one is given up at once', async () => {
  const reply = (responseCode: number) => Object.assign(new Error('no'), { responseCode })
  const post = office(['a', 'b'], { a: reply(451), b: reply(550) })
  await sendMessages(post)
  assert.deepEqual(post.done, ['a again in 1000 ms', 'b given up'])
})

test('the twelfth failure is the last', async () => {
  const failing = { a: new Error('away') }
  for (const [attempts, expected] of [
    [10, 'a again in 1024000 ms'],
    [11, 'a given up'],
  ] as const) {
    const post = office(['a'], failing, attempts)
    await sendMessages(post)
    assert.deepEqual(post.done, [expected])
  }
})

test('pauses double up to an hour', () => {
  assert.deepEqual([1, 2, 5, 13, 40].map(retryDelayMs), [1_000, 2_000, 16_000, 3_600_000, 3_600_000])
})

test('a full batch says that there may be more', async () => {
  assert.equal(await sendMessages(office(Array.from({ length: 20 }, (_, i) => `m${i}`))), true)
})

function office(
  ids: string[],
  failures: Record<string, Error> = {},
  attempts = 0,
): Ports & { done: string[] } {
  const done: string[] = []
  const to = { name: 'Ada', address: 'ada@example.com' }
  const due: DueMessage[] = ids.map((messageId) => ({
    messageId,
    to,
    subject: 's',
    html: 'h',
    text: 't',
    attempts,
  }))
  const quiet = () => undefined
  return {
    done,
    due: (limit) => Promise.resolve(due.slice(0, limit)),
    send: ({ messageId }) => (failures[messageId] ? Promise.reject(failures[messageId]) : Promise.resolve()),
    markSent: (id) => Promise.resolve(void done.push(`sent ${id}`)),
    markFailed: (id, _error, next) =>
      Promise.resolve(
        void done.push(next ? `${id} again in ${next.getTime() - now.getTime()} ms` : `${id} given up`),
      ),
    now: () => now,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  }
}

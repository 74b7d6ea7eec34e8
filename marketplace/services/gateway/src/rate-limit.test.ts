import assert from 'node:assert/strict'
import test from 'node:test'
import { rateLimiter } from './rate-limit.ts'

// gateway/001#US4 FR-004
test('a burst is let through, the next call waits', () => {
  const take = rateLimiter({ burst: 3, perSecond: 2 })
  for (let i = 0; i < 3; i++) assert.deepEqual(take('1.2.3.4', 0), { allowed: true })
  assert.deepEqual(take('1.2.3.4', 0), { allowed: false, retryAfterS: 1 })
})

test('whoever waits as long as told is let through', () => {
  const take = rateLimiter({ burst: 1, perSecond: 0.25 })
  take('1.2.3.4', 0)
  const refused = take('1.2.3.4', 0)
  assert.deepEqual(refused, { allowed: false, retryAfterS: 4 })
  assert.equal(take('1.2.3.4', 3_999).allowed, false)
  assert.equal(take('1.2.3.4', 4_000).allowed, true)
})

test('another address does not notice', () => {
  const take = rateLimiter({ burst: 1, perSecond: 1 })
  take('1.2.3.4', 0)
  assert.equal(take('1.2.3.4', 0).allowed, false)
  assert.equal(take('5.6.7.8', 0).allowed, true)
})

test('in the long run the rate is what was promised, and a pause saves up no more than a burst', () => {
  const take = rateLimiter({ burst: 5, perSecond: 10 })
  let allowed = 0
  for (let ms = 0; ms < 10_000; ms += 10) if (take('1.2.3.4', ms).allowed) allowed++
  assert.ok(allowed >= 100 && allowed <= 105, String(allowed))
  let afterPause = 0
  for (let i = 0; i < 50; i++) if (take('1.2.3.4', 100_000).allowed) afterPause++
  assert.equal(afterPause, 5)
})

test('a clock that jumps back gives nothing away', () => {
  const take = rateLimiter({ burst: 1, perSecond: 1 })
  take('1.2.3.4', 10_000)
  assert.equal(take('1.2.3.4', 0).allowed, false)
})

test('of too many addresses the one that called longest ago is forgotten', () => {
  const take = rateLimiter({ burst: 1, perSecond: 0.000_001 })
  take('the first', 0)
  take('the second', 0)
  take('the first', 1)
  for (let i = 0; i < 19_999; i++) take(`crowd ${i}`, 2)
  assert.equal(take('the first', 3).allowed, false)
  assert.equal(take('the second', 3).allowed, true)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLoadTarget } from './read-target.ts'

const rows: readonly (readonly [text: string, target: string | undefined])[] = [
  ['p95 < 200 ms', 'p95 200ms'],
  ['P99 latency of orders ≤ 1.5s', 'p99 1500ms'],
  ['The 95th percentile of searches stays below 250ms', 'p95 250ms'],
  ['95 % of logins are answered within 300 ms', 'p95 300ms'],
  ['95 of 100 orders are confirmed within 2 s of the capture', 'p95 2000ms'],
  ['the median search takes at most 10 ms, and 99 of 100 at most 50 ms', 'p50 10ms p99 50ms'],
  ['Pages answer in under 2 seconds', 'p100 2000ms'],
  ['95 % of validations are answered within 20 ms at 500 requests per second', 'p95 20ms 500/s'],
  ['The gateway serves ≥ 50 req/s', '50/s'],
  ['At least 1,200 orders/s are taken', '1200/s'],
  ['300 rps with an error rate below 0.5 %', '300/s errors 0.005'],
  ['99.9 % of requests succeed', 'errors 0.001'],
  ['P95 em até 300 ms', 'p95 300ms'],
  ['8 simultaneous clicks give 1 order', undefined],
  ['100 percent of carts agree to the cent', undefined],
  ['The seller sees 3 of 5 fields', undefined],
]

for (const [text, expected] of rows)
  test(`"${text}" promises ${expected ?? 'nothing requests can be held to'}`, () => {
    const target = readLoadTarget(text)
    const shown =
      target &&
      [
        ...target.latency.map(({ percentile, limitMs }) => `p${percentile} ${limitMs}ms`),
        ...(target.perSecond === undefined ? [] : [`${target.perSecond}/s`]),
        ...(target.errorRatio === undefined ? [] : [`errors ${target.errorRatio}`]),
      ].join(' ')
    assert.equal(shown, expected)
  })

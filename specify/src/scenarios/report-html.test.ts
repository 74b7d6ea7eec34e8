import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportHtml } from './report-html.ts'
import type { ScenarioResult } from './scenario-result.ts'

const passed: ScenarioResult = {
  id: 'order-service/001#US1.1',
  title: 'given a cart, when bought, then an order',
  file: 'spec.md',
  line: 7,
  outcome: 'passed',
  durationMs: 12.4,
  requests: 1,
  failures: [],
}
const failed: ScenarioResult = {
  ...passed,
  id: 'order-service/001#US1.2',
  title: 'a title with <script>alert(1)</script> & "quotes"',
  outcome: 'failed',
  failures: [
    {
      message: 'the status differs',
      line: 9,
      column: 4,
      expected: '201',
      actual: '<500>',
      reproduce: "curl 'http://x'",
    },
  ],
}
const unbound: ScenarioResult = {
  ...passed,
  id: 'order-service/001#US2.1',
  outcome: 'unbound',
  reason: 'prose only',
}

const page = (...results: ScenarioResult[]) =>
  reportHtml({ results, load: [], durationMs: 1500, at: new Date('2026-01-02T03:04:05Z') })

test('the page says what failed, where, what was expected and how to ask again', () => {
  const html = page(passed, failed, unbound)
  for (const part of [
    '<title>1 failed of 3 scenarios</title>',
    '<code>spec.md:9:4</code> the status differs',
    '<pre tabindex="0">201</pre>',
    '<pre tabindex="0">&lt;500&gt;</pre>',
    'curl &#39;http://x&#39;',
    'unbound <span>prose only</span>',
    '1 passed',
  ])
    assert.ok(html.includes(part), part)
})

test('nothing of a spec becomes markup, and nothing is fetched', () => {
  const html = page(failed)
  assert.ok(!html.includes('<script'))
  assert.doesNotMatch(html, /\b(?:src|href)="(?!#)/)
  assert.doesNotMatch(html, /url\(|@import/)
})

test('every link leads to something on the page, and ids are unique', () => {
  const html = page(passed, failed, { ...failed, id: 'order-service/001#US1.3' }, unbound)
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const [, target] of html.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g))
    assert.ok(ids.includes(target), target)
})

test('without failures the page has no list of them', () => {
  const html = page(passed)
  assert.match(html, /<h1>No scenario failed<\/h1>/)
  assert.ok(!html.includes('id="failures"'))
})

test('criteria stand beside what was measured', () => {
  const html = reportHtml({
    results: [passed],
    load: [
      {
        id: 'order-service/001#SC-001',
        text: 'p95 < 200 ms',
        file: 'spec.md',
        line: 30,
        outcome: 'missed',
        scenarios: ['order-service/001#US1.1'],
        runs: 10,
        failedRuns: 0,
        requests: 10,
        seconds: 1,
        measures: [{ what: 'p95', limit: 200, actual: 312, unit: 'ms', holds: false }],
      },
    ],
    durationMs: 10,
    at: new Date(0),
  })
  assert.match(html, /p95 312 ms \(not ≤ 200 ms\)/)
})

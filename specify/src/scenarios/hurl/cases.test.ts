import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hurlCases } from '../../../conformance/hurl-cases.ts'
import { judgeByUs } from '../../../conformance/hurl.ts'
import { startHurlServer } from '../../../conformance/hurl-server.ts'
import { HttpClient } from './http-client.ts'

const client = new HttpClient(new AbortController().signal)
let server: Awaited<ReturnType<typeof startHurlServer>>
before(async () => {
  server = await startHurlServer()
})
after(() => {
  client.close()
  server.stop()
})

test('there are at least 150 cases, and each has a title of its own', () => {
  assert.ok(hurlCases.length >= 150)
  const groups = Map.groupBy(hurlCases, ({ title, outcome }) => `${outcome}: ${title}`)
  assert.deepEqual(
    [...groups].filter(([, list]) => list.length > 1).map(([title]) => title),
    [],
  )
})

// One test for each outcome: a test of its own for every case would take longer than the cases.
for (const outcome of ['passes', 'fails', 'refused'] as const)
  test(`every case that ${outcome === 'refused' ? 'is refused' : outcome} in Hurl does so here`, async () => {
    const wrong: string[] = []
    for (const { title, text, outcome: expected } of hurlCases) {
      if (expected !== outcome) continue
      const verdict = await judgeByUs(text, server.port, client)
      if (verdict.outcome !== expected)
        wrong.push(`${title}: ${verdict.outcome} at ${verdict.at}: ${verdict.why}`)
    }
    assert.deepEqual(wrong, [])
  })

import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { parseSpec } from '../../spec/parse-spec.ts'
import { chooseScenarios } from '../choose-scenarios.ts'
import { HttpClient } from '../hurl/http-client.ts'
import { boundCriteria, percentileOf, runLoad, type LoadResult } from './run-load.ts'

const spec = (criteria: string, comment = '') => `# Feature Specification: Orders

## User Scenarios & Testing

### User Story 1 - Order (Priority: P1)

1. **Given** a, **When** b, **Then** c

   \`\`\`hurl
   ${comment}
   GET {{baseUrl}}/
   HTTP 200
   \`\`\`

## Success Criteria

${criteria}
`

async function load(t: TestContext, text: string, answer: RequestListener): Promise<LoadResult[]> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const signal = AbortSignal.timeout(30_000)
  const client = new HttpClient(signal)
  t.after(() => {
    client.close()
    server.closeAllConnections()
    server.close()
  })
  const scenarios = chooseScenarios(
    [parseSpec(text, { file: 'spec.md', service: undefined, featureId: '001-a' })],
    [],
  )
  const context = {
    root: '.',
    client,
    signal,
    env: {},
    baseUrlOf: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bus: undefined,
    versionOfEvent: () => undefined,
    variables: new Map(),
  }
  const results: LoadResult[] = []
  for (const criterion of boundCriteria(scenarios))
    results.push(await runLoad(criterion, context, { seconds: 0.2, users: 2 }))
  return results
}

const ok: RequestListener = (_request, response) => void response.end('ok')

test('a criterion that names a story is held against its scenarios', async (t) => {
  const [result] = await load(t, spec('- **SC-001**: p95 < 20 seconds for US1, at least 1 req/s'), ok)
  assert.equal(result?.outcome, 'met')
  assert.deepEqual(result.scenarios, ['001#US1.1'])
  assert.ok(result.requests > 1)
  assert.deepEqual(
    result.measures.map(({ what, limit, holds }) => [what, limit, holds]),
    [
      ['p95', 20_000, true],
      ['rate', 1, true],
      ['failed', 0, true],
    ],
  )
})

test('a comment in a block binds it, too', async (t) => {
  const [result] = await load(t, spec('- **SC-001**: under 20 seconds', '# SC-001'), ok)
  assert.deepEqual([result?.outcome, result?.scenarios], ['met', ['001#US1.1']])
})

test('a criterion no scenario is bound to is unbound, never met; one without such numbers is none of ours', async (t) => {
  const results = await load(
    t,
    spec('- **SC-001**: under 2 seconds\n- **SC-002**: 8 clicks give 1 order'),
    ok,
  )
  assert.deepEqual(
    results.map(({ id, outcome, requests }) => [id, outcome, requests]),
    [['001#SC-001', 'unbound', 0]],
  )
})

test('a rate that cannot be reached is missed', async (t) => {
  const [result] = await load(t, spec('- **SC-001**: 10,000,000 requests per second in US1'), ok)
  assert.equal(result?.outcome, 'missed')
})

test('runs that fail miss a criterion that allows none, and meet one that allows them', async (t) => {
  let n = 0
  const answer: RequestListener = (_request, response) => {
    response.statusCode = n++ % 2 === 0 ? 200 : 500
    response.end()
  }
  const [none, many] = await load(
    t,
    spec('- **SC-001**: US1 answers in under 20 seconds\n- **SC-002**: US1 has an error rate below 90 %'),
    answer,
  )
  assert.equal(none?.outcome, 'missed')
  assert.match(none.reason ?? '', /runs failed, the first: the status differs/)
  assert.equal(many?.outcome, 'met')
})

test('a percentile is a value that was measured', () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1)
  assert.deepEqual(
    [1, 50, 95, 99, 100].map((percentile) => percentileOf(values, percentile)),
    [1, 50, 95, 99, 100],
  )
  assert.equal(percentileOf([7], 50), 7)
  assert.equal(percentileOf([], 50), 0)
})

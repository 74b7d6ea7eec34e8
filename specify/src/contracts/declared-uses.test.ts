import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { acknowledgementOf, readAcknowledgements } from './acknowledgements.ts'
import type { BreakingChange } from './breaking-change.ts'
import { changeFindings, unusedAcknowledgements } from './change-findings.ts'
import { compareContracts } from './compare-contracts.ts'
import { eventOf, fixture, specOf, type FixtureService } from './contract-fixture.ts'
import { isSamePath, overlaps, type Use } from './declared-uses.ts'
import { buildGraph } from './graph.ts'
import { fromClientCode, fromHar, fromPact, fromUsesFile } from './read-uses.ts'
import { deployOrder, madeStep, versionSteps } from './version-step.ts'

const api = (properties: string, { required = '', version = '1.0.0', more = '' } = {}) => `openapi: 3.1.0
info: { title: Users, version: ${version} }
paths:
  /api/v1/users/{id}:
    get:
      operationId: readUser
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: Fine, content: { application/json: { schema: { type: object, required: [${required}], properties: { ${properties} } } } } } }
  /api/v1/users:
    post:
      operationId: addUser
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { '201': { description: Made } }
${more}`

const BEFORE = api('id: { type: string }, email: { type: string }', { required: 'id, email' })
const NOW = api('id: { type: string }', { required: 'id' })
const caller: FixtureService = { spec: specOf({ calls: ['user-service'] }) }

async function changes(
  uses: readonly Use[],
  now = NOW,
  consumer: FixtureService = caller,
): Promise<BreakingChange[]> {
  const old = await fixture({ 'user-service': { api: BEFORE }, 'order-service': consumer })
  const current = await fixture({ 'user-service': { api: now }, 'order-service': consumer })
  const graph = buildGraph(current.workspace, current.specs, current.contracts, uses)
  return compareContracts(old.contracts, current.contracts, graph)
}

const operations = async () =>
  (await fixture({ 'user-service': { api: BEFORE } })).contracts.apis.flatMap((each) => each.operations)
const inOrders = (file: string, text: string) => ({
  file: `services/order-service/${file}`,
  text,
  owner: 'order-service',
})
const usesFile = (text: string) => fromUsesFile(inOrders('contracts/uses.yaml', text)).uses

const READS = (fields: string) => `uses:
  - service: user-service
    operation: GET /api/v1/users/{userId}
    reads: [${fields}]
`

test('a removed field hurts the consumer that reads it', async () => {
  const [change] = await changes(usesFile(READS('email')))
  assert.deepEqual(
    [change!.code, change!.path, change!.verdict],
    ['response-field-removed', 'email', 'breaking'],
  )
  assert.deepEqual(change!.consumers, ['order-service'])
  assert.deepEqual(change!.uses, [
    { consumer: 'order-service', isHurt: true, file: 'services/order-service/contracts/uses.yaml', line: 2 },
  ])
  assert.deepEqual(change!.advice, [
    'Expand: keep sending it beside what replaces it; mark it deprecated.',
    'Migrate: release order-service with the new form.',
    'Contract: stop sending it.',
  ])
})

test('a removed field that nobody reads is a loss without a loser', async () => {
  const [change] = await changes(usesFile(READS('id')))
  assert.deepEqual([change!.verdict, change!.consumers], ['usage-loss', []])
  const [finding] = changeFindings([change!], [], new Date())
  assert.equal(finding!.severity, 'warning')
  assert.match(finding!.message, /not used by order-service/)
})

test('who says nothing is taken to read everything', async () => {
  const [change] = await changes([])
  assert.deepEqual([change!.verdict, change!.consumers], ['breaking', ['order-service']])
})

test('another operation is no concern of who does not call it', async () => {
  const [change] = await changes(usesFile('uses: [{ service: user-service, operation: addUser }]'))
  assert.deepEqual([change!.verdict, change!.consumers], ['usage-loss', []])
})

describe('uses are read from', () => {
  const pact = (version: number, body: object) =>
    JSON.stringify({
      consumer: { name: 'order-service' },
      provider: { name: 'user-service' },
      interactions: [
        {
          request: { method: 'get', path: '/api/v1/users/7' },
          response: {
            status: 200,
            body: version === 4 ? { content: body, contentType: 'application/json' } : body,
          },
        },
      ],
    })
  const har = JSON.stringify({
    log: {
      entries: [
        { request: { method: 'GET', url: 'https://example.org/base/api/v1/users/7?x=1' }, response: {} },
      ],
    },
  })
  const code = (field: string) =>
    `import { users } from '../../user-service/contracts/client.ts'\nconst user = await users.readUser(id)\nsend(user.${field})\n`
  const sources: [name: string, uses: () => Promise<readonly Use[]>, hurt: boolean, line: number][] = [
    ['a Pact file', async () => fromPact(inOrders('pacts/a.json', pact(2, { email: 'a' }))).uses, true, 1],
    [
      'a Pact file of version 4',
      async () => fromPact(inOrders('pacts/a.json', pact(4, { email: 'a' }))).uses,
      true,
      1,
    ],
    [
      'a Pact file that reads less',
      async () => fromPact(inOrders('pacts/a.json', pact(3, { id: 'a' }))).uses,
      false,
      1,
    ],
    ['recorded calls', async () => fromHar(inOrders('test/a.har', har), await operations()).uses, true, 1],
    [
      'code that calls a generated client',
      async () => fromClientCode(inOrders('src/a.ts', code('email')), await operations()).uses,
      true,
      2,
    ],
    [
      'code that reads another field',
      async () => fromClientCode(inOrders('src/a.ts', code('id')), await operations()).uses,
      false,
      2,
    ],
  ]
  for (const [name, read, isHurt, line] of sources)
    test(name, async () => {
      const uses = await read()
      assert.deepEqual(
        uses.map((use) => [use.consumer, use.provider, use.line]),
        [['order-service', 'user-service', line]],
      )
      const [change] = await changes(uses, NOW, {})
      assert.deepEqual(change!.consumers, isHurt ? ['order-service'] : [])
    })

  test('messages of a Pact file', async () => {
    const text = JSON.stringify({
      consumer: { name: 'order-service' },
      provider: { name: 'user-service' },
      messages: [{ description: 'user.profile.created', contents: { data: { userId: 'u' } } }],
    })
    const [use] = fromPact(inOrders('pacts/a.json', text)).uses
    assert.deepEqual(
      [use!.target, use!.reads],
      [{ kind: 'event', eventType: 'user.profile.created', version: undefined }, ['data.userId']],
    )
  })

  test('no code that imports something else', async () => {
    const text = "import { users } from './users.ts'\nusers.readUser(1)\n"
    assert.deepEqual(fromClientCode(inOrders('src/a.ts', text), await operations()).uses, [])
  })

  for (const [text, line] of [
    ['used: []', 1],
    ['uses:\n  - reads: [a]\n', 2],
    ['uses:\n  - { operation: GET /a }\n', 2],
  ] as const)
    test(`not a file that says ${JSON.stringify(text)}, which is a finding`, () => {
      const { uses, findings } = fromUsesFile(inOrders('contracts/uses.yaml', text))
      assert.deepEqual([uses, findings.map((each) => [each.code, each.line])], [[], [['uses-format', line]]])
    })
})

test('new values hurt nobody who expects them', async () => {
  const schema = (values: string[]) => ({
    ...(eventOf('user.profile.created')['schema'] as object),
    properties: { kind: { enum: values } },
  })
  const event = (values: string[]) => ({
    'user-service': { events: [eventOf('user.profile.created', { schema: schema(values) })] },
    'order-service': { spec: specOf({ consumes: ['user.profile.created'] }) },
  })
  const [old, now] = [await fixture(event(['a'])), await fixture(event(['a', 'b']))]
  const judge = (text: string) =>
    compareContracts(
      old.contracts,
      now.contracts,
      buildGraph(now.workspace, now.specs, now.contracts, usesFile(text)),
    ).map(({ verdict, consumers }) => [verdict, consumers])
  assert.deepEqual(judge('uses: [{ event: user.profile.created, reads: [kind] }]'), [
    ['breaking', ['order-service']],
  ])
  assert.deepEqual(judge('uses: [{ event: user.profile.created, reads: [kind], values: open }]'), [
    ['usage-loss', []],
  ])
})

test('paths of fields and of operations meet', () => {
  assert.ok(
    overlaps('items', 'items[].price') && overlaps('items[].price', 'items') && overlaps('$.a.b', 'a.b'),
  )
  assert.ok(
    !overlaps('item', 'items') &&
      !overlaps('a.b', 'a.c') &&
      overlaps('**.c', 'a.b.c') &&
      !overlaps('**.b', 'a.b.c'),
  )
  assert.ok(
    isSamePath('/users/7', '/users/{id}') &&
      isSamePath('/users/:x', '/users/{id}') &&
      !isSamePath('/users', '/users/{id}'),
  )
})

test('a fingerprint stays when lines move and operations change places', async () => {
  const [one] = await changes([])
  const [two] = await changes([], `# moved\n\n${NOW}`)
  const [other] = await changes([], api('email: { type: string }', { required: 'email' }))
  assert.equal(one!.fingerprint, two!.fingerprint)
  assert.notEqual(one!.fingerprint, other!.fingerprint)
  assert.match(one!.fingerprint, /^[0-9a-f]{12}$/)
})

test('an acknowledged break is news until its last day, and a break after it', async () => {
  const found = await changes([])
  const { workspace } = await fixture({})
  const file = 'contracts/acknowledged.yaml'
  const read = (text: string) => readAcknowledgements({ ...workspace, files: [file] }, async () => text)
  const { acknowledgements } = await read(
    `acknowledged:\n  - { fingerprint: ${found[0]!.fingerprint}, owner: users, reason: nobody is live, until: "2027-03-31" }\n  - { fingerprint: gone, owner: users, reason: x, until: "2027-03-31" }\n`,
  )
  const severity = (day: string) => changeFindings(found, acknowledgements, new Date(day))[0]!.severity
  assert.deepEqual([severity('2027-03-31'), severity('2027-04-01')], ['info', 'error'])
  assert.equal(acknowledgementOf(acknowledgements, 'else', new Date()), undefined)
  assert.deepEqual(
    unusedAcknowledgements(found, acknowledgements).map(({ code, line }) => [code, line]),
    [['acknowledgement-unused', 3]],
  )
  for (const text of [
    'acknowledged:\n  - { fingerprint: a, owner: b, until: "2027-01-01" }',
    'acknowledged:\n  - { fingerprint: a, owner: b, reason: c, until: soon }',
  ])
    assert.deepEqual(
      (await read(text)).findings.map(({ code, line }) => [code, line]),
      [['acknowledgement-incomplete', 2]],
    )
})

test('changes ask for a step of the version', async () => {
  const load = async (text: string) => (await fixture({ 'user-service': { api: text } })).contracts
  const step = async (now: string) => {
    const [a, b] = [await load(BEFORE), await load(now)]
    const graph = buildGraph((await fixture({})).workspace, [], b)
    const [only] = versionSteps(a, b, compareContracts(a, b, graph))
    return [only!.needed, only!.made]
  }
  const same = 'id: { type: string }, email: { type: string }'
  assert.deepEqual(await step(BEFORE), ['none', 'none'])
  assert.deepEqual(await step(BEFORE.replace('Fine', 'Well')), ['patch', 'none'])
  assert.deepEqual(
    await step(api(`${same}, name: { type: string }`, { required: 'id, email', version: '1.1.0' })),
    ['minor', 'minor'],
  )
  assert.deepEqual(await step(api('id: { type: string }', { required: 'id', version: '1.0.1' })), [
    'major',
    'patch',
  ])
  assert.equal(madeStep('v1', 'v2'), 'major')
  assert.equal(madeStep('today', 'v2'), undefined)
})

test('two questions decide who is deployed first', () => {
  const broken = [{ verdict: 'breaking' }] as BreakingChange[]
  assert.equal(deployOrder([], []), 'any order')
  assert.equal(deployOrder([], broken), 'provider first')
  assert.equal(deployOrder(broken, []), 'consumers first')
  assert.equal(deployOrder(broken, broken), 'expand and contract')
})

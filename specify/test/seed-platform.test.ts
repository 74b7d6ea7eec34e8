// The walk through a platform of three services as teams are told it: an event consumed, the whole checked, a contract
// broken. The files are what such a team has; the answers are those it is promised.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { runSpecify, temporaryFolder } from './run-specify.ts'

const event = (eventType: string, consumers: string[], schema = true) => ({
  eventType,
  version: 'v1',
  description: `Published: ${eventType}`,
  ...(schema && {
    schema: {
      type: 'object',
      required: ['eventId', 'eventType', 'timestamp', 'data'],
      properties: {
        eventId: { type: 'string', format: 'uuid' },
        eventType: { type: 'string', const: eventType },
        timestamp: { type: 'string', format: 'date-time' },
        data: { type: 'object', properties: { userId: { type: 'string' }, email: { type: 'string' } } },
      },
    },
  }),
  consumers,
})

const API = (title: string, path: string, body: string) => `openapi: 3.0.3
info: { title: ${title}, version: v1 }
paths:
  ${path}:
    post:
      operationId: ${title}
      summary: ${title}
      parameters: ${path.includes('{id}') ? '[{ name: id, in: path, required: true, schema: { type: string } }]' : '[]'}
      requestBody:
        required: true
        content:
          application/json:
            schema: ${body}
      responses:
        '200': { description: Done }
        default: { description: Problem, content: { application/problem+json: { schema: { type: object } } } }
`
const AVATAR = '{ type: object, required: [image], properties: { image: { type: string } } }'
const BROKEN_AVATAR =
  '{ type: object, required: [image, imageFormat], properties: { image: { type: string }, imageFormat: { type: string } } }'

const FILES: Record<string, string> = {
  'constitution.md': '# Constitution\n',
  'services/auth-service/contracts/api-spec.yaml': API(
    'validate',
    '/api/v1/auth/validate',
    '{ type: object }',
  ),
  'services/auth-service/src/main.py': '',
  'services/user-service/src/main.py': '',
  'services/user-service/contracts/api-spec.yaml': API('avatar', '/api/v1/users/{id}/avatar', AVATAR),
  'services/user-service/contracts/events/user-events.json': JSON.stringify(
    {
      events: [
        event('user.profile.created', ['order-service']),
        event('user.profile.updated', ['order-service']),
      ],
    },
    null,
    2,
  ),
  'services/user-service/specs/001-user-profile/spec.md': `# User profile

## Service Dependencies

### Upstream Services
| Service | Purpose | Failure Mode |
|---------|---------|--------------|
| auth-service | Token validation | Return 401, don't cache |

### Downstream Services
| Service | What They Use |
|---------|---------------|
| order-service | User details for orders |
`,
}

const ORDER_SPEC = `# Orders

## Events Consumed

### Event: user.profile.created
**From:** user-service
**Topic:** events.user.profile.created
**Action:** Create user cache entry for faster order lookups
**Idempotency:** Check if userId already in cache before adding
**Error Handling:** Retry 3 times, then DLQ

### Event: user.profile.updated
**From:** user-service
`

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function platform(t: { after(end: () => void): void }): string {
  const root = temporaryFolder(t)
  for (const [file, text] of Object.entries(FILES)) write(root, file, text)
  return root
}

test('a consumer without code is said to be missing, for its producer and for the platform', async (t) => {
  const root = platform(t)
  const own = await runSpecify(root, ['validate-contracts', '--service=user-service'])
  assert.deepEqual(
    own.stdout.split('\n').filter((line) => /^[✅⚠❌]/u.test(line)),
    [
      '✅ API spec complete and valid',
      '✅ Event schemas well-defined',
      '✅ All dependencies exist (auth-service found)',
      '✅ Scenarios fit the contracts',
      '⚠️  order-service listed as consumer but not yet implemented',
    ],
  )
  write(root, 'services/order-service/specs/001-order-management/spec.md', ORDER_SPEC)
  const whole = await runSpecify(root, ['validate-contracts'])
  assert.equal(whole.exitCode, 0)
  assert.ok(
    whole.stdout.startsWith(`✅ All API specs valid
✅ All event schemas defined
✅ All dependencies exist
✅ No circular dependencies
✅ Scenarios fit the contracts
⚠️  order-service not yet implemented

Recommendation: Implement order-service to complete dependency chain
`),
    whole.stdout,
  )
})

test('an event that its consumer mistypes is found in the consumer', async (t) => {
  const root = platform(t)
  write(root, 'services/order-service/src/main.py', '')
  const spec = 'services/order-service/specs/001-order-management/spec.md'
  write(root, spec, ORDER_SPEC.replace('Event: user.profile.created', 'Event: user.profile.create'))
  const { stdout } = await runSpecify(root, ['validate-contracts', '--service=order-service'])
  assert.match(stdout, /spec\.md:5: .*user\.profile\.create[^d].*\n.*hint: .*user\.profile\.created/)
})

test('a new required field names the change, the consumer and the way out', async (t) => {
  const root = platform(t)
  write(root, 'services/order-service/src/main.py', '')
  write(root, 'services/order-service/specs/001-order-management/spec.md', ORDER_SPEC)
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      stdio: 'pipe',
    })
  try {
    git('init', '-q')
  } catch {
    return t.skip('git is not installed')
  }
  git('add', '.')
  git('commit', '-q', '-m', 'one')
  const contract = 'services/user-service/contracts/api-spec.yaml'
  write(root, contract, readFileSync(join(root, contract), 'utf8').replace(AVATAR, BROKEN_AVATAR))
  const { exitCode, stdout } = await runSpecify(join(root, 'services/user-service'), [
    'validate-contracts',
    '--service=user-service',
    '--breaking-changes-only',
  ])
  assert.equal(exitCode, 1)
  assert.ok(
    stdout.startsWith(`⚠️  Breaking change detected:
    Endpoint: POST /api/v1/users/{id}/avatar
    Change: New required field 'imageFormat'
    Consumers affected: order-service

    Recommendation: Make field optional or bump version to v2
`),
    stdout,
  )
  assert.match(stdout, /Deploy user-service: consumers first \(consumers: order-service\)/)
})

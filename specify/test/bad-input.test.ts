import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runSpecify, temporaryFolder } from './run-specify.ts'

// Whatever somebody puts into a workspace is answered with a sentence about it, and nothing is lost. A process killed while it
// writes and a service that never gets healthy are in test/system/, two processes at once in src/commands/verbs.test.ts.

const CONTRACT = 'services/a/contracts/api-spec.yaml'
const SPEC = 'specs/001-launch/spec.md'

const api = (schema: string) => `openapi: 3.1.0
info: { title: A, version: v1 }
paths:
  /api/v1/x:
    get:
      summary: x
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '${schema}' } } }
components:
  schemas:
    A: { $ref: '#/components/schemas/B' }
    B: { $ref: '#/components/schemas/A' }
`

const spec = (requirements: string) => `# Feature Specification: Launch

## User Scenarios & Testing

### User Story 1 - Launch (Priority: P1)

Somebody who has waited for years sees the rocket leave the ground, and knows from then on that the money was well spent.

**Acceptance Scenarios**:

1. **Given** a rocket, **When** it starts, **Then** it flies

## Requirements

${requirements}

## Success Criteria

- **SC-001**: 9 of 10 rockets land within 3 m of the place they were sent to

## Assumptions

- There is enough fuel for the way there and back, and somebody who knows how to fill it in without spilling any of it.
`

type Case = {
  readonly what: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly argv: readonly string[]
  readonly exit: 0 | 1 | 2
  /** In this order. */
  readonly says: readonly RegExp[]
}

const cases: readonly Case[] = [
  {
    what: 'YAML that cannot be parsed',
    files: { [CONTRACT]: 'openapi: 3.1.0\ninfo: [\npaths: {}\n' },
    argv: ['validate-contracts'],
    exit: 1,
    says: [/api-spec\.yaml:3:1: error: .*indentation.* \[contract-syntax\]/],
  },
  {
    what: 'Markdown where a contract should be',
    files: { [CONTRACT]: '# Our API\n\n**One** endpoint\n\n```\nGET /x\n```\n' },
    argv: ['validate-contracts'],
    exit: 1,
    says: [/api-spec\.yaml:\d+.*: error: This is Markdown, not a contract in YAML or JSON\./],
  },
  {
    what: 'Markdown that is no spec',
    files: { [SPEC]: '# Shopping list\n\n- milk\n' },
    argv: ['validate', '--spec'],
    exit: 1,
    says: [
      /spec\.md:1: error: The section "Requirements" is missing\./,
      /The section "User Scenarios" is missing\./,
    ],
  },
  {
    what: 'a $ref that leads back to itself',
    files: { [CONTRACT]: api('#/components/schemas/A') },
    argv: ['validate-contracts'],
    exit: 1,
    says: [/api-spec\.yaml:10: error: "#\/components\/schemas\/A" leads back to itself/],
  },
  {
    what: 'a $ref to an address',
    files: { [CONTRACT]: api('https://example.com/x.json#/X') },
    argv: ['validate-contracts'],
    exit: 1,
    says: [
      /api-spec\.yaml:10: error: .* is an address: specify fetches nothing\./,
      /Put a copy into the workspace/,
    ],
  },
  {
    what: 'a $ref out of the workspace',
    files: { [CONTRACT]: api('../../../../../etc/passwd') },
    argv: ['validate-contracts'],
    exit: 1,
    says: [/api-spec\.yaml:10: error: .* leaves the workspace and is not followed\./],
  },
  {
    what: 'a contract of more than 50 MB',
    files: { [CONTRACT]: new Uint8Array(51 * 1024 * 1024).fill(32) },
    argv: ['validate-contracts'],
    exit: 1,
    says: [/api-spec\.yaml: error: This contract cannot be read: it is larger than 50 MB\./],
  },
  {
    what: 'a spec of more than 50 MB',
    files: { [SPEC]: new Uint8Array(51 * 1024 * 1024).fill(32) },
    argv: ['validate', '--spec'],
    exit: 1,
    says: [/spec\.md.*larger than 50 MB/],
  },
  {
    what: 'a feature outside the workspace',
    files: { [SPEC]: spec('- **FR-001**: It MUST fly') },
    argv: ['plan', '--feature', '../../elsewhere'],
    exit: 2,
    says: [/error: "\.\.\/\.\.\/elsewhere" is outside the workspace /],
  },
  {
    what: 'an id with an emoji',
    files: { [SPEC]: spec('- **FR-🚀**: The 🚀 MUST fly') },
    argv: ['validate', '--spec'],
    exit: 1,
    says: [
      /spec\.md:15: error: "FR-🚀" is no id: the line is not counted as a requirement\./,
      /Write FR-001/,
    ],
  },
  {
    what: 'an id twice',
    files: { [SPEC]: spec('- **FR-001**: It MUST fly\n- **FR-001**: It MUST land') },
    argv: ['validate', '--spec'],
    exit: 1,
    says: [/spec\.md:16: error: FR-001 is already on line 15\./],
  },
  {
    what: 'a folder with an emoji',
    files: { 'specs/001-🚀/spec.md': spec('- **FR-001**: It MUST fly') },
    argv: ['validate', '--spec'],
    exit: 0,
    says: [/specs\/001-🚀\/spec\.md:11: info: Prose only/],
  },
  {
    what: 'a config that is no JSON',
    files: { '.speckit.config.json': '{ "roots": [\n', [SPEC]: spec('- **FR-001**: It MUST fly') },
    argv: ['validate', '--spec'],
    exit: 1,
    says: [/\.speckit\.config\.json:\d+.*: error: The file is not JSON/],
  },
]

for (const { what, files, argv, exit, says } of cases)
  test(`${what} is answered with a sentence about it`, async (t) => {
    const cwd = workspace(t, files)
    const { exitCode, stdout, stderr } = await runSpecify(cwd, argv)
    const screen = stdout + stderr
    assert.equal(exitCode, exit, screen)
    let rest = screen
    for (const sentence of says) {
      assert.match(rest, sentence)
      rest = rest.slice(sentence.exec(rest)!.index)
    }
    for (const [path, content] of Object.entries(files))
      assert.equal(
        Buffer.compare(readFileSync(join(cwd, path)), Buffer.from(content)),
        0,
        `${path} is as it was`,
      )
  })

test('line ends, byte order marks and UTF-16 change nothing of what is said', async (t) => {
  const text = spec('- **FR-001**: It MUST be fast\n- **FR-002**: It MUST land [NEEDS CLARIFICATION: where?]')
  const forms: readonly (readonly [string, string | Uint8Array])[] = [
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
    ['UTF-8 with a mark', `\uFEFF${text}`],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ]
  const said = await Promise.all(
    forms.map(async ([, content]) => {
      const { stdout } = await runSpecify(workspace(t, { [SPEC]: content }), ['validate', '--spec', '--json'])
      return (JSON.parse(stdout) as { findings: unknown[] }).findings
    }),
  )
  assert.equal(said[0]?.length, 3)
  for (const [i, [name]] of forms.entries()) assert.deepEqual(said[i], said[0], name)
})

test('a spec with 10,000 requirements is read to its end', async (t) => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `- **FR-${i + 1}**: It MUST do thing ${i}`)
  const cwd = workspace(t, { [SPEC]: spec([...lines, '- **FR-10000**: It MUST do it again'].join('\n')) })
  const { stdout } = await runSpecify(cwd, ['validate', '--spec', '--json'])
  const { data, findings } = JSON.parse(stdout) as {
    data: { features: { requirements: number }[] }
    findings: { code: string; line: number }[]
  }
  assert.equal(data.features[0]?.requirements, 10_001)
  assert.deepEqual(
    findings.filter(({ code }) => code === 'duplicate-id').map(({ line }) => line),
    [10_015],
  )
})

test('links that lead round in a circle end, and are no second copy', async (t) => {
  const cwd = workspace(t, { [SPEC]: spec('- **FR-001**: It MUST fly') })
  symlinkSync(cwd, join(cwd, 'specs/again'))
  const { stdout } = await runSpecify(cwd, ['validate', '--all', '--json'])
  const { data } = JSON.parse(stdout) as { data: { features: { path: string }[] } }
  assert.deepEqual(
    data.features.map(({ path }) => path),
    ['specs/001-launch'],
  )
})

function workspace(t: TestContext, files: Case['files']): string {
  const cwd = temporaryFolder(t)
  for (const [path, content] of Object.entries({ '.speckit.config.json': '{}', ...files })) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), content)
  }
  return cwd
}

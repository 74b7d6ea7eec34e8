import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A script in every place where somebody can write: names, specs, contracts, events; it would mark the page as broken. */
export const ATTACK = `<img src=x onerror="document.documentElement.dataset.broken=1">`

/** Writes a workspace that is out to get its reader, and is otherwise a common one. */
export function writeHostileWorkspace(root: string): void {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const long = 'a-service-with-a-name-that-somebody-must-have-typed-for-a-bet-because-it-never-ends'
  put(
    'constitution.md',
    `# Constitution ${ATTACK}\n\n## I. Rules ${ATTACK}\n\n<script>document.documentElement.dataset.broken=1</script>\n`,
  )
  put(
    `services/${long}/specs/001-names/spec.md`,
    `# Feature Specification: Names ${ATTACK}

## User Scenarios & Testing

### User Story 1 - Read ${ATTACK} (Priority: P1)

1. **Given** ${ATTACK}, **When** </script><script>document.documentElement.dataset.broken=1</script>, **Then** [a](javascript:document.documentElement.dataset.broken=1)

   \`\`\`hurl
   GET {{baseUrl}}/names # </code></pre><script>document.documentElement.dataset.broken=1</script>
   HTTP 200
   \`\`\`

2. **Given** prose, **When** nothing can run, **Then** it is unbound

## Requirements

- **FR-001**: System MUST show ${ATTACK} as text [NEEDS CLARIFICATION: ${ATTACK}?]
- **FR-002**: System MUST ${'verylongword'.repeat(40)}

## Success Criteria

- **SC-001**: 95 % of names shown in under 200 ms

## Service Dependencies

### Upstream Services

| Service | Purpose | Failure Mode |
|---|---|---|
| "><script>document.documentElement.dataset.broken=1</script> | ${ATTACK} | none |
`,
  )
  put(
    `services/${long}/specs/001-names/tasks.md`,
    `# Tasks\n\n- [ ] T001 ${ATTACK} in src/names.ts (FR-001)\n- [x] T002 </script><script>document.documentElement.dataset.broken=1</script>\n`,
  )
  put(
    `services/${long}/contracts/api-spec.yaml`,
    JSON.stringify({
      openapi: '3.0.3',
      info: { title: `Names ${ATTACK}`, version: ATTACK, description: ATTACK },
      servers: [{ url: 'javascript:alert(1)' }],
      paths: {
        [`/names/${ATTACK}`]: {
          get: {
            summary: ATTACK,
            description: ATTACK,
            operationId: ATTACK,
            responses: { 200: { description: ATTACK } },
          },
        },
        '/names': {
          get: {
            summary: 'All names',
            parameters: [
              {
                name: ATTACK,
                in: 'query',
                description: ATTACK,
                schema: { type: 'string', default: ATTACK, enum: [ATTACK] },
              },
            ],
            responses: {
              200: {
                description: ATTACK,
                content: {
                  'application/json': { schema: { $ref: '#/components/schemas/Name' }, example: ATTACK },
                },
              },
            },
          },
        },
      },
      components: {
        schemas: {
          Name: {
            type: 'object',
            description: ATTACK,
            properties: {
              [ATTACK]: { type: 'string', pattern: ATTACK, description: ATTACK },
              next: { $ref: '#/components/schemas/Name' },
            },
          },
        },
      },
    }),
  )
  put(
    `services/${long}/contracts/events/events.json`,
    JSON.stringify({
      events: [
        {
          eventType: `names.name.${ATTACK}`,
          version: ATTACK,
          description: ATTACK,
          consumers: [ATTACK],
          schema: { type: 'object', properties: { [ATTACK]: { type: 'string' } } },
        },
      ],
    }),
  )
}

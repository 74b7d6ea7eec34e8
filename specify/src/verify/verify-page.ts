import { hostileIntegers, hostileTexts } from './hostile-values.ts'
import { verifyCodes } from './verify-codes.ts'

/** docs/verify.md, from the tables of codes and of odd values. */
export function verifyPage(): string {
  return `# What \`specify verify\` asks

Made from \`src/verify/\`; do not edit. An error gives exit code 1.

\`\`\`sh
specify verify --service order-service --url http://127.0.0.1:4017 --auth buyerToken=$TOKEN
specify verify --contract api.yaml --url http://127.0.0.1:8080 --operations 'GET *' --read-only
\`\`\`

1. **Requests that work.** For each operation, from its schemas and examples, until one is carried out. What the service
   gives out is used by later requests: by OpenAPI links, \`Location\`, and names (the \`id\` in an answer of \`/orders\` is the
   \`orderId\` of others). What it cannot give out is given to it: \`--known sku=CER-00042\`.
2. **Requests that fit**, by chance and at every edge (the longest text, the largest number, each value of an enum, each
   optional part left out). They must get a documented status, type, body and headers, and not be refused with 400.
3. **Requests that break the contract in one place.** They must be refused with a documented 4xx.
4. **Odd requests**, which must not make the service fail: ${hostileTexts.map(([, what]) => what).join(', ')};
   ${hostileIntegers.map(([, what]) => what).join(', ')}; broken, empty, huge and deeply nested bodies; types nobody named.
5. **Without credentials and with wrong ones**, where they are asked for; another **method**; an **id nothing has**.
6. **Sequences.** What was created is read back as written, what was changed reads so, what was deleted is gone. The same
   \`Idempotency-Key\` does nothing twice; \`If-None-Match\` and \`If-Match\` count, where the contract has 304 and 412.

A failure is made smaller while it fails in the same way, and told once for each cause. With it come a curl line, a
\`hurl\` block for \`spec.md\` and the command that repeats it. The same seed asks the same; only idempotency keys are new in
every run. Given credentials are replaced by names.

An answer of 429 (or 503 with \`Retry-After\`) is waited for, up to \`--patience\`. A service that is gone ends the run with
the last request. Bodies that are not JSON, forms or text are not made up; operations that need one are named.

## Known findings

What is known, and why, stands in \`acknowledged.yaml\` beside the contract; it is told, and fails nothing until its day:

\`\`\`yaml
verify:
  - code: verify-valid-refused
    operation: POST /api/v1/reservations
    message: one line only # optional: a part of the message
    owner: inventory
    reason: JSON Schema cannot say that a member is unique among items.
    until: '2027-11-30'
\`\`\`

## Codes

\`verify-acknowledged\` and \`verify-never-succeeded\` are remarks, an acknowledgement that is over or fits nothing is a
warning; all else are errors.

| code | why |
|---|---|
${Object.entries(verifyCodes)
  .map(([code, why]) => `| ${code} | ${why} |`)
  .join('\n')}
`
}

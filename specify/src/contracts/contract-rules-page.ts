import { scenarioCodes } from '../scenarios/scenario-codes.ts'
import { contractCodes } from './contract-codes.ts'
import { contractRules } from './rules/all-rules.ts'
import type { ContractRule } from './rules/rule.ts'

/** docs/contract-rules.md, from the rules and the tables of codes. */
export function contractRulesPage(): string {
  const sorted = contractRules.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  return `# Rules of \`specify validate-contracts\`

Made from \`src/contracts/\` and \`src/scenarios/\`; do not edit. An error gives exit code 1.

## Contracts and the system they form

| code | severity | about |
|---|---|---|
${sorted.map(({ code, severity, about }) => `| [${code}](#${code}) | ${severity} | ${ABOUT[about]} |`).join('\n')}

## Scenarios held against the contracts

Also found by \`specify test\`, which runs them first. All are errors but \`scenario-undeclared-parameter\` and
\`scenario-without-status\`, which are warnings.

${table(scenarioCodes)}

## Files, changes, catalog

${table(contractCodes)}

${sorted.map(section).join('\n')}`
}

const ABOUT = { api: 'APIs', events: 'events', system: 'the system' } as const

function table(codes: Readonly<Record<string, string>>): string {
  const rows = Object.entries(codes).map(([code, why]) => `| ${code} | ${why} |`)
  return ['| code | why |', '|---|---|', ...rows].join('\n')
}

function section({ code, why, example }: ContractRule): string {
  return `## ${code}

${why}

Instead of \`${example.wrong}\` write \`${example.right}\`.
`
}

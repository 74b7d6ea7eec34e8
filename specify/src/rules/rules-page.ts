import { allRules } from './all-rules.ts'
import type { Rule } from './rule.ts'

/** docs/rules.md: every rule with its reason and an example, from the rules themselves. */
export function rulesPage(): string {
  const sorted = allRules.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  return `# Rules of \`specify validate\`

Made from \`src/rules/\`; do not edit. An error gives exit code 1; a warning does so with
\`"validation": {"strict": true}\`; an info never does. Files that cannot be read are \`unreadable-file\`; findings about
the config and links are listed in [config.md](./config.md).

| code | severity | reads |
|---|---|---|
${sorted.map(({ code, severity, reads }) => `| [${code}](#${code}) | ${severity} | ${READS[reads]} |`).join('\n')}

${sorted.map(section).join('\n')}`
}

const READS: Readonly<Record<Rule['reads'], string>> = {
  document: 'every file',
  spec: 'spec.md',
  plan: 'plan.md',
  tasks: 'tasks.md',
  constitution: 'the constitution',
  feature: 'the files of a feature together',
  workspace: 'the workspace',
}

function section({ code, why, example }: Rule): string {
  return `## ${code}

${why}

Instead of

${fenced(example.wrong)}

write

${fenced(example.right)}
`
}

/** Examples hold fences of their own, so the outer one is longer. */
function fenced(text: string): string {
  return `~~~~text\n${text}\n~~~~`
}

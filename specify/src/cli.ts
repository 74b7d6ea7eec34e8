import { main } from '@specwright/cli/run-cli.ts'

await main({
  name: 'specify',
  version: '0.1.0',
  summary: 'spec-driven development where the specification runs',
  commands: {},
})

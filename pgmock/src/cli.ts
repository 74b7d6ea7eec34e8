import { main } from '@specwright/cli/run-cli.ts'

await main({
  name: 'pgmock',
  version: '0.1.0',
  summary: 'a JSON schema in, a PostgreSQL archive with data that looks lived in out',
  commands: {},
})

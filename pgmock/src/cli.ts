import { main } from '@specwright/cli/run-cli.ts'
import { program } from './program.ts'

await main(program)

import { main } from '@specwright/cli/run-cli.ts'
import { allowMoreInlining } from './more-inlining.ts'
import { program } from './program.ts'

allowMoreInlining()
await main(program)

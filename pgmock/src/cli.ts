import { main } from '@specwright/cli/run-cli.ts'
import { tuneV8 } from './tune-v8.ts'
import { program } from './program.ts'

tuneV8()
await main(program)

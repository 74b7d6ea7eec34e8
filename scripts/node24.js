// node scripts/node24.js <entry.ts> [args…]: runs a TypeScript file on the pinned Node.js.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onNode24 } from '../packages/cli/node24.js'

const [entry, ...rest] = process.argv.slice(2)
if (entry === undefined) {
  console.error('usage: node scripts/node24.js <entry.ts> [args…]')
  process.exit(2)
}
process.argv.splice(2, process.argv.length, ...rest)
await onNode24(pathToFileURL(resolve(entry)))

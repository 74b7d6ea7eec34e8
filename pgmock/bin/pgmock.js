#!/usr/bin/env node
import { onNode24 } from '../../packages/cli/node24.js'

await onNode24(new URL('../src/cli.ts', import.meta.url))

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { findImports } from './find-imports.ts'

it('every form of import is found with its line and kind', () => {
  const text = `#!/usr/bin/env node
import a from 'a'
import { b,
  type B } from "b"
import type { C } from './c.ts'
import * as d from 'd'
import './e.css'
export { f } from './f.ts'
export * from './g.ts'
export type { H } from './h.ts'
const load = () => import('./i.ts')
export const x = 1
import late from 'late'
`
  assert.deepEqual(
    findImports(text).map(({ specifier, line, kind }) => [specifier, line, kind]),
    [
      ['a', 2, 'static'],
      ['b', 4, 'static'],
      ['./c.ts', 5, 'type'],
      ['d', 6, 'static'],
      ['./e.css', 7, 'static'],
      ['./f.ts', 8, 'static'],
      ['./g.ts', 9, 'static'],
      ['./h.ts', 10, 'type'],
      ['./i.ts', 11, 'dynamic'],
      ['late', 13, 'static'],
    ],
  )
})

it('what only looks like an import is none', () => {
  const text = [
    "// import a from 'a'",
    "/* import b from 'b' */",
    "const c = `\\nimport c from 'c'\\n`",
    `const d = "import d from 'd'"`,
    `const from = 'e'`,
    `export const f = { from: 'f' }`,
    `Array.from('g')`,
    'export function h() { return 1 }',
    `console.log(import.meta.url, 'i')`,
  ].join('\n')
  assert.deepEqual(findImports(text), [])
})

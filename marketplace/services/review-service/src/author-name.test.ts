import assert from 'node:assert/strict'
import test from 'node:test'
import { authorName } from './author-name.ts'

// review-service/001#FR-003
for (const [name, shown] of [
  ['Ada Blum', 'Ada B.'],
  ['  Jean Luc de la Tour ', 'Jean T.'],
  ['Cher', 'Cher'],
  ['Øyvind ørsted', 'Øyvind Ø.'],
] as const)
  test(`${name.trim()} signs as ${shown}`, () => assert.equal(authorName(name), shown))

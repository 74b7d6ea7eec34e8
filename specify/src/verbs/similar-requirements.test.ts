import assert from 'node:assert/strict'
import { test } from 'node:test'
import { similarRequirements } from './similar-requirements.ts'

for (const [first, second, expected] of [
  ['MUST keep a token of a buyer for 15 minutes', 'MUST keep the token of a buyer for 30 minutes', 'number'],
  ['MUST refuse an order of an unknown buyer', 'MUST refuse the order of an unknown buyer', 'same'],
  ['MUST refuse an order of an unknown buyer', 'MUST refuse a refund of an unknown seller', 'none'],
  ['MUST log in', 'MUST log in', 'none'],
  [
    'MUST answer `wrong-1` to broken requests of buyers, sellers, carriers, auditors, partners and visiting guests',
    'MUST answer `wrong-2` to broken requests of buyers, sellers, carriers, auditors, partners and visiting guests',
    'same',
  ],
] as const) {
  test(`"${first}" beside "${second}": ${expected}`, () => {
    const [pair] = similarRequirements([
      { id: 'FR-001', text: first, line: 1 },
      { id: 'FR-002', text: second, line: 2 },
    ])
    assert.equal(pair === undefined ? 'none' : pair.numbers === undefined ? 'same' : 'number', expected)
  })
}

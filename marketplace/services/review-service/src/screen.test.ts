import assert from 'node:assert/strict'
import test from 'node:test'
import { screen } from './screen.ts'

// review-service/001#FR-004
const cases: readonly (readonly [title: string, text: string, reasons: string[]])[] = [
  ['My morning mug', 'Sits well in the hand. Keeps tea warm.', []],
  ['Cheaper', 'See https://example.test/mugs for more', ['contains-link']],
  ['Cheaper', 'go to better-mugs.shop today', ['contains-link']],
  ['Fine', 'Arrived on 3.10. and works.Nothing to add', []],
  ['Write me', 'ada@example.com', ['contains-address']],
  ['Meet', 'we met @ home', []],
  ['NEVER AGAIN', 'THIS MUG BROKE AT ONCE', ['shouting']],
  ['TV OK!', 'USB TOO', []],
  ['Works', 'My LED TV and the USB port both work with this plug', []],
  [
    'LOOK AT THIS',
    'WRITE TO ADA@EXAMPLE.COM OR HTTP://A.TEST',
    ['contains-link', 'contains-address', 'shouting'],
  ],
]

for (const [title, text, reasons] of cases)
  test(`"${title}: ${text}" ${reasons.length === 0 ? 'is published at once' : `waits: ${reasons.join(', ')}`}`, () => {
    assert.deepEqual(screen(title, text), reasons)
  })

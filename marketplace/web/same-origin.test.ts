import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFromHere } from './same-origin.ts'

const host = 'shop.example:4000'

for (const [what, method, headers, expected] of [
  ['reading is free', 'GET', { 'sec-fetch-site': 'cross-site' }, true],
  ['our own form', 'POST', { 'sec-fetch-site': 'same-origin' }, true],
  ['our own form in an older browser', 'POST', { origin: 'http://shop.example:4000' }, true],
  ['a foreign form', 'POST', { 'sec-fetch-site': 'cross-site', origin: 'http://shop.example:4000' }, false],
  ['a form of a sister domain', 'POST', { 'sec-fetch-site': 'same-site' }, false],
  ['a foreign form in an older browser', 'POST', { origin: 'https://evil.example' }, false],
  ['another port', 'POST', { origin: 'http://shop.example:4001' }, false],
  ['a sandboxed page', 'POST', { origin: 'null' }, false],
  ['no word at all', 'POST', {}, false],
  ['an unsafe method other than post', 'DELETE', { origin: 'https://evil.example' }, false],
] as const)
  test(`${what}: ${expected ? 'passes' : 'refused'}`, () => {
    assert.equal(isFromHere({ method, host, headers }), expected)
  })

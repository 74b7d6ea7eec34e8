import assert from 'node:assert/strict'
import { test } from 'node:test'
import { artUrl } from './art-url.ts'
import { saidIn } from './cart-said.ts'
import { money } from './money.ts'
import { pageNumbers } from './page-numbers.ts'
import { cardNamed } from './test-cards.ts'
import { withQuery } from './with-query.ts'

test('page numbers show the ends and the neighbours, and never hide a single page', () => {
  const shown = (current: number, last: number) =>
    pageNumbers(current, last)
      .map((n) => n ?? '…')
      .join(' ')
  assert.equal(shown(1, 2), '1 2')
  assert.equal(shown(1, 9), '1 2 … 9')
  assert.equal(shown(3, 9), '1 2 3 4 … 9')
  assert.equal(shown(4, 9), '1 2 3 4 5 … 9')
  assert.equal(shown(5, 9), '1 … 4 5 6 … 9')
  assert.equal(shown(9, 9), '1 … 8 9')
})

test('changing the sort keeps the search and drops the page', () => {
  const url = '/search?q=blue+mug&page=3'
  assert.equal(withQuery(url, { sort: 'newest', page: undefined }), '/search?q=blue+mug&sort=newest')
  assert.equal(withQuery('/c/mugs?page=2', { page: undefined }), '/c/mugs')
})

test('money is written with its currency and all its cents', () => {
  assert.equal(money(123450, 'EUR'), '€1,234.50')
  assert.equal(money(5, 'EUR'), '€0.05')
})

test('an unknown card is the first card, so a forged form cannot name another token', () => {
  assert.equal(cardNamed('pm_card_mastercard').token, 'pm_card_mastercard')
  assert.equal(cardNamed('pm_anything').token, 'pm_card_visa')
})

test('a picture is asked for by motif and hue', () => {
  assert.equal(artUrl('A-1', { motif: 'mug', hue: 7 }), '/art/A-1.svg?motif=mug&hue=7')
  assert.equal(artUrl('A-1'), '/art/A-1.svg')
})

test('an address tells only known notices', () => {
  assert.equal(saidIn(new Request('http://shop/p/x?added')), 'added')
  assert.equal(saidIn(new Request('http://shop/p/x?added=')), 'added')
  assert.equal(saidIn(new Request('http://shop/p/x?constructor')), undefined)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkBetween, slug } from './addresses.ts'

test('links are relative, so that pages work from any folder', () => {
  const cases: [from: string, to: string, link: string][] = [
    ['index.html', 'services.html', 'services.html'],
    ['services/a.html', 'index.html', '../index.html'],
    ['services/a.html', 'services/b.html', 'b.html'],
    ['contracts/a/schemas.html', 'contracts/a.html#x', '../a.html#x'],
    ['index.html', 'index.html', 'index.html'],
  ]
  for (const [from, to, link] of cases) assert.equal(linkBetween(from, to), link, `${from} → ${to}`)
})

test('any name becomes a file name, and different names stay different', () => {
  const names = [
    'order-service',
    'Order Service',
    '../../etc/passwd',
    '',
    '.',
    '注文',
    '註文',
    'x'.repeat(300),
    `${'x'.repeat(299)}y`,
    'a/b',
    '<script>',
  ]
  const slugs = names.map(slug)
  for (const each of slugs) assert.match(each, /^[a-z0-9][a-z0-9._-]{0,99}$/)
  assert.equal(slug('order-service'), 'order-service')
  assert.notEqual(slug('注文'), slug('註文'))
  assert.notEqual(slug('x'.repeat(300)), slug(`${'x'.repeat(299)}y`))
})

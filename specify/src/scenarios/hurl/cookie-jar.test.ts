import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CookieJar } from './cookie-jar.ts'

const sent = (jar: CookieJar, url: string, now = 0) =>
  jar.matching(new URL(url), now).map(({ name, value }) => `${name}=${value}`)

const rows: [name: string, from: string, setCookie: string, to: string, comesBack: boolean][] = [
  ['the same host and path', 'http://a.test/x/y', 's=1', 'http://a.test/x/z', true],
  ['a path above its own', 'http://a.test/x/y', 's=1', 'http://a.test/', false],
  ['a path that only begins alike', 'http://a.test/', 's=1; Path=/x', 'http://a.test/xy', false],
  ['another host', 'http://a.test/', 's=1', 'http://b.test/', false],
  ['a subdomain without Domain', 'http://a.test/', 's=1', 'http://w.a.test/', false],
  ['a subdomain with Domain', 'http://w.a.test/', 's=1; Domain=a.test', 'http://v.a.test/', true],
  ['a foreign Domain', 'http://a.test/', 's=1; Domain=b.test', 'http://b.test/', false],
  ['Secure over http', 'http://a.test/', 's=1; Secure', 'http://a.test/', false],
  ['Secure on the local host', 'http://127.0.0.1/', 's=1; Secure', 'http://127.0.0.1/', true],
  [
    'an Expires in the past',
    'http://a.test/',
    's=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'http://a.test/',
    false,
  ],
  ['a negative Max-Age', 'http://a.test/', 's=1; Max-Age=-1', 'http://a.test/', false],
  ['no name', 'http://a.test/', '=1', 'http://a.test/', false],
]

for (const [name, from, setCookie, to, comesBack] of rows)
  test(`${name}: ${comesBack ? 'comes back' : 'stays away'}`, () => {
    const jar = new CookieJar()
    jar.store(new URL(from), [setCookie], 1)
    assert.deepEqual(sent(jar, to, 1), comesBack ? ['s=1'] : [])
  })

test('a new value replaces the old one, Max-Age=0 takes it away', () => {
  const jar = new CookieJar()
  const url = new URL('http://a.test/')
  jar.store(url, ['s=1', 't=2'], 0)
  jar.store(url, ['s=3'], 0)
  assert.deepEqual(sent(jar, url.href), ['t=2', 's=3'])
  jar.store(url, ['s=; Max-Age=0'], 0)
  assert.deepEqual(sent(jar, url.href), ['t=2'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieJar, parseCookies } from './cookies.server.ts'

test('cookies are HttpOnly, SameSite=Lax and for the whole shop', () => {
  const jar = cookieJar(undefined, { secure: false })
  jar.set('cart', 'a b', 60)
  assert.deepEqual(jar.lines(), ['cart=a%20b; Max-Age=60; Path=/; HttpOnly; SameSite=Lax'])
})

test('over https they are Secure and only this host can set them', () => {
  const jar = cookieJar('__Host-cart=x; cart=planted', { secure: true })
  assert.equal(jar.get('cart'), 'x')
  jar.clear('cart')
  assert.deepEqual(jar.lines(), ['__Host-cart=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure'])
})

test('only the last word on a cookie is sent', () => {
  const jar = cookieJar('session=old', { secure: false })
  jar.clear('session')
  jar.set('session', 'new', 5)
  assert.equal(jar.lines().length, 1)
  assert.match(jar.lines()[0]!, /^session=new;/)
  assert.equal(jar.get('session'), 'new')
})

test('malformed pairs are passed over and the first of a name wins', () => {
  assert.deepEqual(
    [...parseCookies('; =x; a=1; a=2; b=%; c; d=e=f')],
    [
      ['a', '1'],
      ['b', '%'],
      ['d', 'e=f'],
    ],
  )
})

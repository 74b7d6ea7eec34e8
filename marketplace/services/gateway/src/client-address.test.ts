import assert from 'node:assert/strict'
import test from 'node:test'
import { clientAddress } from './client-address.ts'

// gateway/001#FR-009
const cases: readonly [
  what: string,
  remote: string,
  forwardedFor: string | undefined,
  address: string | undefined,
][] = [
  ['a stranger counts as itself', '203.0.113.9', undefined, '203.0.113.9'],
  ['a stranger cannot claim to be another', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a stranger cannot claim to be this machine', '203.0.113.9', '127.0.0.1', '203.0.113.9'],
  ['this machine on behalf of nobody is not counted', '127.0.0.1', undefined, undefined],
  ['this machine on behalf of itself is not counted', '::1', '127.0.0.1, ::1', undefined],
  ['this machine speaks for the shopper it names', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  [
    'the last stranger is the one our web server saw',
    '127.0.0.1',
    '1.1.1.1, 198.51.100.1, 127.0.0.1',
    '198.51.100.1',
  ],
  ['an IPv4 address written as IPv6 is the same one', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['a mapped loopback address is this machine', '::ffff:127.0.0.1', undefined, undefined],
  [
    'an IPv6 customer counts as one, whichever address of the line is used',
    '2001:db8:1:2:3:4:5:6',
    undefined,
    '2001:db8:1:2::/64',
  ],
  ['an IPv6 address with zeros left out is the same line', '2001:db8:1:2::6', undefined, '2001:db8:1:2::/64'],
  ['zeros inside the line count', '2001:db8::6', undefined, '2001:db8:0:0::/64'],
  ['nonsense shares one bucket', '127.0.0.1', 'not an address', 'unknown'],
]
for (const [what, remote, forwardedFor, address] of cases)
  test(what, () => assert.equal(clientAddress(remote, forwardedFor), address))

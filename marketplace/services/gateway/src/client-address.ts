import { isIP } from 'node:net'

/**
 * Whose calls are counted together: an IPv4 address, or the /64 an IPv6 address is in (one customer's line). Undefined
 * for this installation's own calls: from this machine, on behalf of nobody else. X-Forwarded-For is believed only
 * when this machine itself sent it, and only as far as its last stranger.
 */
export function clientAddress(remote: string, forwardedFor: string | undefined): string | undefined {
  if (!isThisMachine(remote)) return networkOf(remote)
  const strangers = (forwardedFor ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '' && !isThisMachine(address))
  const last = strangers.at(-1)
  return last === undefined ? undefined : networkOf(last)
}

function isThisMachine(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address)
}

function networkOf(address: string): string {
  const v4 = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (isIP(v4) === 4) return v4
  if (isIP(address) !== 6) return 'unknown' // all nonsense shares one bucket
  // The URL parser writes any IPv6 address in its one canonical form.
  const [head = '', tail = ''] = new URL(`http://[${address.split('%')[0]}]`).hostname
    .slice(1, -1)
    .split('::')
  const left = head.split(':').filter((group) => group !== '')
  const right = tail.split(':').filter((group) => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}

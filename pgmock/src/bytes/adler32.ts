/** The checksum behind a zlib stream (RFC 1950), going on from `before`; Node has no function for it. */
export function adler32(bytes: Uint8Array, before = 1): number {
  let [low, high] = [before & 0xffff, before >>> 16]
  for (let at = 0; at < bytes.length;) {
    // So many steps that `high` stays below 2^31: V8 counts in plain integers.
    const end = Math.min(at + 2048, bytes.length)
    for (; at < end; at++) {
      low += bytes[at]!
      high += low
    }
    low %= 65_521
    high %= 65_521
  }
  return ((high << 16) | low) >>> 0
}

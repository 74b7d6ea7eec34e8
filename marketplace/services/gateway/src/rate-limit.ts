export type Limit = { readonly burst: number; readonly perSecond: number }
export type Allowance = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterS: number }

type Bucket = { tokens: number; atMs: number }

const MOST_BUCKETS = 20_000

/**
 * A token bucket per address: `burst` calls at once, then `perSecond`. Remembers the 20,000 addresses that called
 * last; one that was forgotten starts with a full bucket.
 */
export function rateLimiter({ burst, perSecond }: Limit): (address: string, nowMs: number) => Allowance {
  const buckets = new Map<string, Bucket>()
  return (address, nowMs) => {
    const known = buckets.get(address)
    const bucket = known ? refill(known, nowMs) : { tokens: burst, atMs: nowMs }
    // Deleting first keeps the map in the order of last calls, so its first entry is the one to forget.
    buckets.delete(address)
    buckets.set(address, bucket)
    if (buckets.size > MOST_BUCKETS) buckets.delete(buckets.keys().next().value!)
    if (bucket.tokens < 1)
      return { allowed: false, retryAfterS: Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond)) }
    bucket.tokens--
    return { allowed: true }
  }

  function refill({ tokens, atMs }: Bucket, nowMs: number): Bucket {
    const gained = (Math.max(0, nowMs - atMs) * perSecond) / 1000
    return { tokens: Math.min(burst, tokens + gained), atMs: nowMs }
  }
}

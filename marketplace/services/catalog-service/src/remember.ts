/** `load`, answered from memory for `forMs`. Callers that come while it is loading share one load; a failure is not kept. */
export function remember<T>(
  load: () => Promise<T>,
  forMs: number,
  nowMs: () => number = () => performance.now(),
): () => Promise<T> {
  let kept: { value: Promise<T>; untilMs: number } | undefined
  return () => {
    if (kept && kept.untilMs > nowMs()) return kept.value
    const value = load()
    kept = { value, untilMs: nowMs() + forMs }
    value.catch(() => {
      if (kept?.value === value) kept = undefined
    })
    return value
  }
}

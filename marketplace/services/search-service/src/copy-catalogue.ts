import type { Entry } from './catalogue-entry.ts'

export type CopyPorts = {
  /** By productId, those after the given one. */
  readPortion(after: string | undefined, limit: number): Promise<Entry[]>
  now(): Promise<Date>
  /**
   * Puts the entries in, and takes out what lies between `after` and `upTo` (both by productId, the end if undefined),
   * is not among them and was not put in since `readAt`.
   */
  putPortion(
    entries: readonly Entry[],
    range: { after: string | undefined; upTo: string | undefined; readAt: Date },
  ): Promise<void>
  finish(products: number): Promise<void>
}

const PORTION = 500

/**
 * Reads the whole catalogue and makes our copy equal to it, while events go on changing both. Stops early when told to;
 * what was done stays done.
 */
export async function copyCatalogue(ports: CopyPorts, signal: AbortSignal): Promise<void> {
  let after: string | undefined
  let products = 0
  for (;;) {
    if (signal.aborted) return
    const readAt = await ports.now()
    const entries = await ports.readPortion(after, PORTION)
    const isLast = entries.length < PORTION
    const upTo = isLast ? undefined : entries.at(-1)!.product.productId
    await ports.putPortion(entries, { after, upTo, readAt })
    products += entries.length
    if (isLast) break
    after = upTo
  }
  await ports.finish(products)
}

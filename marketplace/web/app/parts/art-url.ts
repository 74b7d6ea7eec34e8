export type Art = { readonly hue: number; readonly motif: string }

/** Where artwork.ts draws a product. Without `art` (the product left the catalogue) it draws a gift box. */
export function artUrl(sku: string, art?: Art): string {
  return art === undefined
    ? `/art/${encodeURIComponent(sku)}.svg`
    : `/art/${encodeURIComponent(sku)}.svg?motif=${encodeURIComponent(art.motif)}&hue=${art.hue}`
}

export function markUrl(sellerSlug: string, hue: number): string {
  return `/mark/${encodeURIComponent(sellerSlug)}.svg?hue=${hue}`
}

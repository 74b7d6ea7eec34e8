export const notices = {
  added: ['good', 'It is in your basket.'],
  changed: ['good', 'The quantity is changed.'],
  removed: ['good', 'It is out of your basket.'],
  few: ['warn', 'There are fewer left than that.'],
  full: ['warn', 'A basket takes twenty of one thing and fifty different things at most.'],
  gone: ['warn', 'This product cannot be bought any more.'],
  'sold-out': ['bad', 'Something in your basket is sold out. Please change it to go on.'],
  empty: ['warn', 'There is nothing in the basket to check out.'],
} as const

export type Said = keyof typeof notices

/** What the action before the redirect has to tell: a bare word in the address, so that it works without script. */
export function saidIn(request: Request): Said | undefined {
  const query = new URL(request.url).searchParams
  return (Object.keys(notices) as Said[]).find((word) => query.has(word))
}

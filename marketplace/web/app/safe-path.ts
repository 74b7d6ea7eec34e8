/** `text` if it is a path of this shop, else `otherwise`: an address after signing in must not lead elsewhere. */
export function safePath(text: string | null, otherwise: string): string {
  if (text === null || !/^\/(?![/\\])/.test(text)) return otherwise
  const url = new URL(text, 'http://shop.invalid')
  return url.host === 'shop.invalid' ? url.pathname + url.search : otherwise
}

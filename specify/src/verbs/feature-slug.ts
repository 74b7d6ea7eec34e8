// How Spec Kit makes a folder's name of a description, so that both give a feature the same name.

const STOP_WORDS = new Set(
  `i a an the to for of in on at by with from is are was were be been being have has had do does did will would
  should could can may might must shall this that these those my your our their want need add get set`.split(
    /\s+/,
  ),
)

/** "Add OAuth2 login for users" → `oauth2-login-users`; letters of every script count, accents are dropped. */
export function featureSlug(description: string): string {
  const words = description.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '')
  const telling = words.filter((word) => !STOP_WORDS.has(word.toLowerCase()) && isLongEnough(word))
  const chosen = (telling.length > 0 ? telling : words).slice(0, telling.length === 4 ? 4 : 3)
  return cleanSlug(chosen.join('-')) || 'feature'
}

/** A name somebody chose, as a folder can carry it. */
export function cleanSlug(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC') // Hangul came apart above
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
}

/** "UI" and "2FA" tell something, "ui" hardly; a sign of Chinese is a word. */
function isLongEnough(word: string): boolean {
  return word.length >= 3 || (word === word.toUpperCase() && /\p{L}/u.test(word))
}

const LONGEST_BYTES = 244 // GitHub's limit for branch names, which Spec Kit keeps folders below

/** `007-log-in`, cut at a whole character where a branch could not be called so. */
export function featureId(number: string, slug: string): string {
  let cut = [...slug]
  while (Buffer.byteLength(`${number}-${cut.join('')}`) > LONGEST_BYTES) cut = cut.slice(0, -1)
  return `${number}-${cut.join('').replace(/-+$/, '')}`
}

/** The number behind the highest of these folder names; names of the kind `20260102-030405-x` carry none. */
export function nextNumber(folders: readonly string[]): number {
  const numbers = folders.map((name) => (isStamped(name) ? 0 : Number(/^(\d{3,})-/.exec(name)?.[1] ?? 0)))
  return Math.max(0, ...numbers) + 1
}

function isStamped(name: string): boolean {
  return /^\d{8}-\d{6}-/.test(name)
}

/** `20260102-030405`, in the time of the desk. */
export function timestamp(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}

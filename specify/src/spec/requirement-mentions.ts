import { REQUIREMENT_ID } from './find-requirements.ts'

const EVERY = new RegExp(`(?:(?<![\\w#/-])|(?<=(?:N?FR|RN?F|REQ|SC|CS)-\\d+/))${REQUIREMENT_ID.source}`, 'g')
/** `FR-001–FR-004`, `FR-020〜022`, `FR-001 to FR-004`, `FR-1..3`; a hyphen alone may belong to the id. */
const RANGE =
  /^\s*(?:[–—~〜～…]|\.{2,3}|(?:-|to|through|thru|until|bis|a|à|até|hasta|至|到|から)(?=\s*(?:N?FR|RN?F|REQ|SC|CS)-))\s*((?:N?FR|RN?F|REQ|SC|CS)-)?(\d+)(?![\w-])/u
/** `/021` of `FR-020/021/022`. */
const NEXT = /^\/(\d+)(?![\w/-]*\.)/
const LONGEST_RANGE = 99

/** The ids of requirements a text names, each once: single ones, all of a range, and the rest of `FR-020/021/022`. */
export function mentionedRequirements(text: string): string[] {
  const found = new Set<string>()
  for (const match of text.matchAll(EVERY)) {
    const [id] = match
    found.add(id)
    const [, prefix, digits] = /^(.*?)(\d+)$/.exec(id) ?? []
    if (prefix === undefined || digits === undefined) continue
    const number = (n: number) => `${prefix}${String(n).padStart(digits.length, '0')}`
    let rest = text.slice(match.index + id.length)
    const range = RANGE.exec(rest)
    const last = Number(range?.[2])
    if (
      range !== null &&
      (range[1] ?? prefix) === prefix &&
      last > Number(digits) &&
      last - Number(digits) <= LONGEST_RANGE
    )
      for (let n = Number(digits) + 1; n <= last; n++) found.add(number(n))
    for (let next = NEXT.exec(rest); next?.[1]?.length === digits.length; next = NEXT.exec(rest)) {
      found.add(number(Number(next[1])))
      rest = rest.slice(next[0].length)
    }
  }
  return [...found]
}

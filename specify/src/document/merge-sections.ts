import { contentKey } from '../cache/open-cache.ts'

export type Section = {
  /** Its first line: `## Code Map`, `**Endpoints:**`; the part before the first heading has none. */
  readonly heading: string
  /** The lines below the heading, without empty lines around. */
  readonly body: string
}

/** What the program wrote last, by heading: a part that is no longer so was edited by somebody. */
export type Written = Readonly<Record<string, string>>

export type Merged = {
  readonly text: string
  readonly written: Written
  readonly changed: readonly string[]
  readonly edited: readonly string[]
}

/**
 * Renews the parts of a document that nobody has edited since they were written; edited and foreign parts stay as they
 * are, where they are, and a part somebody deleted stays away.
 */
export function mergeSections(existing: string, fresh: readonly Section[], written: Written): Merged {
  const before = splitSections(existing)
  const byHeading = new Map(fresh.map((section) => [section.heading, section]))
  const changed: string[] = []
  const edited: string[] = []
  const result = before.flatMap((section): Section[] => {
    const renewed = byHeading.get(section.heading)
    const isOurs = written[section.heading] === bodyKey(section)
    if (section.body === renewed?.body || (renewed === undefined && !isOurs)) return [section]
    if (!isOurs) {
      edited.push(section.heading)
      return [section]
    }
    changed.push(section.heading)
    return renewed === undefined ? [] : [renewed] // nothing to say any more, for example no endpoint
  })
  for (const [i, section] of fresh.entries()) {
    if (before.some(({ heading }) => heading === section.heading) || written[section.heading] !== undefined)
      continue
    // Behind the part it follows in a new document.
    const neighbour = fresh
      .slice(0, i)
      .findLast(({ heading }) => result.some((one) => one.heading === heading))
    const at =
      neighbour === undefined ? 0 : result.findIndex(({ heading }) => heading === neighbour.heading) + 1
    result.splice(at, 0, section)
    changed.push(section.heading)
  }
  const text = changed.length === 0 ? existing : joinSections(result)
  const gone = new Set(changed.filter((heading) => !byHeading.has(heading)))
  const kept = Object.entries(written).filter(([heading]) => !gone.has(heading))
  return {
    text,
    written: { ...Object.fromEntries(kept), ...keysOf(fresh, new Set(edited)) },
    changed,
    edited,
  }
}

export function joinSections(sections: readonly Section[]): string {
  const parts = sections.map(({ heading, body }) => {
    if (heading === '') return body
    if (body === '') return heading
    // A bold label keeps its list close, a heading stands alone; a label of one line holds its text.
    return heading.startsWith('#')
      ? `${heading}\n\n${body}`
      : `${heading}${heading.endsWith(':**') ? '\n' : ' '}${body}`
  })
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** The fingerprints of what was just written, for the next time. */
export function keysOf(sections: readonly Section[], except: ReadonlySet<string> = new Set()): Written {
  return Object.fromEntries(
    sections
      .filter(({ heading }) => !except.has(heading))
      .map((section) => [section.heading, bodyKey(section)]),
  )
}

function bodyKey({ body }: Section): string {
  return contentKey([body]).slice(0, 12)
}

const HEADING = /^(#{1,2} .*|\*\*[A-Z][\w ]*:\*\*|\*\*[A-Z][\w ]*\*\*:|Details:)(?:\s(.*))?$/

export function splitSections(text: string): Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }]
  for (const line of text.split(/\r?\n/)) {
    const match = HEADING.exec(line)
    if (match === null) sections.at(-1)!.lines.push(line)
    else if (line.startsWith('#')) sections.push({ heading: line.trimEnd(), lines: [] })
    else sections.push({ heading: match[1]!, lines: match[2] === undefined ? [] : [match[2]] })
  }
  return sections
    .map(({ heading, lines }) => ({ heading, body: lines.join('\n').replace(/^\n+|\s+$/g, '') }))
    .filter(({ heading, body }) => heading !== '' || body !== '')
}

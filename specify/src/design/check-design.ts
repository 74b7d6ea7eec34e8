import type { Finding } from '@specwright/cli/finding.ts'
import { nearest } from '@specwright/cli/nearest.ts'
import { parseMarkdown, lineOf, type MarkdownFile } from '../spec/markdown.ts'
import { checkDiagram } from './check-diagram.ts'
import { DESIGN_SECTIONS, STATUSES } from './sections.ts'

type Part = { readonly title: string; readonly line: number; readonly text: string }

/** What can be said about a design document without understanding it. `research` are the documents it could cite. */
export function checkDesign(text: string, file: string, research: readonly string[]): Finding[] {
  const markdown = parseMarkdown(text, file)
  const parts = sectionsOf(markdown)
  const found = DESIGN_SECTIONS.map(({ title }, i) => ({
    number: i + 1,
    title,
    part: parts.find((one) => sameTitle(one.title, title)),
  }))
  return [
    ...found.flatMap(({ number, title, part }): Problem[] =>
      part === undefined
        ? [
            {
              code: 'missing-design-section',
              severity: 'error',
              line: 1,
              message: `The section "${number}. ${title}" is missing.`,
              hint: `Add "## ${number}. ${title}".`,
            },
          ]
        : isEmpty(part.text)
          ? [
              {
                code: 'empty-design-section',
                severity: 'warning',
                line: part.line,
                message: `"${title}" says nothing yet.`,
                hint: DESIGN_SECTIONS[number - 1]!.asks,
              },
            ]
          : [],
    ),
    ...longSummary(found[0]!.part),
    ...diagrams(markdown),
    ...timelines(markdown),
    ...questions(found.at(-1)!.part),
    ...status(markdown),
    ...uncited(text, research),
  ].map((problem) => ({ ...problem, file }))
}

type Problem = Required<Pick<Finding, 'code' | 'severity' | 'line' | 'message' | 'hint'>>

function sectionsOf({ headings, text }: MarkdownFile): Part[] {
  const lines = text.split(/\r\n|\n|\r/)
  const tops = headings.filter(({ depth }) => depth === 2)
  return tops.map(({ text: title, line }, i) => ({
    title,
    line,
    text: lines.slice(line, (tops[i + 1]?.line ?? lines.length + 1) - 1).join('\n'),
  }))
}

function sameTitle(written: string, title: string): boolean {
  const key = (one: string) =>
    one
      .replace(/^\d+\.?\s*/, '')
      .replace(/\s*[(/].*$/, '')
      .toLowerCase()
      .trim()
  return key(written) === key(title)
}

function withoutComments(text: string): string {
  return text.replaceAll(/<!--[^]*?-->/g, '')
}

function isEmpty(text: string): boolean {
  return (
    withoutComments(text)
      .replaceAll(/^#{1,6} .*$/gm, '')
      .trim() === ''
  )
}

const SUMMARY_WORDS = 200

function longSummary(part: Part | undefined): Problem[] {
  const words = withoutComments(part?.text ?? '').match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0
  if (part === undefined || words <= SUMMARY_WORDS) return []
  return [
    {
      code: 'long-executive-summary',
      severity: 'error',
      line: part.line,
      message: `The executive summary has ${words} words, at most ${SUMMARY_WORDS} are expected.`,
      hint: 'Keep problem, proposal and value; move the rest to section 2.',
    },
  ]
}

function diagrams({ root, headings }: MarkdownFile): Problem[] {
  const blocks = root.children.filter((node) => node.type === 'code').filter(({ lang }) => lang === 'mermaid')
  const place = headings.find(({ text }) => /Diagram|Proposed Solution/.test(text))?.line ?? 1
  if (blocks.length === 0)
    return [
      {
        code: 'missing-diagram',
        severity: 'error',
        line: place,
        message: 'There is no diagram.',
        hint: 'Draw the parts and what flows between them in a ```mermaid block, for example "flowchart LR".',
      },
    ]
  return blocks.flatMap((block) =>
    checkDiagram(block.value).map(({ line, message }) => ({
      code: 'broken-diagram',
      severity: 'error' as const,
      line: lineOf(block) + line,
      message,
      hint: 'Mend the diagram; a viewer would show an error in its place.',
    })),
  )
}

/** Dates, and lengths of time in the words of a schedule; "within 200 ms" is a requirement, not a timeline. */
const TIMELINE =
  /\b(?:20\d\d-\d\d(?:-\d\d)?|Q[1-4] 20\d\d|(?:by|until|in|before|during) (?:January|February|March|April|June|July|August|September|October|November|December)(?: 20\d\d)?|(?:in|within|takes?|after|for|about|~)\s*\d+(?:\s*[-–]\s*\d+)?\s*(?:days?|weeks?|months?|sprints?|quarters?)|\d+\s*(?:person|man|engineer)-?\s?(?:hours?|days?|weeks?|months?)|(?:day|week|month|sprint) \d+)\b/gi

function timelines({ prose }: MarkdownFile): Problem[] {
  return prose.split(/\r\n|\n|\r/).flatMap((line, i): Problem[] => {
    // Links name files by date, and the metadata table says when it was written.
    if (/^\s*\|\s*(?:Created|Last Updated)/i.test(line)) return []
    const match = line.replaceAll(/\]\([^)]*\)/g, ']').match(TIMELINE)?.[0]
    if (match === undefined) return []
    return [
      {
        code: 'concrete-timeline',
        severity: 'warning',
        line: i + 1,
        message: `"${match}" is a date or duration; a design has phases.`,
        hint: 'Write "Phase 1", "Phase 2", and what must be true before the next begins.',
      },
    ]
  })
}

function questions(part: Part | undefined): Problem[] {
  if (part === undefined) return []
  const lines = withoutComments(part.text).split('\n')
  // Comments may span lines, so places are found again in the section as written.
  const written = part.text.split('\n')
  const starts = lines.flatMap((line, i) => (isQuestion(line) ? [i] : []))
  return starts.flatMap((start, i) => {
    const block = lines.slice(start, starts[i + 1]).join('\n')
    const question = lines[start]!.replaceAll('**', '')
      .replace(/^\s*[-*]\s+/, '')
      .trim()
    const line = part.line + 1 + written.indexOf(lines[start]!)
    const options = block.match(/^\s*(?:[-*]\s+)?\**\([A-Z]\)\**\s+\S.*$/gm) ?? []
    const bare = options.filter((option) => !/\s[—–-]{1,2}\s|:\s/.test(option.replace(/^\s*[-*]\s+/, '')))
    const found: Problem[] = []
    if (options.length < 2 || options.length > 3)
      found.push({
        code: 'question-without-options',
        severity: 'error',
        line,
        message: `"${clip(question)}" has ${options.length === 1 ? '1 option' : `${options.length} options`}, two or three are expected.`,
        hint: 'Write "- (A) choice — trade-off" for each.',
      })
    else if (bare.length > 0)
      found.push({
        code: 'option-without-tradeoff',
        severity: 'error',
        line,
        message: `"${clip(bare[0]!.trim())}" names no trade-off.`,
        hint: 'Write "- (A) choice — what it costs".',
      })
    if (!/\**Answer\**\s*[::]\**\s*\S/i.test(block))
      found.push({
        code: 'unanswered-question',
        severity: 'warning',
        line,
        message: `"${clip(question)}" has no answer.`,
        hint: 'Ask, then write "- **Answer**: (A), because …"; needed before the status becomes Approved.',
      })
    return found
  })
}

function isQuestion(line: string): boolean {
  return (
    /^\s{0,1}(?:[-*]\s+|\d+[.)]\s+|#{3,4}\s+)?(?:\[[ x]\]\s+)?\**(?:Q\d+\b|[^(].*\?\**\s*$)/.test(line) &&
    !/Answer/i.test(line)
  )
}

function status({ text }: MarkdownFile): Problem[] {
  const lines = text.split(/\r\n|\n|\r/)
  const at = lines.findIndex((line) => /^\|\s*\**Status\**\s*\|/i.test(line))
  const written = lines[at]?.split('|')[2]?.replaceAll('*', '').trim() ?? ''
  if (STATUSES.some((status) => status === written || status.replace(/ \(.*$/, '') === written)) return []
  const near = nearest(written, STATUSES)
  return [
    {
      code: 'unknown-status',
      severity: 'error',
      line: at + 1 || 1,
      message: written === '' ? 'The document has no status.' : `"${written}" is no status.`,
      hint: near === undefined ? `One of: ${STATUSES.join(', ')}.` : `Did you mean "${near}"?`,
    },
  ]
}

function uncited(text: string, research: readonly string[]): Problem[] {
  return research
    .filter((path) => !text.includes(path.split('/').at(-1)!))
    .map((path) => ({
      code: 'uncited-research',
      severity: 'info' as const,
      line: 1,
      message: `${path} is neither cited nor listed as not used.`,
      hint: 'Cite it where it was used, or name it behind "Not used:".',
    }))
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}

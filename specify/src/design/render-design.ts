import { DESIGN_SECTIONS, STATUSES } from './sections.ts'

export type Cited = {
  /** `research/2026-kafka.md#findings`, as seen from the document. */
  readonly link: string
  readonly heading: string
  readonly context: string
}

export type NewDesign = {
  readonly topic: string
  readonly author: string
  readonly day: string
  readonly cited: readonly Cited[]
  readonly unused: readonly string[]
  /** Questions the research left open. */
  readonly questions: readonly string[]
}

/** The nine sections, each with what it asks for in a comment; research cited where the context is told. */
export function renderDesign({ topic, author, day, cited, unused, questions }: NewDesign): string {
  const lines = [
    `# ${topic} Technical Design Document / RFC`,
    '',
    '| Document Metadata | Details |',
    '| --- | --- |',
    `| Author(s) | ${author} |`,
    `| Status | ${STATUSES[0]} |`,
    '| Team / Owner | |',
    `| Created / Last Updated | ${day} |`,
  ]
  for (const [i, { title, asks, parts }] of DESIGN_SECTIONS.entries()) {
    lines.push('', `## ${i + 1}. ${title}`, '', `<!-- ${asks} -->`)
    if (i === 1 && cited.length > 0)
      lines.push(
        '',
        'Research:',
        '',
        ...cited.map(({ link, heading, context }) => `- [${heading}](${link}): ${context}`),
      )
    if (i === 1 && unused.length > 0) lines.push('', `Not used: ${unused.join(', ')}`)
    for (const [j, [part, wants]] of parts.entries())
      lines.push('', `### ${i + 1}.${j + 1} ${part}`, '', `<!-- ${wants} -->`)
    if (i === DESIGN_SECTIONS.length - 1)
      lines.push(
        ...questions.flatMap((question, n) => [
          '',
          `**Q${n + 1}**: ${question}`,
          '',
          '- (A)',
          '- (B)',
          '- **Answer**:',
        ]),
      )
  }
  return `${lines.join('\n')}\n`
}

/** Sentences below "Open Questions" of a research document. */
export function openQuestions(text: string): string[] {
  const section =
    /^#{2,4}\s+(?:\d+\.?\s*)?(?:Open|Unresolved) Questions?.*\n([^]*?)(?=^#{1,4}\s|$(?![^]))/im.exec(
      text,
    )?.[1] ?? ''
  return section
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:[-*]|\d+[.)])\s+(?:\[[ x]\]\s+)?/, '')
        .replaceAll('**', '')
        .trim(),
    )
    .filter((line) => line.endsWith('?'))
}

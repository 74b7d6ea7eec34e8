import { posix } from 'node:path'
import { operationName } from '../contracts/model.ts'
import type { Declaration } from './declarations.ts'
import type { CodeFile, Facts } from './gather-facts.ts'
import { joinSections, type Section } from './merge-sections.ts'
import { QUICK_REF_TOKENS } from './quick-ref-tokens.ts'

/** At most `most` tokens: lists lose their last lines, longest list first, until it fits. */
export function quickRef(facts: Facts, count: (text: string) => number, most = QUICK_REF_TOKENS): Section[] {
  const lists = {
    '**Endpoints:**': facts.operations.map(
      ({ method, path, summary }) =>
        `- ${method} ${path}${summary === undefined ? '' : ` - ${clip(summary, 50)}`}`,
    ),
    '**Key Files:**': facts.code
      .filter(({ isTest }) => !isTest)
      .map(
        (one) => `- ${place(one, facts)}${one.declares[0] === undefined ? '' : ` - ${one.declares[0].name}`}`,
      ),
    '**Integration:**': integration(facts),
    '**Gotchas:**': facts.edgeCases.map((text) => `- ${clip(text, 90)}`),
  }
  for (;;) {
    const sections = [
      { heading: `# ${nameOf(facts)} Quick Reference`, body: '' },
      { heading: '**What**:', body: whatOf(facts) },
      ...Object.entries(lists)
        .filter(([, lines]) => lines.length > 0)
        .map(([heading, lines]) => ({ heading, body: lines.join('\n') })),
      { heading: 'Details:', body: detailsLink(specPlace(facts)) },
    ]
    if (count(joinSections(sections)) <= most) return sections
    const longest = Object.values(lists).sort((a, b) => b.join('').length - a.join('').length)[0]!
    if (longest.pop() === undefined) return sections // a title of 200 tokens; budget warns about it
  }
}

/** The guide for whoever changes the feature: every statement comes with its place. */
export function aiDoc(facts: Facts): Section[] {
  const { spec, plan } = facts.documents
  const at = (line: number) => `${specPlace(facts)}:${line}`
  const stories = spec?.spec.stories ?? []
  const answered = (spec?.spec.clarifications ?? []).filter(({ answer }) => answer !== undefined)
  const code = facts.code.filter(({ isTest }) => !isTest)
  const tests = facts.code.filter(({ isTest }) => isTest)
  return [
    { heading: `# ${nameOf(facts)}: Guide for Agents`, body: whatOf(facts) },
    part(
      'Code Map',
      table(
        ['File', 'Declares', 'Tasks'],
        code.map((one) => [
          place(one, facts),
          one.declares
            .slice(0, 6)
            .map(({ name, line }) => `${name}:${line}`)
            .join(', '),
          one.tasks.join(', '),
        ]),
      ),
    ),
    part(
      'Data Flow',
      stories
        .flatMap(({ id, title, scenarios }) => [
          `**${id}** ${title}`,
          ...scenarios.map(
            (one) =>
              `- ${one.id} (${at(one.line)}): ${one.steps.map(({ keyword, text }) => `${keyword} ${clip(text, 80)}`).join('; ')}`,
          ),
        ])
        .join('\n'),
    ),
    part(
      'Key Parts',
      [
        ...(plan?.fields ?? []).map(({ name, value }) => `- ${name}: ${clip(value, 120)}`),
        ...answered.map(({ question, answer, line }) => `- ${question} → ${answer} (${at(line)})`),
      ].join('\n'),
    ),
    part(
      'Integration Points',
      [
        ...facts.operations.map(
          (one) => `- ${operationName(one)} (${relative(one.source.file, facts)}:${one.line})`,
        ),
        ...facts.events.map(
          ({ eventType, line, file }) => `- event ${eventType} (${relative(file, facts)}:${line})`,
        ),
        ...integration(facts),
      ].join('\n'),
    ),
    part(
      'Testing',
      [
        `- \`specify test ${facts.documents.feature.path}\` runs the scenarios`,
        ...tests.map((one) => `- ${place(one, facts)}`),
      ].join('\n'),
    ),
    part(
      'Modification Guide',
      table(
        ['Requirement', 'Where'],
        [...(spec?.spec.requirements ?? [])]
          .map(({ id, line }) => [
            `${id} (${at(line)})`,
            facts.code
              .filter(({ requirements }) => requirements.includes(id))
              .map((one) => place(one, facts))
              .join(', '),
          ])
          .filter(([, where]) => where !== ''),
      ),
    ),
    part('Gotchas', facts.edgeCases.map((text) => `- ${text}`).join('\n')),
  ].filter(({ heading, body }) => body !== '' || heading.startsWith('# '))
}

function part(title: string, body: string): Section {
  return { heading: `## ${title}`, body }
}

function nameOf({ documents: { feature, spec } }: Facts): string {
  return feature.service ?? spec?.spec.title ?? feature.id
}

/** The first story's wish, or the title. */
function whatOf({ documents: { feature, spec } }: Facts): string {
  const story = spec?.spec.stories[0]
  const title = spec?.spec.title ?? feature.id
  return story === undefined || story.title === '' ? title : `${title}: ${clip(story.title, 100)}`
}

function integration({ documents: { spec }, events }: Facts): string[] {
  if (spec === undefined) return events.map(({ eventType }) => `- Publishes ${eventType}`)
  const { upstreamServices, downstreamServices, eventsConsumed, eventsPublished } = spec.spec
  const published = new Set([...eventsPublished, ...events].map(({ eventType }) => eventType))
  return [
    ...downstreamServices.map(({ service }) => `- Called by ${service}`),
    ...upstreamServices.map(({ service }) => `- Calls ${service}`),
    ...eventsConsumed.map(({ eventType }) => `- Consumes ${eventType}`),
    ...[...published].map((eventType) => `- Publishes ${eventType}`),
  ]
}

/** `src/order.ts:12`: where its main declaration is, as seen from the service. */
function place(code: CodeFile, facts: Facts): string {
  const line = mainOf(code)?.line
  return `${relative(code.file, facts)}${line === undefined ? '' : `:${line}`}`
}

/** What the file is named after (`place-order.ts`: placeOrder), or the first thing it declares. */
function mainOf({ file, declares }: CodeFile): Declaration | undefined {
  const name = posix.basename(file).replace(/\..*$/, '').replaceAll(/[-_]/g, '').toLowerCase()
  return declares.find((one) => one.name.replaceAll('_', '').toLowerCase() === name) ?? declares[0]
}

/** The spec as seen from the feature's folder: `spec.md`, or `../003-refunds.md` where it lies beside the folder. */
function specPlace({ documents: { feature, spec } }: Facts): string {
  return posix.relative(feature.path, spec?.markdown.file ?? `${feature.path}/spec.md`)
}

function detailsLink(place: string): string {
  return `[${posix.basename(place)}](${place.startsWith('.') ? place : `./${place}`})`
}

function relative(file: string, { documents: { feature } }: Facts): string {
  const owner = /^(.+?\/)(?:docs\/|\.specify\/)?specs\//.exec(feature.path)?.[1] ?? ''
  return file.startsWith(owner) ? file.slice(owner.length) : posix.relative(owner, file)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function clip(text: string, length: number): string {
  const plain = text.replaceAll(/[*`]/g, '').trim()
  return plain.length <= length ? plain : `${plain.slice(0, length - 1).trimEnd()}…`
}

import type { Spec } from '../spec/model.ts'
import type { Problem, Rule } from './rule.ts'

// A section is there if its heading is, in any language we know, or if its content is: stories by any name will do.
const SECTIONS: readonly {
  readonly name: string
  readonly heading: RegExp
  readonly hint: string
  readonly isPresent: (spec: Spec) => boolean
}[] = [
  {
    name: 'User Scenarios',
    heading:
      /user (?:scenarios?|stor)|scenarios?\b|cenários|escenarios|scénarios|szenarien|сценар|场景|場景|シナリオ|시나리오|سيناريو/iu,
    hint: 'Add "## User Scenarios & Testing" with one "### User Story 1 - … (Priority: P1)" per story.',
    isPresent: ({ stories }) => stories.length > 0,
  },
  {
    name: 'Requirements',
    heading: /requirement|requisito|exigence|anforderung|требован|需求|要求|要件|요구|متطلبات/iu,
    hint: 'Add "## Requirements" with lines such as "- **FR-001**: The system MUST …".',
    isPresent: ({ requirements }) => requirements.length > 0,
  },
  {
    name: 'Success Criteria',
    heading:
      /success|criteri|critéri|critères|kriteri|erfolg|критери|标准|標準|基準|기준|معايير|performance|non-?functional|acceptance checklist/iu,
    hint: 'Add "## Success Criteria" with measurable lines such as "- **SC-001**: 95 % of logins take under 1 s".',
    isPresent: ({ criteria }) => criteria.length > 0,
  },
]

export const missingSpecSection: Rule = {
  code: 'missing-spec-section',
  severity: 'error',
  why: 'Without stories nobody knows for whom, without requirements what, without criteria when it is good enough.',
  example: {
    wrong: '# Login\n\n## Requirements\n…',
    right: '## User Scenarios & Testing, ## Requirements, ## Success Criteria',
  },
  reads: 'spec',

  *check({ spec, markdown }): Iterable<Problem> {
    if (markdown.prose.trim() === '') return // empty-file says it
    const titles = spec.headings.filter(({ depth }) => depth > 1).map(({ text }) => text)
    for (const { name, heading, hint, isPresent } of SECTIONS)
      if (!isPresent(spec) && !titles.some((title) => heading.test(title)))
        yield { line: 1, message: `The section "${name}" is missing.`, hint }
  },
}

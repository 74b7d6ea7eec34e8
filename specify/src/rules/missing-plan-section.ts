import type { Problem, Rule } from './rule.ts'

const SECTIONS = [
  {
    name: 'Summary',
    heading:
      /summary|overview|resumo|resumen|résumé|zusammenfassung|概要|摘要|总结|요약|ملخص|contexto|context\b|objetivo|goal/iu,
    hint: 'Add "## Summary": the main requirement and the technical approach, in a few sentences.',
  },
  {
    name: 'Technical Context',
    heading:
      /techni|technolog|stack|técnic|technisch|технич|技术|技術|기술|تقني|architect|arquitetura|arquitectura|abordagem|approach|design/iu,
    hint: 'Add "## Technical Context" with Language/Version, Primary Dependencies, Storage and Testing.',
  },
  {
    name: 'Project Structure',
    heading:
      /structure|estrutura|estructura|struktur|структур|结构|結構|構造|構成|구조|هيكل|files?\b|arquivos|ficheiros|layout|phases?|fases?|components|módulos|modules/iu,
    hint: 'Add "## Project Structure": the folders and files the feature touches.',
  },
] as const

export const missingPlanSection: Rule = {
  code: 'missing-plan-section',
  severity: 'warning',
  why: 'Tasks are cut from the plan: without the stack and the files they would touch, each task is a new decision.',
  example: {
    wrong: '# Plan\n\nWe will use Node.',
    right: '## Summary, ## Technical Context, ## Project Structure',
  },
  reads: 'plan',

  *check({ markdown }): Iterable<Problem> {
    if (markdown.prose.trim() === '') return
    const titles = markdown.headings.filter(({ depth }) => depth > 1).map(({ text }) => text)
    for (const { name, heading, hint } of SECTIONS)
      if (!titles.some((title) => heading.test(title)))
        yield { line: 1, message: `The section "${name}" is missing.`, hint }
  },
}

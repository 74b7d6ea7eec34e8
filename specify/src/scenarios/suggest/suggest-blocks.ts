import type { Contracts } from '../../contracts/model.ts'
import { operationName } from '../../contracts/model.ts'
import type { NamedScenario } from '../choose-scenarios.ts'
import { bestOperation } from './rank-operations.ts'
import { draftBlock } from './draft-block.ts'

export type Suggestion = {
  readonly id: string
  readonly file: string
  /** The last line of the scenario: the draft belongs after it. */
  readonly endLine: number
  readonly line: number
  readonly operation: string
  readonly block: string
}

/** A draft for every scenario without a block whose words fit an operation of its service; the others by their ids. */
export function suggestBlocks(
  scenarios: readonly NamedScenario[],
  contracts: Contracts,
): { drafts: Suggestion[]; without: string[] } {
  const drafts: Suggestion[] = []
  const without: string[] = []
  for (const { id, spec, scenario } of scenarios) {
    if (scenario.blocks.length > 0) continue
    const own = contracts.apis.filter(({ source }) => source.service === spec.service)
    const operations = (own.length > 0 ? own : contracts.apis).flatMap(({ operations }) => operations)
    const text = scenario.steps.map((step) => step.text).join(' ')
    const when = scenario.steps.filter(({ keyword }) => keyword === 'when').map((step) => step.text)
    const operation = bestOperation(text, when.join(' '), operations)
    if (operation === undefined) {
      without.push(id)
      continue
    }
    drafts.push({
      id,
      file: spec.file,
      line: scenario.line,
      endLine: scenario.endLine,
      operation: operationName(operation),
      block: draftBlock(operation, text),
    })
  }
  return { drafts, without }
}

/** The text of a spec with the drafts below their scenarios, indented as far as each scenario's own text. */
export function withDrafts(text: string, drafts: readonly Suggestion[]): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(/\r?\n/)
  for (const { line, endLine, block } of drafts.toSorted((a, b) => b.endLine - a.endLine)) {
    const marker = /^\s*(?:\d+[.)]|[-*+])\s+/.exec(lines[line - 1] ?? '')?.[0].length ?? 0
    const indent = ' '.repeat(marker)
    const fenced = ['```hurl', ...block.split('\n'), '```'].map((each) => (each === '' ? '' : indent + each))
    const isLast = endLine >= lines.length || lines[endLine]?.trim() !== ''
    lines.splice(endLine, 0, '', ...fenced, ...(isLast ? [''] : []))
  }
  return lines.join(lineEnd)
}

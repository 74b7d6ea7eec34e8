import type { Finding } from '@specwright/cli/finding.ts'
import type { Workspace } from '../workspace/model.ts'
import { allRules } from './all-rules.ts'
import type { AnyDocument, FeatureDocuments, Problem, Rule } from './rule.ts'

export type DocumentKind = AnyDocument['kind']

/** What every rule says about one document by itself. */
export function checkDocument(document: AnyDocument, rules: readonly Rule[] = allRules): Finding[] {
  return rules.flatMap((rule) => toFindings(rule, [...problemsOf(rule, document)], document.markdown.file))
}

/** What the rules that compare the files of one feature say. */
export function checkFeature(documents: FeatureDocuments, rules: readonly Rule[] = allRules): Finding[] {
  return rules.flatMap((rule) =>
    rule.reads === 'feature' ? toFindings(rule, [...rule.check(documents)], undefined) : [],
  )
}

export function checkWorkspace(workspace: Workspace, rules: readonly Rule[] = allRules): Finding[] {
  return rules.flatMap((rule) =>
    rule.reads === 'workspace' ? toFindings(rule, [...rule.check(workspace)], undefined) : [],
  )
}

function problemsOf(rule: Rule, document: AnyDocument): Iterable<Problem> {
  switch (rule.reads) {
    case 'document':
      return rule.check(document)
    case 'spec':
      return document.kind === 'spec' ? rule.check(document) : []
    case 'plan':
      return document.kind === 'plan' ? rule.check(document) : []
    case 'tasks':
      return document.kind === 'tasks' ? rule.check(document) : []
    case 'constitution':
      return document.kind === 'constitution' ? rule.check(document) : []
    case 'feature':
    case 'workspace':
      return []
  }
}

function toFindings(
  { code, severity }: Rule,
  problems: readonly Problem[],
  file: string | undefined,
): Finding[] {
  return problems.map((problem) => ({ code, severity, file, ...problem }))
}

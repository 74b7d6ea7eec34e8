import type { Severity } from '@specwright/cli/finding.ts'
import type { MarkdownFile } from '../spec/markdown.ts'
import type { PlanField, Principle, Spec, Task } from '../spec/model.ts'
import type { Feature, Workspace } from '../workspace/model.ts'

export type SpecDocument = { readonly kind: 'spec'; readonly markdown: MarkdownFile; readonly spec: Spec }
export type PlanDocument = {
  readonly kind: 'plan'
  readonly markdown: MarkdownFile
  readonly fields: readonly PlanField[]
}
export type TasksDocument = {
  readonly kind: 'tasks'
  readonly markdown: MarkdownFile
  readonly tasks: readonly Task[]
}
export type ConstitutionDocument = {
  readonly kind: 'constitution'
  readonly markdown: MarkdownFile
  readonly principles: readonly Principle[]
}
export type AnyDocument = SpecDocument | PlanDocument | TasksDocument | ConstitutionDocument

/** What stands in one feature's folder, for rules that compare its files. */
export type FeatureDocuments = {
  readonly feature: Feature
  readonly spec?: SpecDocument
  readonly plan?: PlanDocument
  readonly tasks?: TasksDocument
}

/** What a rule found; the engine adds code, severity and, where the rule reads one document, the file. */
export type Problem = {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly message: string
  readonly hint: string
}

type Described = {
  /** Kebab-case and stable: part of the API. */
  readonly code: string
  readonly severity: Severity
  /** One or two sentences for docs/rules.md: what goes wrong without the rule. */
  readonly why: string
  readonly example: { readonly wrong: string; readonly right: string }
}

export type Rule = Described &
  (
    | { readonly reads: 'document'; check(document: AnyDocument): Iterable<Problem> }
    | { readonly reads: 'spec'; check(document: SpecDocument): Iterable<Problem> }
    | { readonly reads: 'plan'; check(document: PlanDocument): Iterable<Problem> }
    | { readonly reads: 'tasks'; check(document: TasksDocument): Iterable<Problem> }
    | { readonly reads: 'constitution'; check(document: ConstitutionDocument): Iterable<Problem> }
    | { readonly reads: 'feature'; check(documents: FeatureDocuments): Iterable<Problem> }
    | { readonly reads: 'workspace'; check(workspace: Workspace): Iterable<Problem> }
  )

import type { Finding } from '@specwright/cli/finding.ts'
import { contentKey, type Cache } from '../cache/open-cache.ts'
import { featureName } from '../workspace/feature-name.ts'
import type { Spec } from '../spec/model.ts'
import type { Feature } from '../workspace/model.ts'
import { checkDocument, checkFeature } from './check.ts'
import { parseFeature, readFeatureFiles } from './read-documents.ts'
import type { FeatureDocuments } from './rule.ts'

const KINDS = ['spec', 'plan', 'tasks'] as const

/** What `validate` needs to know about a feature: everything the rules say of each file, and nothing of the texts. */
export type CheckedFeature = {
  readonly report: FeatureReport
  readonly documents: readonly CheckedDocument[]
  /** What the rules that compare the files of the feature say. */
  readonly across: readonly Finding[]
  /** Where the spec has executable blocks, which other files (the contracts) are held against. */
  readonly specWithBlocks?: Spec
}

export type CheckedDocument = {
  readonly kind: 'spec' | 'plan' | 'tasks' | 'constitution'
  readonly file: string
  readonly bytes: number
  readonly findings: readonly Finding[]
}

export type FeatureReport = {
  readonly feature: string
  readonly path: string
  readonly stories: number
  readonly scenarios: number
  /** Scenarios with at least one executable block. */
  readonly boundScenarios: number
  readonly requirements: number
  readonly criteria: number
  readonly tasks: number
  readonly doneTasks: number
}

/** Reads a feature's files and checks them, or remembers what the same bytes gave before. */
export function checkFeatureFiles(
  root: string,
  feature: Feature,
  cache: Cache<CheckedFeature>,
): { checked: CheckedFeature; findings: readonly Finding[] } {
  const { texts, findings } = readFeatureFiles(root, feature)
  const key = contentKey([JSON.stringify(feature), ...KINDS.map((kind) => texts[kind] ?? 'absent')])
  const known = cache.get(feature.path, key)
  if (known !== undefined) return { checked: known, findings }
  const checked = check(parseFeature(feature, texts))
  if (findings.length === 0) cache.set(feature.path, key, checked) // an unreadable file may be readable next time
  return { checked, findings }
}

function check(documents: FeatureDocuments): CheckedFeature {
  const { spec } = documents
  const hasBlocks = spec?.spec.stories.some(({ scenarios }) =>
    scenarios.some(({ blocks }) => blocks.length > 0),
  )
  return {
    report: report(documents),
    documents: KINDS.flatMap((kind) => {
      const document = documents[kind]
      if (document === undefined) return []
      const { file, text } = document.markdown
      return [{ kind, file, bytes: Buffer.byteLength(text), findings: checkDocument(document) }]
    }),
    across: checkFeature(documents),
    ...(hasBlocks && { specWithBlocks: spec!.spec }),
  }
}

function report({ feature, spec, tasks }: FeatureDocuments): FeatureReport {
  const scenarios = spec?.spec.stories.flatMap((story) => story.scenarios) ?? []
  return {
    feature: featureName(feature.service, feature.id),
    path: feature.path,
    stories: spec?.spec.stories.length ?? 0,
    scenarios: scenarios.length,
    boundScenarios: scenarios.filter(({ blocks }) => blocks.length > 0).length,
    requirements: spec?.spec.requirements.length ?? 0,
    criteria: spec?.spec.criteria.length ?? 0,
    tasks: tasks?.tasks.length ?? 0,
    doneTasks: tasks?.tasks.filter(({ isDone }) => isDone).length ?? 0,
  }
}

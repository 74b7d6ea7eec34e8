import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseMarkdown, type MarkdownFile } from '../spec/markdown.ts'
import { parsePrinciples } from '../spec/parse-constitution.ts'
import { parsePlanFields } from '../spec/parse-plan.ts'
import { specFrom } from '../spec/parse-spec.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import type { Feature } from '../workspace/model.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'
import type { ConstitutionDocument, FeatureDocuments } from './rule.ts'

/** Reads and parses what stands in a feature's folder. A file that cannot be read is a finding. */
export async function readFeature(
  root: string,
  feature: Feature,
): Promise<{ documents: FeatureDocuments; findings: Finding[] }> {
  const { texts, findings } = readFeatureFiles(root, feature)
  return { documents: parseFeature(feature, texts), findings }
}

export type FeatureTexts = { readonly [Kind in 'spec' | 'plan' | 'tasks']?: Uint8Array }

/** The bytes of a feature's spec, plan and tasks, unparsed. */
export function readFeatureFiles(
  root: string,
  { files }: Feature,
): { texts: FeatureTexts; findings: Finding[] } {
  const findings: Finding[] = []
  const texts: { -readonly [Kind in keyof FeatureTexts]: FeatureTexts[Kind] } = {}
  for (const kind of ['spec', 'plan', 'tasks'] as const) {
    const file = files[kind]
    if (file === undefined) continue
    try {
      texts[kind] = readBytes(join(root, file))
    } catch (error) {
      findings.push(unreadable(file, error))
    }
  }
  return { texts, findings }
}

/** Parses what `readFeatureFiles` read. */
export function parseFeature(feature: Feature, texts: FeatureTexts): FeatureDocuments {
  const [spec, plan, tasks] = (['spec', 'plan', 'tasks'] as const).map((kind) =>
    texts[kind] === undefined ? undefined : parseMarkdown(decodeText(texts[kind]), feature.files[kind]!),
  )
  const place = { service: feature.service, featureId: feature.id }
  return {
    feature,
    ...(spec && {
      spec: { kind: 'spec', markdown: spec, spec: specFrom(spec, { file: spec.file, ...place }) },
    }),
    ...(plan && { plan: { kind: 'plan', markdown: plan, fields: parsePlanFields(plan) } }),
    ...(tasks && { tasks: { kind: 'tasks', markdown: tasks, tasks: parseTasks(tasks) } }),
  }
}

export async function readConstitution(
  root: string,
  file: string,
): Promise<{ document: ConstitutionDocument | undefined; findings: Finding[] }> {
  const findings: Finding[] = []
  const markdown = readMarkdown(root, file, findings)
  return {
    document: markdown && { kind: 'constitution', markdown, principles: parsePrinciples(markdown) },
    findings,
  }
}

function readMarkdown(root: string, file: string, findings: Finding[]): MarkdownFile | undefined {
  try {
    return parseMarkdown(decodeText(readBytes(join(root, file))), file)
  } catch (error) {
    findings.push(unreadable(file, error))
    return undefined
  }
}

function unreadable(file: string, error: unknown): Finding {
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    hint: 'Check its size and who may read it.',
    file,
  }
}

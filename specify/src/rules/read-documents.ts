import { join } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseMarkdown, type MarkdownFile } from '../spec/markdown.ts'
import { parsePrinciples } from '../spec/parse-constitution.ts'
import { parsePlanFields } from '../spec/parse-plan.ts'
import { specFrom } from '../spec/parse-spec.ts'
import { parseTasks } from '../spec/parse-tasks.ts'
import type { Feature } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'
import type { ConstitutionDocument, FeatureDocuments } from './rule.ts'

/** Reads and parses what stands in a feature's folder. A file that cannot be read is a finding. */
export async function readFeature(
  root: string,
  feature: Feature,
): Promise<{ documents: FeatureDocuments; findings: Finding[] }> {
  const findings: Finding[] = []
  const [spec, plan, tasks] = await Promise.all(
    [feature.files.spec, feature.files.plan, feature.files.tasks].map((file) =>
      readMarkdown(root, file, findings),
    ),
  )
  const place = { service: feature.service, featureId: feature.id }
  return {
    documents: {
      feature,
      ...(spec && {
        spec: { kind: 'spec', markdown: spec, spec: specFrom(spec, { file: spec.file, ...place }) },
      }),
      ...(plan && { plan: { kind: 'plan', markdown: plan, fields: parsePlanFields(plan) } }),
      ...(tasks && { tasks: { kind: 'tasks', markdown: tasks, tasks: parseTasks(tasks) } }),
    },
    findings,
  }
}

export async function readConstitution(
  root: string,
  file: string,
): Promise<{ document: ConstitutionDocument | undefined; findings: Finding[] }> {
  const findings: Finding[] = []
  const markdown = await readMarkdown(root, file, findings)
  return {
    document: markdown && { kind: 'constitution', markdown, principles: parsePrinciples(markdown) },
    findings,
  }
}

async function readMarkdown(
  root: string,
  file: string | undefined,
  findings: Finding[],
): Promise<MarkdownFile | undefined> {
  if (file === undefined) return undefined
  try {
    return parseMarkdown(await readText(join(root, file)), file)
  } catch (error) {
    findings.push({
      code: 'unreadable-file',
      severity: 'error',
      message: `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Check its size and who may read it.',
      file,
    })
    return undefined
  }
}

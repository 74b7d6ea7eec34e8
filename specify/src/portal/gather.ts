import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { sortFindings, type Finding } from '@specwright/cli/finding.ts'
import { tokenCounter } from '../context/count-tokens.ts'
import { catalogOf } from '../contracts/catalog.ts'
import { readFrom } from '../contracts/files-alone.ts'
import { buildGraph } from '../contracts/graph.ts'
import { readUses } from '../contracts/read-uses.ts'
import { checkContracts } from '../contracts/rules/all-rules.ts'
import { checkDocument, checkFeature, checkWorkspace } from '../rules/check.ts'
import { readConstitution, readFeature } from '../rules/read-documents.ts'
import type { FeatureDocuments } from '../rules/rule.ts'
import type { MarkdownFile } from '../spec/markdown.ts'
import { locate } from '../tasks/evidence.ts'
import { findMentions } from '../trace/find-mentions.ts'
import { traceFeature, type Run } from '../trace/trace-feature.ts'
import { featureName } from '../workspace/feature-name.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { decodeText, readBytes } from '../workspace/read-text.ts'
import { addressesOf } from './addresses.ts'
import type { LastRun } from './last-run.ts'
import type { Portal, PortalFeature, Tokens } from './model.ts'
import { indexOf } from './portal-index.ts'
import {
  remember,
  rememberContracts,
  rememberScenarioFindings,
  stamper,
  type Remembered,
} from './remember.ts'

const WINDOW = 200_000

export type Gatherer = {
  /** Everything the portal shows, as the files are now. Throws CliError `no-workspace`. */
  gather(run: LastRun | undefined): Promise<Portal>
}

/** What was made from a file is made again only when the file has changed. */
export function openGatherer(root: string, signal: AbortSignal): Gatherer {
  const documentsOf = remember<{ documents: FeatureDocuments; findings: Finding[] }>()
  const tokensOf = remember<number>()
  const contractOf = rememberContracts()
  const scenariosOf = rememberScenarioFindings()

  return {
    async gather(run) {
      const { workspace, findings: opening } = await openWorkspace(root)
      const stampOf = stamper(workspace.root)
      const findings: Finding[] = [...opening, ...checkWorkspace(workspace)]

      const documents: { feature: Feature; documents: FeatureDocuments }[] = []
      for (const [i, feature] of workspace.features.entries()) {
        if (i % 64 === 0) await pause(signal)
        const stamp = JSON.stringify(feature) + Object.values(feature.files).map(stampOf).join()
        const read = await documentsOf(feature.path, stamp, () => parsed(workspace, feature))
        documents.push({ feature, documents: read.documents })
        findings.push(...read.findings)
      }
      const specs = documents.flatMap(({ documents: { spec } }) => (spec === undefined ? [] : [spec.spec]))

      const contracts = await contractOf(workspace, stampOf)
      const declared = await readUses(workspace, contracts, (file) => readFrom(workspace, file))
      const graph = buildGraph(workspace, specs, contracts, declared.uses)
      findings.push(...contracts.findings, ...declared.findings)
      findings.push(...checkContracts(graph).map(({ finding }) => finding))
      findings.push(...scenariosOf(workspace, specs, contracts))
      findings.push(...(await constitutionFindings(workspace)))

      await pause(signal)
      const features = await traced(workspace, documents, run)
      const portal = {
        name: basename(workspace.root),
        workspace,
        contracts,
        graph,
        catalog: catalogOf(graph),
        features,
        findings: sortFindings(findings),
        run,
        tokens: await countTokens(workspace, tokensOf, stampOf, signal),
        addresses: addressesOf(workspace, contracts),
      }
      return { ...portal, index: indexOf(portal) }
    },
  }
}

async function parsed(
  { root }: Workspace,
  feature: Feature,
): Promise<{ documents: FeatureDocuments; findings: Finding[] }> {
  const { documents, findings } = await readFeature(root, feature)
  const kinds = [documents.spec, documents.plan, documents.tasks].filter((each) => each !== undefined)
  return {
    documents: withoutTrees(documents),
    findings: [...findings, ...kinds.flatMap((each) => checkDocument(each)), ...checkFeature(documents)],
  }
}

/** The trees of two thousand files would take a gigabyte; whoever shows a file parses it again. */
function withoutTrees({ feature, spec, plan, tasks }: FeatureDocuments): FeatureDocuments {
  const bare = (markdown: MarkdownFile): MarkdownFile => ({
    ...markdown,
    prose: '',
    root: { type: 'root', children: [] },
  })
  return {
    feature,
    ...(spec && { spec: { ...spec, markdown: bare(spec.markdown) } }),
    ...(plan && { plan: { ...plan, markdown: bare(plan.markdown) } }),
    ...(tasks && { tasks: { ...tasks, markdown: bare(tasks.markdown) } }),
  }
}

async function constitutionFindings({ root, constitution }: Workspace): Promise<Finding[]> {
  if (constitution === undefined) return []
  const { document, findings } = await readConstitution(root, constitution)
  return [...findings, ...(document === undefined ? [] : checkDocument(document))]
}

async function traced(
  workspace: Workspace,
  all: readonly { readonly feature: Feature; readonly documents: FeatureDocuments }[],
  run: LastRun | undefined,
): Promise<PortalFeature[]> {
  const mentions = await findMentions(workspace)
  const runs = Map.groupBy(run?.results ?? [], ({ id }) => id.split('#')[0]!)
  return all.map(({ feature, documents }) => {
    const name = featureName(feature.service, feature.id)
    const places = new Map<string, string | undefined>()
    const place = (path: string) => {
      if (!places.has(path)) places.set(path, locate(workspace, feature, path))
      return places.get(path)
    }
    const own = (runs.get(name) ?? []).map(({ id, outcome, title }): Run => ({
      id: id.slice(name.length + 1),
      outcome: outcome === 'unbound' ? 'skipped' : outcome,
      name: title,
    }))
    const tests = mentions.get(feature.path) ?? []
    const requirements = traceFeature({ documents, place, tests, runs: own })
    return { feature, name, title: titleOf(feature, documents), documents, requirements }
  })
}

/** `Feature Specification: Order Management` is about order management; without a title the folder's name speaks. */
function titleOf({ id }: Feature, { spec }: FeatureDocuments): string {
  const title = spec?.spec.title?.replace(/^(?:feature )?spec(?:ification)?\s*[:–—-]\s*/i, '').trim()
  if (title !== undefined && title !== '') return title
  const words = id.replace(/^[A-Z]?\d+(?:-\d{6})?-/, '').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

async function countTokens(
  workspace: Workspace,
  tokensOf: Remembered<number>,
  stampOf: (file: string) => string,
  signal: AbortSignal,
): Promise<Tokens> {
  const count = await tokenCounter()
  const files: { file: string; tokens: number }[] = []
  const paths = workspace.features.flatMap((feature) => Object.values(feature.files))
  for (const [i, file] of [...new Set(paths)].entries()) {
    if (i % 64 === 0) await pause(signal)
    const tokens = await tokensOf(file, stampOf(file), () => tokensIn(workspace, file, count))
    files.push({ file, tokens })
  }
  files.sort((a, b) => b.tokens - a.tokens || (a.file < b.file ? -1 : 1))
  return { total: files.reduce((sum, { tokens }) => sum + tokens, 0), window: WINDOW, files }
}

function tokensIn({ root }: Workspace, file: string, count: (text: string) => number): number {
  try {
    return count(decodeText(readBytes(join(root, file))))
  } catch {
    return 0 // a finding already says that it cannot be read
  }
}

/** Lets Ctrl-C and answers through in the middle of long work. */
async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}

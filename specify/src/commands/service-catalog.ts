import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { catalogHtml, graphHtml } from '../contracts/catalog-html.ts'
import { catalogMarkdown, graphMarkdown } from '../contracts/catalog-markdown.ts'
import { mermaidGraph } from '../contracts/catalog-mermaid.ts'
import { catalogOf, type Catalog } from '../contracts/catalog.ts'
import { buildGraph } from '../contracts/graph.ts'
import { loadContracts } from '../contracts/load-contracts.ts'
import { readSpecs } from '../scenarios/read-specs.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

const CATALOG_FILE = 'docs/SERVICE-CATALOG.md'

export const serviceCatalog = command({
  name: 'service-catalog',
  summary: 'List the services with endpoints, events and dependencies; write docs/SERVICE-CATALOG.md',
  description: `Prints the catalog made from contracts and specs, and writes docs/SERVICE-CATALOG.md when there is none yet. A file that
is there is left alone: if it no longer says what the contracts say, that is an error ("catalog-stale", exit code 1),
so that CI notices. --regenerate writes it anew; --dry-run says what would be written.`,
  options: {
    regenerate: { type: 'boolean', summary: 'Write the file anew, replacing the old one' },
    'graph-only': { type: 'boolean', summary: 'Print only the dependency graph; write nothing' },
    format: {
      type: 'string',
      placeholder: 'form',
      default: 'md',
      choices: ['md', 'json', 'mermaid', 'html'],
      summary: 'What to print: Markdown, JSON, a Mermaid flowchart or a page of HTML',
    },
    'dry-run': { type: 'boolean', summary: 'Write nothing' },
  },
  examples: [
    { run: 'specify service-catalog', does: 'Print the catalog, and check that the file is up to date' },
    { run: 'specify service-catalog --regenerate', does: 'Write docs/SERVICE-CATALOG.md' },
    {
      run: 'specify service-catalog --graph-only --format mermaid',
      does: 'Print the graph for a Mermaid viewer',
    },
  ],

  async run({ options, cwd, say }) {
    const { workspace, findings: opening } = await openWorkspace(cwd)
    const { root } = workspace
    const contracts = await loadContracts(workspace)
    const { specs, findings: reading } = await readSpecs(workspace, workspace.features)
    const catalog = catalogOf(buildGraph(workspace, specs, contracts))
    const findings: Finding[] = [...contracts.findings, ...reading]
    const markdown = catalogMarkdown(catalog)
    const path = join(root, CATALOG_FILE)
    const old = existsSync(path) ? (await readText(path)).replaceAll('\r\n', '\n') : undefined
    const shown = pathFrom(cwd, root, CATALOG_FILE)
    const isDue = !options['graph-only'] && old !== markdown && (options.regenerate || old === undefined)
    if (isDue && options['dry-run']) say(`would write ${shown}`)
    else if (isDue) {
      await writeFileAtomic(path, markdown)
      say(`wrote ${shown}`)
    } else if (old !== undefined && old !== markdown && !options['graph-only'])
      findings.push(stale(old, markdown))
    return {
      data: { file: CATALOG_FILE, written: isDue && !options['dry-run'], ...catalog },
      findings: [...opening, ...findings.map((finding) => seenFrom(cwd, root, finding))],
      // Anything but Markdown is read by programs: findings go to stderr then.
      ...(options.format !== 'md' && { raw: true as const }),
      text: () => printed(catalog, options.format, options['graph-only'], markdown),
    }
  },
})

function printed(catalog: Catalog, form: string, graphOnly: boolean, markdown: string): string {
  if (form === 'mermaid') return `${mermaidGraph(catalog)}\n`
  if (form === 'html') return graphOnly ? `${graphHtml(catalog)}\n` : catalogHtml(catalog)
  if (form === 'json') return `${JSON.stringify(graphOnly ? catalog.edges : catalog, null, 2)}\n`
  return graphOnly ? graphMarkdown(catalog).join('\n') : markdown
}

function stale(old: string, now: string): Finding {
  const [oldLines, nowLines] = [old.split('\n'), now.split('\n')]
  const line = nowLines.findIndex((each, i) => each !== oldLines[i])
  return {
    code: 'catalog-stale',
    severity: 'error',
    message: 'The catalog no longer says what contracts and specs say; this is the first line that differs.',
    hint: 'Run "specify service-catalog --regenerate".',
    file: CATALOG_FILE,
    line: Math.min(line === -1 ? nowLines.length : line + 1, oldLines.length),
  }
}

import { asciiGraph } from './catalog-ascii.ts'
import { mermaidGraph } from './catalog-mermaid.ts'
import type { Catalog, CatalogService } from './catalog.ts'

/** The file docs/SERVICE-CATALOG.md. No date in it: it changes only when the contracts do. */
export function catalogMarkdown(catalog: Catalog): string {
  return [
    '# Microservices Catalog',
    '',
    '<!-- Written by "specify service-catalog --regenerate" from contracts and specs. Edits are overwritten. -->',
    '',
    '## Service List',
    '',
    ...catalog.services.flatMap(serviceSection),
    ...graphMarkdown(catalog),
  ].join('\n')
}

/** The part "Dependency Graph" alone. */
export function graphMarkdown(catalog: Catalog): string[] {
  return [
    '## Dependency Graph',
    '',
    'Solid arrows are calls, dotted arrows are events.',
    '',
    '```mermaid',
    mermaidGraph(catalog),
    '```',
    '',
    '```text',
    asciiGraph(catalog),
    '```',
    '',
  ]
}

function serviceSection(service: CatalogService, i: number): string[] {
  const { name, type, endpoints, eventsPublished, eventsConsumed, dependencies, dependents, isImplemented } =
    service
  const names = endpoints.map((endpoint) => endpoint.operationId ?? endpoint.name)
  return [
    `### ${i + 1}. ${name}`,
    `**Type:** ${type}${isImplemented ? '' : ' (not yet implemented)'}  `,
    `**Endpoints:** ${endpoints.length}${names.length === 0 ? '' : ` (${names.join(', ')})`}  `,
    `**Events Published:** ${listed(eventsPublished)}  `,
    `**Events Consumed:** ${listed(eventsConsumed)}  `,
    `**Dependencies:** ${listed(dependencies.map((each) => `↑ ${each}`))}  `,
    `**Dependents:** ${listed(dependents.map((each) => `↓ ${each}`))}`,
    '',
    ...endpointTable(endpoints),
  ]
}

function endpointTable(endpoints: CatalogService['endpoints']): string[] {
  if (endpoints.length === 0) return []
  return [
    '| Endpoint | Summary |',
    '|----------|---------|',
    ...endpoints.map(
      ({ name, summary }) =>
        `| \`${name}\` | ${(summary ?? '').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')} |`,
    ),
    '',
  ]
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'None' : names.join(', ')
}

import { asciiGraph } from './catalog-ascii.ts'
import type { Catalog, CatalogEdge, CatalogService } from './catalog.ts'

/** One page without scripts or anything from elsewhere: services, their endpoints and events, and who depends on whom. */
export function catalogHtml(catalog: Catalog): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Microservices Catalog</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Microservices Catalog</h1>
<nav aria-label="Services">
<ul>
${catalog.services.map(({ name }) => `<li><a href="#${idOf(name)}">${escaped(name)}</a></li>`).join('\n')}
</ul>
</nav>
<main>
${catalog.services.map((service) => section(service, catalog)).join('\n')}
${graphHtml(catalog)}
</main>
</body>
</html>
`
}

/** The part about dependencies alone. */
export function graphHtml(catalog: Catalog): string {
  return `<section aria-labelledby="dependencies">
<h2 id="dependencies">Dependency Graph</h2>
<table>
<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">By</th></tr></thead>
<tbody>
${catalog.edges.map((edge) => edgeRow(edge, catalog)).join('\n')}
</tbody>
</table>
<pre aria-hidden="true">${escaped(asciiGraph(catalog))}</pre>
</section>`
}

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; margin: .5rem 0 1rem }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ccc; vertical-align: top }
dt { font-weight: 600 } dd { margin: 0 0 .25rem 0 }
pre { overflow-x: auto }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } a { color: #9cf } th, td { border-color: #444 } }
`

function section(service: CatalogService, catalog: Catalog): string {
  const { name, type, isImplemented, endpoints, eventsPublished, eventsConsumed } = service
  return `<section aria-labelledby="${idOf(name)}">
<h2 id="${idOf(name)}">${escaped(name)}</h2>
<dl>
<dt>Type</dt><dd>${type}${isImplemented ? '' : ' (not yet implemented)'}</dd>
<dt>Events published</dt><dd>${listed(eventsPublished)}</dd>
<dt>Events consumed</dt><dd>${listed(eventsConsumed)}</dd>
<dt>Depends on</dt><dd>${links(service.dependencies, catalog)}</dd>
<dt>Used by</dt><dd>${links(service.dependents, catalog)}</dd>
</dl>
${endpoints.length === 0 ? '<p>No endpoints.</p>' : endpointTable(endpoints)}
</section>`
}

function endpointTable(endpoints: CatalogService['endpoints']): string {
  const rows = endpoints.map(
    ({ name, summary }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${escaped(summary ?? '')}</td></tr>`,
  )
  return `<table>
<caption>${endpoints.length} ${endpoints.length === 1 ? 'endpoint' : 'endpoints'}</caption>
<thead><tr><th scope="col">Endpoint</th><th scope="col">Summary</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`
}

function edgeRow(edge: CatalogEdge, catalog: Catalog): string {
  const how =
    edge.kind === 'calls' ? `call${edge.purpose === '' ? '' : `: ${edge.purpose}`}` : edge.events.join(', ')
  return `<tr><td>${links([edge.from], catalog)}</td><td>${links([edge.to], catalog)}</td><td>${escaped(how)}</td></tr>`
}

/** A service that is only spoken of has no section to lead to. */
function links(names: readonly string[], { services }: Catalog): string {
  const isHere = (name: string) => services.some((service) => service.name === name)
  const each = (name: string) =>
    isHere(name) ? `<a href="#${idOf(name)}">${escaped(name)}</a>` : escaped(name)
  return names.length === 0 ? 'None' : names.map(each).join(', ')
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'None' : names.map(escaped).join(', ')
}

/** Names of folders, with what an id must not hold written as numbers. */
function idOf(name: string): string {
  return `service-${name.replaceAll(/[^\w-]/g, (char) => `_${char.codePointAt(0)!.toString(16)}`)}`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

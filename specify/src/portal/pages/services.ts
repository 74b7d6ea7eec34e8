import type { CatalogEdge, CatalogService } from '../../contracts/catalog.ts'
import { graphSvg } from '../graph-svg.ts'
import { html, nothing, type Html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import {
  counted,
  empty,
  eventLink,
  listed,
  methodMark,
  placeLink,
  serviceLink,
  severityMark,
  table,
} from '../parts.ts'
import { featureTable } from './features.ts'
import { operationHref } from './contracts.ts'

const number = (label: string) => ({ label, isNumber: true as const })

/** The catalog: every service with what it offers and whom it needs. */
export function servicesPage(view: View): Page {
  const { services } = view.portal.catalog
  return {
    title: 'Services',
    section: 'services.html',
    body:
      services.length === 0
        ? empty(
            'There is no service here.',
            html`A service is a folder below <code>services/</code>, or below one that <code>roots</code> in <code>.speckit.config.json</code> names; it has <code>specs/</code> and maybe <code>contracts/</code>.`,
          )
        : table(
            'Services',
            [
              'Service',
              'Kind',
              number('Operations'),
              number('Publishes'),
              number('Takes in'),
              number('Needs'),
              number('Needed by'),
            ],
            services.map((service) => [
              html`${serviceLink(view, service.name)}${!service.isImplemented && html` <span class="tag">no code yet</span>`}`,
              service.type.replace(/ ?Service$/, '') || 'Other',
              service.endpoints.length,
              service.eventsPublished.length,
              service.eventsConsumed.length,
              service.dependencies.length,
              service.dependents.length,
            ]),
            'Narrow down',
          ),
  }
}

/** One service: neighbours, operations, events, features, findings. */
export function servicePage(view: View, service: CatalogService): Page {
  const { portal, to } = view
  const features = portal.index.featuresOfService.get(service.name) ?? []
  const findings = portal.index.findingsIn.get(service.path) ?? []
  const apis = portal.contracts.apis.flatMap((api, i) =>
    api.source.service === service.name ? [{ api, i }] : [],
  )
  const edges = portal.index.edgesOfService.get(service.name) ?? []
  return {
    title: service.name,
    section: 'services.html',
    crumbs: [{ label: 'Services', path: 'services.html' }],
    aside: html`<p class="quiet">${service.type} · <code>${service.path}</code>${!service.isImplemented && html` · <span class="tag">no code yet</span>`}</p>`,
    body: html`${edges.length > 0 && html`<div class="neighbours">${neighbourGraph(view, service, edges)}</div>`}
<dl class="facts"><div><dt>Needs</dt><dd>${listed(
      service.dependencies.map((name) => serviceLink(view, name)),
      'nobody',
    )}</dd></div><div><dt>Needed by</dt><dd>${listed(
      service.dependents.map((name) => serviceLink(view, name)),
      'nobody',
    )}</dd></div><div><dt>Publishes</dt><dd>${listed(
      service.eventsPublished.map((type) => eventLink(view, type)),
      'nothing',
    )}</dd></div><div><dt>Takes in</dt><dd>${listed(
      service.eventsConsumed.map((type) => eventLink(view, type)),
      'nothing',
    )}</dd></div></dl>
<section aria-labelledby="operations"><h2 id="operations">Operations</h2>
${apis.length === 0 ? empty('This service has no API.', html`Describe it in <code>${service.path}/contracts/api-spec.yaml</code>.`) : apis.map(({ api, i }) => html`<h3><a href="${to(portal.addresses.api[i]!)}">${api.title || api.source.file}</a> <span class="quiet">OpenAPI ${api.version}</span></h3><ul class="operations">${api.operations.map((operation, n) => html`<li><a href="${operationHref(view, i, n)}">${methodMark(operation.method)} <code>${operation.path}</code></a> <span class="quiet">${operation.summary}</span></li>`)}</ul>`)}</section>
<section aria-labelledby="features"><h2 id="features">Features</h2>${features.length === 0 ? empty('No specification yet.', html`Start one: <code>specify specify --service ${service.name} "what it should do"</code>.`) : featureTable(view, features)}</section>
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>${findings.length === 0 ? html`<p class="quiet">None.</p>` : html`<ul class="findings">${findings.slice(0, 8).map(({ severity, message, file, line }) => html`<li>${severityMark(severity)} <span>${message} ${file !== undefined && placeLink(view, file, line)}</span></li>`)}</ul>${findings.length > 8 ? html`<p><a href="${to('findings.html')}?q=${encodeURIComponent(`${service.path}/`)}">All ${counted(findings.length, 'finding')}</a></p>` : nothing}`}</section>`,
  }
}

function neighbourGraph(view: View, { name }: CatalogService, edges: readonly CatalogEdge[]): Html {
  const { portal, to } = view
  const names = [...new Set([name, ...edges.flatMap((edge) => [edge.from, edge.to])])].sort()
  return graphSvg(
    names.map((one) => {
      const path = portal.addresses.service.get(one)
      return { name: one, href: path && to(path), isMissing: path === undefined, isFocus: one === name }
    }),
    edges,
  )
}

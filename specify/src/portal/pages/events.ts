import type { EventContract } from '../../contracts/model.ts'
import { exampleOf } from '../example-of.ts'
import { html, type Html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { empty, eventLink, listed, placeLink, serviceLink, table } from '../parts.ts'
import { schemaTree } from '../schema-tree.ts'

/** Every event that a contract describes or a spec speaks of. */
export function eventsPage(view: View): Page {
  const { graph } = view.portal
  const types = [
    ...new Set([
      ...graph.events.map(({ eventType }) => eventType),
      ...graph.services.flatMap(({ announces }) => announces),
      ...graph.consumptions.map(({ eventType }) => eventType),
    ]),
  ].sort()
  return {
    title: 'Events',
    section: 'events.html',
    body:
      types.length === 0
        ? empty(
            'There is no event here.',
            html`Describe events in <code>services/&lt;name&gt;/contracts/events/*.json</code>, as AsyncAPI, JSON Schema or Avro.`,
          )
        : table(
            'Events',
            ['Event', 'Published by', 'Taken in by', 'Version', 'Promise'],
            types.map((type) => {
              const own = view.portal.index.events.get(type) ?? []
              return [
                html`${eventLink(view, type)}${own.length === 0 && html` <span class="tag">no contract</span>`}`,
                listed(
                  producersOf(view, type).map((name) => serviceLink(view, name)),
                  'nobody',
                ),
                listed(
                  consumersOf(view, type).map((name) => serviceLink(view, name)),
                  'nobody',
                ),
                own
                  .map(({ version }) => version)
                  .filter((version) => version !== undefined)
                  .join(', ') || '–',
                own.find(({ compatibility }) => compatibility !== undefined)?.compatibility ?? '–',
              ]
            }),
            'Narrow down',
          ),
  }
}

export function eventPage(view: View, type: string): Page {
  const contracts = view.portal.index.events.get(type) ?? []
  return {
    title: type,
    section: 'events.html',
    crumbs: [{ label: 'Events', path: 'events.html' }],
    body: html`<dl class="facts"><div><dt>Published by</dt><dd>${listed(
      producersOf(view, type).map((name) => serviceLink(view, name)),
      'nobody',
    )}</dd></div><div><dt>Taken in by</dt><dd>${listed(
      consumersOf(view, type).map((name) => serviceLink(view, name)),
      'nobody',
    )}</dd></div></dl>
${contracts.map((contract) => eventContract(view, contract))}`,
  }
}

function eventContract(view: View, contract: EventContract): Html {
  const { description, version, revision, schema, avro, source, line, compatibility, addresses, form } =
    contract
  const label = version ?? revision
  const id = `contract-${line}-${(label ?? '').replaceAll(/[^\w.-]+/g, '-')}`
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${label === undefined ? 'Contract' : `Version ${label}`}</h2>
${description !== undefined && html`<p>${description}</p>`}
<p class="quiet">${placeLink(view, source.file, line)}${compatibility !== undefined && html` · promises <code>${compatibility}</code>`}${addresses !== undefined && addresses.length > 0 && html` · on ${listed(addresses.map((address) => html`<code>${address}</code>`))}`}</p>
${schema !== undefined && html`${schemaTree(schema, () => undefined)}<details class="example"><summary>Example</summary><pre tabindex="0"><code>${JSON.stringify(exampleOf(schema, 'response'), null, 2)}</code></pre></details>`}
${avro !== undefined && html`<details class="example" open><summary>Avro</summary><pre tabindex="0"><code>${JSON.stringify(avro.schema, null, 2)}</code></pre></details>`}
${schema === undefined && avro === undefined && html`<p class="quiet">The payload is not described (${form}).</p>`}</section>`
}

function producersOf({ portal: { index } }: View, type: string): readonly string[] {
  return index.producers.get(type) ?? []
}

function consumersOf({ portal: { index } }: View, type: string): readonly string[] {
  return index.consumers.get(type) ?? []
}

import { graphSvg } from '../graph-svg.ts'
import { html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { empty, eventLink, listed, serviceLink, table } from '../parts.ts'

/** Who calls whom and who takes in whose events: a picture to move about in, and the same as a table. */
export function graphPage(view: View): Page {
  const { portal, to } = view
  const { services, edges } = portal.catalog
  const here = new Set(services.map(({ name }) => name))
  const spoken = edges.flatMap((edge) => [edge.from, edge.to]).filter((name) => !here.has(name))
  const names = [...here, ...new Set(spoken)]
  const nodes = names.map((name) => {
    const path = portal.addresses.service.get(name)
    return { name, href: path && to(path), isMissing: path === undefined }
  })
  return {
    title: 'Dependencies',
    section: 'graph.html',
    body:
      names.length === 0
        ? empty('There is no service to draw.', html`Services are folders below <code>services/</code>.`)
        : html`<div class="viewer" data-viewer>
<div class="tools" role="toolbar" aria-label="Graph" hidden><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="fit">Fit</button><button type="button" data-zoom="real">1:1</button><label>Show <input type="search" list="names" data-focus autocomplete="off" placeholder="a service"></label><datalist id="names">${names.map((name) => html`<option value="${name}"></option>`)}</datalist></div>
<div class="canvas" tabindex="0" role="group" aria-label="Graph of ${names.length} services. Arrow keys move, plus and minus zoom, 0 fits. The same follows as a table.">${graphSvg(nodes, edges)}</div>
<p class="key quiet"><span><svg width="34" height="8" aria-hidden="true"><path class="calls" d="M0 4H34"/></svg> calls</span> <span><svg width="34" height="8" aria-hidden="true"><path class="events" d="M0 4H34"/></svg> sends events to</span></p>
</div>
<section aria-labelledby="list"><h2 id="list">The same as a list</h2>
${
  edges.length === 0
    ? empty(
        'No service is known to need another.',
        html`Say so in the spec: a table under <code>## Upstream Services</code>, a list under <code>## Events Consumed</code>, or <code>contracts/uses.yaml</code>.`,
      )
    : table(
        'Dependencies between services',
        ['From', 'To', 'How'],
        edges.map((edge) => [
          serviceLink(view, edge.from),
          serviceLink(view, edge.to),
          edge.kind === 'calls'
            ? html`calls${edge.purpose !== '' && html`: ${edge.purpose}`}`
            : html`events ${listed(edge.events.map((type) => eventLink(view, type)))}`,
        ]),
        'Narrow down',
      )
}</section>`,
  }
}

import type { CatalogEdge } from '../contracts/catalog.ts'
import { html, type Html } from './html.ts'
import { BOX_HEIGHT, layOut, type Line } from './layered-layout.ts'

export type GraphNode = {
  readonly name: string
  readonly href: string | undefined
  /** Spoken of, but not there. */
  readonly isMissing: boolean
  readonly isFocus?: boolean
}

const MARGIN = 12
const LONGEST_LABEL = 28

/** The services as boxes, calls as lines and events as broken lines; hidden from screen readers, who get a list. */
export function graphSvg(nodes: readonly GraphNode[], edges: readonly CatalogEdge[]): Html {
  const layout = layOut(
    nodes.map(({ name }) => ({ id: name, label: shortened(name) })),
    edges,
  )
  const known = new Map(nodes.map((node) => [node.name, node]))
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN]
  return html`<svg class="graph" viewBox="${-MARGIN} ${-MARGIN} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" aria-hidden="true" focusable="false">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.8 7.5 4 0 7.2z"/></marker></defs>
<g class="lines">${layout.lines.map((line) => path(line, edges[line.edge]!))}</g>
<g class="boxes">${layout.boxes.map((box) => {
    const { href, isMissing, isFocus } = known.get(box.id)!
    const shape = html`<rect width="${box.width}" height="${BOX_HEIGHT}" rx="7"/><text x="${box.width / 2}" y="${BOX_HEIGHT / 2 + 4.5}">${box.label}</text>`
    const kind = `node${isMissing ? ' missing' : ''}${isFocus ? ' focus' : ''}`
    return html`<g class="${kind}" data-name="${box.id}" transform="translate(${round(box.x)} ${round(box.y)})"><title>${box.id}${isMissing && ' (not here)'}</title>${href === undefined ? shape : html`<a href="${href}" tabindex="-1">${shape}</a>`}</g>`
  })}</g>
</svg>`
}

function path({ points }: Line, edge: CatalogEdge): Html {
  let d = `M${round(points[0]!.x)} ${round(points[0]!.y)}`
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    const middle = round((a.x + b.x) / 2)
    d +=
      i % 2 === 0
        ? `L${round(b.x)} ${round(b.y)}`
        : `C${middle} ${round(a.y)} ${middle} ${round(b.y)} ${round(b.x)} ${round(b.y)}`
  }
  return html`<path class="${edge.kind}" data-from="${edge.from}" data-to="${edge.to}" d="${d}" marker-end="url(#arrow)"/>`
}

function shortened(name: string): string {
  if (name.length <= LONGEST_LABEL) return name
  return `${name.slice(0, LONGEST_LABEL / 2 - 1)}…${name.slice(-LONGEST_LABEL / 2)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

import type { Catalog } from './catalog.ts'

/** A Mermaid flowchart: solid arrows for calls, from caller to called; dotted ones for events, to the consumer. */
export function mermaidGraph({ services, edges }: Catalog): string {
  const names = new Set([...services.map(({ name }) => name), ...edges.flatMap(({ from, to }) => [from, to])])
  const ids = new Map([...names].sort().map((name, i) => [name, `s${i}`]))
  return [
    'flowchart TD',
    ...[...ids].map(([name, id]) => `  ${id}["${label(name)}"]`),
    ...edges.map((edge) => {
      const arrow = edge.kind === 'calls' ? '-->' : '-.->'
      const text = edge.kind === 'calls' ? edge.purpose : edge.events.join('<br>')
      return `  ${ids.get(edge.from)!} ${arrow}${text === '' ? '' : `|"${label(text)}"|`} ${ids.get(edge.to)!}`
    }),
  ].join('\n')
}

/** Mermaid ends a label at a double quote and reads `#` as the start of an entity. */
function label(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll(/\s+/g, ' ')
}

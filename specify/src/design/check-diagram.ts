export type DiagramProblem = { readonly line: number; readonly message: string }

const KINDS =
  /^(?:flowchart|graph|sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|C4Context|C4Container|C4Component|C4Dynamic|C4Deployment|architecture-beta|block-beta|journey|mindmap|timeline|gitGraph|requirementDiagram)\b/
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/**
 * Whether a mermaid diagram can be drawn, as far as its form tells: a known kind, closed brackets and quotes, an `end` for
 * every `subgraph`, at least one relation. Lines count from 1 inside the block.
 */
export function checkDiagram(source: string): DiagramProblem[] {
  const lines = source.split(/\r\n|\n|\r/).map((text, i) => ({ text: text.trim(), line: i + 1 }))
  const said = lines.filter(({ text }) => text !== '' && !text.startsWith('%%'))
  const [first, ...rest] = said
  if (first === undefined) return [{ line: 1, message: 'The diagram is empty.' }]
  if (!KINDS.test(first.text))
    return [{ line: first.line, message: `"${first.text.split(/\s/)[0]}" is no kind of mermaid diagram.` }]
  const isFlow = /^(?:flowchart|graph)\b/.test(first.text)
  if (!isFlow) return rest.length === 0 ? [{ line: first.line, message: 'The diagram shows nothing.' }] : []

  const problems = rest.flatMap(({ text, line }) => unbalanced(text).map((message) => ({ line, message })))
  let open = 0
  for (const { text, line } of rest) {
    if (/^subgraph\b/.test(text)) open++
    else if (text === 'end' && --open < 0)
      return [...problems, { line, message: '"end" closes no subgraph.' }]
  }
  if (open > 0)
    problems.push({
      line: first.line,
      message: `${open} of the subgraphs ${open === 1 ? 'has' : 'have'} no "end".`,
    })
  if (!rest.some(({ text }) => /(?:--|==|-\.|~~~|<--|o--|x--)/.test(text)))
    problems.push({ line: first.line, message: 'Nothing is connected with anything.' })
  return problems
}

function unbalanced(text: string): string[] {
  if (/^(?:style|classDef|linkStyle|click)\b/.test(text)) return []
  const bare = text.replaceAll(/"[^"]*"/g, '""')
  if (bare.split('"').length % 2 === 0) return ['A quote is not closed.']
  const stack: string[] = []
  // Arrows carry brackets of their own: `--x`, `-)`; the shape `>text]` opens with an arrow head.
  for (const char of bare.replaceAll(/[A-Za-z\d_]>[^\]]*\]/g, '').replaceAll(/\|[^|]*\|/g, '')) {
    if ('([{'.includes(char)) stack.push(char)
    else if (char in PAIRS && stack.pop() !== PAIRS[char]) return [`"${char}" closes nothing.`]
  }
  return stack.length > 0 ? [`"${stack.at(-1)!}" is not closed.`] : []
}

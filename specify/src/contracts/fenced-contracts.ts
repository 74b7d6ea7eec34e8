/** A contract inside a fence of a Markdown page; blank lines before it keep its line numbers those of the page. */
export type ContractBlock = { readonly text: string; readonly language: 'json' | 'yaml' }

const OPENING = /^( {0,3}|\t*)(`{3,}|~{3,})\s*([\w.+-]*)/
const SAYS_SO = /^\s*\{?\s*["']?(openapi|swagger|asyncapi|events)["']?\s*:/m

/** The fenced blocks in YAML or JSON that say which contract they are. */
export function contractBlocks(text: string): ContractBlock[] {
  const lines = text.split(/\r\n|\n|\r/)
  const blocks: ContractBlock[] = []
  for (let i = 0; i < lines.length; i++) {
    const opening = OPENING.exec(lines[i]!)
    if (opening === null) continue
    const [, indent = '', fence = '', word = ''] = opening
    const closing = new RegExp(`^\\s*${fence[0]}{${fence.length},}\\s*$`)
    let end = i + 1
    while (end < lines.length && !closing.test(lines[end]!)) end++
    const body = lines
      .slice(i + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    const language = /^json/i.test(word) ? 'json' : /^ya?ml$/i.test(word) ? 'yaml' : undefined
    if (language !== undefined && SAYS_SO.test(body.join('\n')))
      blocks.push({ language, text: `${'\n'.repeat(i + 1)}${body.join('\n')}\n` })
    i = end
  }
  return blocks
}

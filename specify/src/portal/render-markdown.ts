import type { ListItem, Nodes, RootContent } from 'mdast'
import { plainText, sourceOf, type MarkdownFile } from '../spec/markdown.ts'
import { anchor } from './addresses.ts'
import { html, nothing, type Html, type Part } from './html.ts'

export type MarkdownLinks = {
  /** Anchors by line: `FR-003` for the line the requirement stands on. */
  readonly anchors: ReadonlyMap<number, string>
  /** Where a link written in the file leads; undefined: it is shown as text. */
  readonly href: (url: string) => string | undefined
}

/**
 * A Markdown file as HTML. HTML in it is shown as it is written, comments are left out, pictures are named instead of
 * loaded, links go to the web or to other pages of the portal: nothing that a file says can run or reach elsewhere.
 */
export function renderMarkdown({ text, root }: MarkdownFile, links: MarkdownLinks): Html {
  const used = new Set<string>()
  return html`${root.children.map((node) => block(node))}`

  function block(node: RootContent | ListItem): Html {
    switch (node.type) {
      case 'heading': {
        // The page has the one heading of the first level.
        const level = Math.min(node.depth + 1, 6)
        const words = plainText(node)
        return tagged(`h${level}`, inline(node.children), headingId(node, words))
      }
      case 'paragraph':
        return html`<p${idAt(node)}>${inline(node.children)}</p>`
      case 'blockquote':
        return html`<blockquote>${node.children.map(block)}</blockquote>`
      case 'list': {
        const start = node.ordered ? (node.start ?? Number.parseInt(sourceOf(text, node), 10)) : 1
        const items = node.children.map((item) => listItem(item))
        if (!node.ordered) return html`<ul>${items}</ul>`
        return start > 1 ? html`<ol start="${start}">${items}</ol>` : html`<ol>${items}</ol>`
      }
      case 'listItem':
        return listItem(node)
      case 'code':
        return html`<pre tabindex="0"${node.lang ? html` data-language="${node.lang}"` : nothing}><code>${node.value}</code></pre>`
      case 'thematicBreak':
        return html`<hr>`
      case 'html':
        return /^\s*<!--/.test(node.value)
          ? nothing
          : html`<pre tabindex="0"><code>${node.value}</code></pre>`
      case 'table': {
        const [head, ...rows] = node.children
        return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${head?.children.map((cell) => html`<th scope="col">${inline(cell.children)}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.children.map((cell) => html`<td>${inline(cell.children)}</td>`)}</tr>`)}</tbody></table></div>`
      }
      case 'definition':
        return nothing
      default:
        return html`<p>${inline([node])}</p>`
    }
  }

  function listItem(item: ListItem): Html {
    const box =
      typeof item.checked === 'boolean'
        ? html`<span class="box ${item.checked ? 'ticked' : ''}" role="img" aria-label="${item.checked ? 'done' : 'open'}"></span> `
        : nothing
    // A tight list has its paragraphs without their own distance.
    const parts = item.children.map((child) =>
      child.type === 'paragraph' &&
      (item.children.length === 1 || item.children.some((one) => one.type === 'list'))
        ? inline(child.children)
        : block(child),
    )
    return html`<li${idAt(item)}${box === nothing ? nothing : html` class="task"`}>${box}${box === nothing ? parts : html`<div>${parts}</div>`}</li>`
  }

  function inline(nodes: readonly Nodes[]): Part {
    return nodes.map((node): Part => {
      switch (node.type) {
        case 'text':
          return node.value
        case 'inlineCode':
          return html`<code>${node.value}</code>`
        case 'strong':
          return html`<strong>${inline(node.children)}</strong>`
        case 'emphasis':
          return html`<em>${inline(node.children)}</em>`
        case 'delete':
          return html`<del>${inline(node.children)}</del>`
        case 'break':
          return html`<br>`
        case 'html':
          return node.value.startsWith('<!--') ? nothing : node.value
        case 'image':
          return html`<span class="picture">${node.alt || plainAlt(sourceOf(text, node))}</span>`
        case 'link': {
          const href = links.href(node.url || targetOf(sourceOf(text, node)))
          return href === undefined
            ? inline(node.children)
            : html`<a href="${href}">${inline(node.children)}</a>`
        }
        default:
          return 'children' in node ? inline(node.children) : plainText(node)
      }
    })
  }

  function headingId(node: RootContent, words: string): Part {
    return idAt(node) === nothing
      ? idOnce(anchor(words.toLowerCase()).replace(/^-|-$/g, ''))
      : idAt(node, true)
  }

  function idAt(node: Nodes, isAgain = false): Html {
    const id = links.anchors.get(node.position?.start.line ?? 0)
    if (id === undefined || (used.has(id) && !isAgain)) return nothing
    used.add(id)
    return html` id="${id}"`
  }

  function idOnce(id: string): Html {
    if (id === '' || used.has(id)) return nothing
    used.add(id)
    return html` id="${id}"`
  }
}

/** Only names from the list get here, never a word of the file. */
function tagged(name: `h${number}`, content: Part, id: Part): Html {
  switch (name) {
    case 'h2':
      return html`<h2${id}>${content}</h2>`
    case 'h3':
      return html`<h3${id}>${content}</h3>`
    case 'h4':
      return html`<h4${id}>${content}</h4>`
    case 'h5':
      return html`<h5${id}>${content}</h5>`
    default:
      return html`<h6${id}>${content}</h6>`
  }
}

/** The quick parser leaves the address in the text. */
function targetOf(source: string): string {
  const written = /\]\(\s*<?([^\s>)]*(?:\([^\s)]*\)[^\s>)]*)*)/.exec(source)?.[1]
  return written ?? /^<?((?:https?:|mailto:)[^\s>]+)/.exec(source)?.[1] ?? ''
}

function plainAlt(source: string): string {
  return /^!\[([^\]]*)\]/.exec(source)?.[1] || 'picture'
}

/** Addresses of the web that a page may lead to. */
export function isWebAddress(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(url)
}

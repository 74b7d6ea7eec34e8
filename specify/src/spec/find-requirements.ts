import type { Nodes } from 'mdast'
import { lineOf, plainText, sourceOf, type MarkdownFile } from './markdown.ts'
import type { Requirement } from './model.ts'

/** FR-001, FR-006a, NFR-02, SC-001, FR-AUTH-003. */
export const REQUIREMENT_ID = /(?:N?FR|RN?F|REQ|SC|CS)-(?:[A-Z]+-)*\d+(?:-\d+)*[a-z]?(?![\w-])/
/** The id opens the line, behind nothing but markup: bullet text, bold, strike, a checkbox. */
const DECLARATION = new RegExp(`^(?:[~*_\`\\[(\\s]|\\[[ xX]\\])*(${REQUIREMENT_ID.source})`)
const REQUIREMENT_SECTION =
  /requirement|requisito|exigence|anforderung|требован|需求|要求|要件|요구|متطلبات|criteri|critéri|critères|kriteri|критери|标准|標準|基準|기준|معايير|success|sucesso|stor(?:y|ies)|scenario/iu

type Declared = { readonly requirement: Requirement; readonly inSection: boolean }

/** FR and SC ids where they are declared; tables of references elsewhere do not declare anything twice. */
export function findRequirements(markdown: MarkdownFile): {
  requirements: Requirement[]
  criteria: Requirement[]
} {
  const declared = keepDeclarations(candidates(markdown))
  return {
    requirements: declared.filter(({ id }) => !isCriterion(id)),
    criteria: declared.filter(({ id }) => isCriterion(id)),
  }
}

function isCriterion(id: string): boolean {
  return id.startsWith('SC-') || id.startsWith('CS-')
}

function* candidates({ text, root }: MarkdownFile): Generator<Declared> {
  const path: { depth: number; title: string }[] = []
  for (const node of root.children) {
    if (node.type === 'heading') {
      while (path.length > 0 && path.at(-1)!.depth >= node.depth) path.pop()
      path.push({ depth: node.depth, title: plainText(node) })
    }
    const inSection = path.some(({ depth, title }) => depth > 1 && REQUIREMENT_SECTION.test(title))
    yield* below(text, node, inSection)
  }
}

function* below(text: string, node: Nodes, inSection: boolean): Generator<Declared> {
  switch (node.type) {
    case 'heading':
      yield* readLines(plainText(node), lineOf(node), inSection)
      return
    case 'paragraph':
      yield* readLines(sourceOf(text, node), lineOf(node), inSection)
      return
    case 'list':
    case 'listItem':
    case 'blockquote':
      for (const child of node.children) yield* below(text, child, inSection)
      return
    case 'table':
      for (const row of node.children) {
        const cells = row.children.map(plainText)
        yield* readLines(cells.slice(0, 2).join(': '), lineOf(row), inSection)
      }
      return
    default:
  }
}

/** `**FR-003** (#12): ~~the text is struck, the id is not~~`. */
const STRUCK = /^[\s*_`):]*(?:\([^)]*\)[\s:]*)?~~/

/** A paragraph may declare one requirement per line; lines without an id continue the one before. */
function* readLines(source: string, firstLine: number, inSection: boolean): Generator<Declared> {
  let open: { id: string; rest: string[]; line: number; withdrawn: boolean } | undefined
  for (const [i, line] of source.split(/\r\n|\n|\r/).entries()) {
    const match = DECLARATION.exec(line)
    if (match === null) {
      open?.rest.push(line)
      continue
    }
    if (open !== undefined) yield close(open, inSection)
    const rest = line.slice(match[0].length)
    const withdrawn = line.trimStart().startsWith('~~') || STRUCK.test(rest)
    open = { id: match[1]!, rest: [rest], line: firstLine + i, withdrawn }
  }
  if (open !== undefined) yield close(open, inSection)
}

function close(
  { id, rest, line, withdrawn }: { id: string; rest: string[]; line: number; withdrawn: boolean },
  inSection: boolean,
): Declared {
  const text = rest
    .join(' ')
    .replaceAll('~~', '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s*_~`)\]::.–—-]+/, '')
    .trim()
  return { requirement: { id, text, line, ...(withdrawn && { withdrawn }) }, inSection }
}

function keepDeclarations(found: Iterable<Declared>): Requirement[] {
  const all = [...found]
  const declaredIn = new Set(
    all.filter(({ inSection }) => inSection).map(({ requirement }) => requirement.id),
  )
  const seenOutside = new Set<string>()
  return all
    .filter(({ requirement: { id }, inSection }) => {
      if (inSection) return true
      if (declaredIn.has(id) || seenOutside.has(id)) return false
      seenOutside.add(id)
      return true
    })
    .map(({ requirement }) => requirement)
}

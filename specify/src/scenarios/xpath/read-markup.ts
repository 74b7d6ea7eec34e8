import { EvaluationProblem } from '../hurl/value.ts'
import { unescapeHtml } from '../hurl/unescape-html.ts'
import { nodeMaker, type MarkupNode } from './markup-node.ts'

// Elements of HTML that have no end tag, those that end others of their kind, and those whose content is no markup.
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const RAW = new Set(['script', 'style'])
const CLOSED_BY: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  tr: ['tr', 'td', 'th'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  thead: ['tbody', 'tr', 'td', 'th'],
  tbody: ['thead', 'tbody', 'tr', 'td', 'th'],
  tfoot: ['tbody', 'tr', 'td', 'th'],
  option: ['option'],
  body: ['head'],
}
const CLOSES_P = new Set(
  'address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul'.split(
    ' ',
  ),
)
/** An implied end stops here: the `li` of an inner list does not end that of the outer one. */
const FENCES = new Set('ul ol dl table select body html div section'.split(' '))
const IN_HEAD = new Set('title meta link base style script'.split(' '))

const TOKEN =
  /<!--([\s\S]*?)(?:-->|$)|<!\[CDATA\[([\s\S]*?)\]\]>|<\?([^\s?>]+)\s*([\s\S]*?)\?>|<!(?:[^>[]|\[[\s\S]*?\])*>|<\/([A-Za-z_][^\s>/]*)[^>]*>|<([A-Za-z_][^\s>/]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+|<)/g
const ATTRIBUTE = /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

/** Reads HTML the way browsers forgive it: ends that are missing are implied, html and body are there. */
export function readHtml(text: string): MarkupNode {
  const make = nodeMaker()
  const root = make('root', {})
  const stack: MarkupNode[] = [root]
  const top = () => stack.at(-1)!
  const open = (name: string, attributes = '') => {
    const element = make('element', { name, parent: top() })
    for (const [key, value] of attributePairs(attributes))
      element.attributes.push(make('attribute', { name: key.toLowerCase(), value, parent: element }))
    top().children.push(element)
    if (!VOID.has(name)) push(stack, element)
  }
  let skipTo = 0
  for (const token of text.matchAll(TOKEN)) {
    if (token.index < skipTo) continue
    const [whole, comment, , , , end, start, attributes, characters] = token
    if (comment !== undefined) top().children.push(make('comment', { value: comment, parent: top() }))
    else if (end !== undefined) close(stack, end.toLowerCase())
    else if (start !== undefined) {
      const name = start.toLowerCase()
      imply(stack, name, open)
      if (name === 'html' && stack.length > 1) continue
      open(name, attributes)
      if (!RAW.has(name)) continue
      const from = token.index + whole.length
      const to = text.toLowerCase().indexOf(`</${name}`, from)
      const content = text.slice(from, to === -1 ? text.length : to)
      if (content !== '') top().children.push(make('text', { value: content, parent: top() }))
      skipTo = from + content.length
    } else if (characters !== undefined) {
      if (stack.length <= 2 && characters.trim() === '') continue
      if (characters.trim() !== '') imply(stack, '#text', open)
      top().children.push(make('text', { value: unescapeHtml(characters), parent: top() }))
    }
  }
  return root
}

/** Opens html, head and body where the text left them out, and ends what the next element ends. */
function imply(stack: MarkupNode[], name: string, open: (name: string) => void): void {
  if (name !== 'html' && stack.length === 1) open('html')
  if (stack.length === 2 && name !== 'html' && name !== 'head' && name !== 'body') {
    const hasBody = stack[1]!.children.some((child) => child.name === 'body')
    if (IN_HEAD.has(name) && !hasBody) open('head')
    else open('body')
  } else if (stack[2]?.name === 'head' && stack.length === 3 && !IN_HEAD.has(name) && name !== 'body') {
    stack.length = 2
    open('body')
  }
  if (CLOSES_P.has(name)) closeUpTo(stack, ['p'])
  const closed = CLOSED_BY[name]
  if (closed !== undefined) closeUpTo(stack, closed)
}

function closeUpTo(stack: MarkupNode[], names: readonly string[]): void {
  for (let i = stack.length - 1; i > 0; i--) {
    if (names.includes(stack[i]!.name)) {
      stack.length = i
      // A row ends its cell and itself: look again.
      i = stack.length
    } else if (FENCES.has(stack[i]!.name)) return
  }
}

function close(stack: MarkupNode[], name: string): void {
  const at = stack.findLastIndex((element) => element.name === name)
  // What follows </body> still belongs to it.
  if (at > 0 && name !== 'body' && name !== 'html') stack.length = at
}

/** Reads XML. Throws EvaluationProblem for text that is not well-formed. */
export function readXml(text: string): MarkupNode {
  const make = nodeMaker()
  const root = make('root', {})
  const stack: MarkupNode[] = [root]
  const scopes: ReadonlyMap<string, string>[] = [new Map([['xml', 'http://www.w3.org/XML/1998/namespace']])]
  const top = () => stack.at(-1)!
  for (const token of text.matchAll(TOKEN)) {
    const [, comment, data, target, content = '', end, start, attributes = '', characters] = token
    if (comment !== undefined) top().children.push(make('comment', { value: comment, parent: top() }))
    else if (data !== undefined) top().children.push(make('text', { value: data, parent: top() }))
    else if (target !== undefined) {
      if (target !== 'xml')
        top().children.push(make('instruction', { name: target, value: content, parent: top() }))
    } else if (end !== undefined) {
      if (top().name !== end)
        throw new EvaluationProblem(`the body is not XML: </${end}> ends <${top().name}>`)
      stack.pop()
      scopes.pop()
    } else if (start !== undefined) {
      const pairs = attributePairs(attributes.replace(/\/$/, ''))
      const scope = new Map(scopes.at(-1))
      for (const [name, value] of pairs) {
        if (name === 'xmlns') scope.set('', value)
        if (name.startsWith('xmlns:')) scope.set(name.slice(6), value)
      }
      const element = make('element', {
        name: start,
        parent: top(),
        namespace: namespaceOf(start, scope, ''),
      })
      for (const [name, value] of pairs) {
        if (name === 'xmlns' || name.startsWith('xmlns:')) continue
        const namespace = name.includes(':') ? namespaceOf(name, scope, '') : ''
        element.attributes.push(make('attribute', { name, value, parent: element, namespace }))
      }
      top().children.push(element)
      if (attributes.endsWith('/')) continue
      push(stack, element)
      scopes.push(scope)
    } else if (characters !== undefined && stack.length > 1)
      top().children.push(make('text', { value: unescapeHtml(characters), parent: top() }))
    else if (characters !== undefined && characters.trim() !== '')
      throw new EvaluationProblem('the body is not XML: it has text outside of its element')
  }
  if (stack.length > 1) throw new EvaluationProblem(`the body is not XML: <${top().name}> has no end`)
  if (root.children.length === 0) throw new EvaluationProblem('the body is not XML: it has no element')
  return root
}

/** Deeper than any page, and shallow enough for everything that walks the tree. */
const DEEPEST = 2000

function push(stack: MarkupNode[], element: MarkupNode): void {
  if (stack.length > DEEPEST)
    throw new EvaluationProblem(`the body is nested deeper than ${DEEPEST} elements`)
  stack.push(element)
}

function namespaceOf(name: string, scope: ReadonlyMap<string, string>, none: string): string {
  const colon = name.indexOf(':')
  return scope.get(colon === -1 ? '' : name.slice(0, colon)) ?? none
}

function attributePairs(text: string): [string, string][] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
    name,
    unescapeHtml(double ?? single ?? bare ?? ''),
  ])
}

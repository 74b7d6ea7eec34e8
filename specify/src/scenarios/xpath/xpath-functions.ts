import { EvaluationProblem } from '../hurl/value.ts'
import { nodesOf, toBoolean, toNumber, toText, type Context, type XPathValue } from './xpath-value.ts'
import { stringValue, type MarkupNode } from './markup-node.ts'

type XPathFunction = {
  readonly least: number
  readonly most: number
  readonly call: (args: readonly XPathValue[], context: Context) => XPathValue
}

const fixed = (count: number, call: XPathFunction['call']): XPathFunction => ({
  least: count,
  most: count,
  call,
})
/** Functions that take the context node when nothing is given. */
const here = (call: (value: XPathValue, context: Context) => XPathValue): XPathFunction => ({
  least: 0,
  most: 1,
  call: ([value], context) => call(value ?? [context.node], context),
})

// The core library of XPath 1.0, §4, but id() and namespace nodes.
const table: Readonly<Record<string, XPathFunction>> = {
  last: fixed(0, (_args, { size }) => size),
  position: fixed(0, (_args, { position }) => position),
  count: fixed(1, ([nodes]) => nodesOf(nodes!).length),
  name: here((value) => nodesOf(value)[0]?.name ?? ''),
  'local-name': here((value) => nodesOf(value)[0]?.name.replace(/^.*:/, '') ?? ''),
  'namespace-uri': here((value) => nodesOf(value)[0]?.namespace ?? ''),
  string: here(toText),
  concat: { least: 2, most: 100, call: (args) => args.map(toText).join('') },
  'starts-with': fixed(2, ([text, part]) => toText(text!).startsWith(toText(part!))),
  contains: fixed(2, ([text, part]) => toText(text!).includes(toText(part!))),
  'substring-before': fixed(2, ([text, part]) => {
    const at = toText(text!).indexOf(toText(part!))
    return at === -1 ? '' : toText(text!).slice(0, at)
  }),
  'substring-after': fixed(2, ([text, part]) => {
    const at = toText(text!).indexOf(toText(part!))
    return at === -1 ? '' : toText(text!).slice(at + toText(part!).length)
  }),
  substring: {
    least: 2,
    most: 3,
    call: ([text, from, length]) => {
      const first = rounded(toNumber(from!))
      const end = length === undefined ? Number.POSITIVE_INFINITY : first + rounded(toNumber(length))
      return Array.from(toText(text!))
        .filter((_char, i) => i + 1 >= first && i + 1 < end)
        .join('')
    },
  },
  'string-length': here((value) => Array.from(toText(value)).length),
  'normalize-space': here((value) =>
    toText(value)
      .replaceAll(/[ \t\r\n]+/g, ' ')
      .replace(/^ | $/g, ''),
  ),
  translate: fixed(3, ([text, from, to]) => {
    const [source, target] = [Array.from(toText(from!)), Array.from(toText(to!))]
    return Array.from(toText(text!))
      .map((char) => (source.includes(char) ? (target[source.indexOf(char)] ?? '') : char))
      .join('')
  }),
  boolean: fixed(1, ([value]) => toBoolean(value!)),
  not: fixed(1, ([value]) => !toBoolean(value!)),
  true: fixed(0, () => true),
  false: fixed(0, () => false),
  lang: fixed(1, ([language], { node }) => {
    for (let at: MarkupNode | undefined = node; at !== undefined; at = at.parent) {
      const found = at.attributes.find(({ name }) => name === 'xml:lang' || name === 'lang')?.value
      if (found !== undefined) return new RegExp(`^${escapeRegex(toText(language!))}(?:-|$)`, 'i').test(found)
    }
    return false
  }),
  number: here(toNumber),
  sum: fixed(1, ([nodes]) => nodesOf(nodes!).reduce((sum, node) => sum + toNumber(stringValue(node)), 0)),
  floor: fixed(1, ([value]) => Math.floor(toNumber(value!))),
  ceiling: fixed(1, ([value]) => Math.ceil(toNumber(value!))),
  round: fixed(1, ([value]) => rounded(toNumber(value!))),
}

export function callFunction(name: string, args: readonly XPathValue[], context: Context): XPathValue {
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (found === undefined) throw new EvaluationProblem(`XPath has no function ${name}()`)
  if (args.length < found.least || args.length > found.most)
    throw new EvaluationProblem(`the XPath function ${name}() does not take ${args.length} arguments`)
  return found.call(args, context)
}

/** Halves go up, as XPath wants. */
function rounded(value: number): number {
  return Math.floor(value + 0.5)
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

export type TestOutcome = 'passed' | 'failed' | 'skipped'
export type TestCase = { readonly name: string; readonly outcome: TestOutcome }

/**
 * The cases of a JUnit XML report, whoever wrote it; a case's name carries those of its suites, because some runners
 * put the title there. Undefined when the text is no such report.
 */
export function readJunit(xml: string): TestCase[] | undefined {
  const text = xml.replaceAll(/<!--[\s\S]*?-->/g, '')
  if (!/<testsuites?[\s>/]/.test(text)) return undefined
  const suites: string[] = []
  const cases: TestCase[] = []
  let current: { name: string; outcome: TestOutcome } | undefined
  // CDATA comes first, so that a tag quoted in an output is not read as one.
  for (const [tag, closing, name, attributes, selfClosing] of text.matchAll(
    /<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)(testsuites?|testcase|failure|error|skipped)\b((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g,
  )) {
    if (tag.startsWith('<![CDATA[')) continue
    if (closing === '/') {
      if (name === 'testcase' && current !== undefined) cases.push(current)
      if (name === 'testcase') current = undefined
      if (name === 'testsuite' || name === 'testsuites') suites.pop()
      continue
    }
    if (name === 'testcase') {
      current = {
        name: [...suites, attribute(attributes!, 'classname'), attribute(attributes!, 'name')].join(' '),
        outcome: 'passed',
      }
      if (selfClosing === '/') {
        cases.push(current)
        current = undefined
      }
    } else if (name === 'testsuite' || name === 'testsuites') {
      if (selfClosing !== '/') suites.push(attribute(attributes!, 'name'))
    } else if (current !== undefined && current.outcome !== 'failed')
      current.outcome = name === 'skipped' ? 'skipped' : 'failed'
  }
  return cases
}

function attribute(attributes: string, name: string): string {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return unescape(match?.[1] ?? match?.[2] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function unescape(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      if (Number.isNaN(code)) return ENTITIES[name ?? ''] ?? all
      return code <= 0x10ffff ? String.fromCodePoint(code) : all
    },
  )
}

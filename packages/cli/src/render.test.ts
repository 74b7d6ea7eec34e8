import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countFindings, sortFindings, type Finding } from './finding.ts'
import { renderFindings } from './render.ts'

const findings: Finding[] = [
  {
    code: 'no-id',
    severity: 'error',
    message: 'a < b & "c" 100%',
    hint: 'add it,\nnow: here',
    file: 'specs/a b,c.md',
    line: 3,
    column: 7,
  },
  { code: 'odd', severity: 'warning', message: 'odd\u0000 ]]>', file: 'specs/a b,c.md', line: 9 },
  { code: 'note', severity: 'info', message: 'fyi' },
]
const context = { program: { name: 'specify', version: '0.1.0' }, command: 'validate' }

describe('findings', () => {
  it('are sorted by file, line, column, code and message, numbers as numbers', () => {
    const of = (file: string | undefined, line: number, code: string): Finding => ({
      code,
      severity: 'info',
      message: '',
      file,
      line,
    })
    const sorted = [
      of(undefined, 1, 'a'),
      of('a', 2, 'z'),
      of('a', 10, 'a'),
      of('b', 1, 'a'),
      of('b', 1, 'b'),
    ]
    assert.deepEqual(sortFindings(sorted.toReversed()), sorted)
  })
  it('are counted by severity', () =>
    assert.deepEqual(countFindings(findings), { errors: 1, warnings: 1, infos: 1 }))
})

it('no findings are no text', () => assert.equal(renderFindings('text', [], context), ''))

it('SARIF has one run with the rules used and a place for each result', () => {
  const log = JSON.parse(renderFindings('sarif', findings, context))
  assert.equal(log.version, '2.1.0')
  const [{ tool, results, columnKind }] = log.runs
  assert.equal(columnKind, 'utf16CodeUnits')
  assert.deepEqual(tool.driver, {
    name: 'specify',
    version: '0.1.0',
    rules: [{ id: 'no-id' }, { id: 'note' }, { id: 'odd' }],
  })
  assert.deepEqual(
    results.map((result: { level: string; ruleId: string; ruleIndex: number }) => [
      result.level,
      tool.driver.rules[result.ruleIndex].id === result.ruleId,
    ]),
    [
      ['error', true],
      ['warning', true],
      ['note', true],
    ],
  )
  assert.deepEqual(results[0].locations, [
    {
      physicalLocation: {
        artifactLocation: { uri: 'specs/a%20b%2Cc.md' },
        region: { startLine: 3, startColumn: 7 },
      },
    },
  ])
  assert.deepEqual(results[1].locations[0].physicalLocation.region, { startLine: 9 })
  assert.equal('locations' in results[2], false)
})

it('JUnit is well-formed XML with a case per file, failed by errors only', () => {
  const xml = renderFindings('junit', findings, context)
  assert.deepEqual(elements(xml), [
    'testsuites',
    'testsuite',
    'testcase',
    'failure',
    'system-out',
    'testcase',
    'system-out',
  ])
  assert.match(xml, /<testsuite name="validate" tests="2" failures="1">/)
  assert.match(xml, /message="a &lt; b &amp; &quot;c&quot; 100%"/)
  assert.match(xml, /odd\ufffd \]\]&gt;/)
})

it('JUnit without findings is one passed case', () => {
  const xml = renderFindings('junit', [], context)
  assert.deepEqual(elements(xml), ['testsuites', 'testsuite', 'testcase'])
  assert.match(xml, /tests="1" failures="0"/)
})

it('GitHub gets one escaped line per finding', () => {
  assert.equal(
    renderFindings('github', findings, context),
    '::error file=specs/a b%2Cc.md,line=3,col=7,title=no-id::a < b & "c" 100%25%0Aadd it,%0Anow: here\n' +
      '::warning file=specs/a b%2Cc.md,line=9,title=odd::odd\u0000 ]]>\n' +
      '::notice title=note::fyi\n',
  )
})

/** Names in order of opening; throws unless every tag is closed, attributes are quoted and text is escaped. */
function elements(xml: string): string[] {
  const names: string[] = []
  const open: string[] = []
  const token = /<\?xml[^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|[^<>]+/y
  for (const match of wholly(token, xml)) {
    const [text, closes, opens, , selfClosing] = match
    if (closes !== undefined) assert.equal(open.pop(), closes)
    else if (opens !== undefined) {
      names.push(opens)
      if (selfClosing === '') open.push(opens)
    } else assert.doesNotMatch(text, /&(?!amp;|lt;|gt;|quot;)/)
  }
  assert.deepEqual(open, [])
  return names
}

function wholly(token: RegExp, text: string): RegExpExecArray[] {
  const all: RegExpExecArray[] = []
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    assert.ok(match, `not XML: ${text.slice(at, at + 40)}`)
    all.push(match)
  }
  return all
}

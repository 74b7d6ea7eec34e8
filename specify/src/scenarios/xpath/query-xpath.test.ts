import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EvaluationProblem, NodeSet, WholeFloat, type HurlValue } from '../hurl/value.ts'
import { queryXPath } from './query-xpath.ts'
import { readHtml, readXml } from './read-markup.ts'

// What Hurl and we agree on stands in conformance/hurl-cases.ts; here is what a page cannot show.

const list = '<ul><li>1</li><li>2<ul><li>3</li></ul></li></ul><p>a<p>b'

const rows: readonly (readonly [path: string, value: HurlValue])[] = [
  ['//li', new NodeSet(3)],
  ['//ul/li[1]', new NodeSet(2)],
  ['(//ul/li)[1]', new NodeSet(1)],
  ['count(//li/following::li)', new WholeFloat(2)],
  ['count(//li[last()]/preceding::li)', new WholeFloat(1)],
  ['string(//p[2]/preceding-sibling::*[1])', 'a'],
  ['count(//li/ancestor-or-self::ul)', new WholeFloat(2)],
  ['//li[. > 1 and . < 3]', new NodeSet(0)],
  ['//li[. = 23]', new NodeSet(1)],
  ['//p = "b"', true],
  ['//p != "b"', true],
  ['//li = //p', false],
  ['number("x") = number("x")', false],
  ["substring('12345', 1.5, 2.6)", '234'],
  ["substring-after('a=b', '=')", 'b'],
  ['0.1 + 0.25', 0.35],
  ['1 div 0 > 5', true],
  ["normalize-space('  a   b ')", 'a b'],
  ['string(true())', 'true'],
]

for (const [path, value] of rows)
  test(`${path} is ${value instanceof NodeSet ? `${value.size} nodes` : JSON.stringify(value)}`, () => {
    assert.deepEqual(queryXPath(path, readHtml(list), false), value)
  })

const refused: readonly (readonly [path: string, message: RegExp])[] = [
  ['//h1[', /expected a name, found its end/],
  ['//h1]', /expected its end, found "\]"/],
  ['up::a', /"up" is no axis/],
  ['#', /character 1 fits nowhere/],
  ['$a', /written \{\{name\}\}/],
  ['id("a")', /no function id\(\)/],
  ['concat("a")', /does not take 1 arguments/],
  ['count(1)', /for nodes/],
  ['('.repeat(500), /deeper than 100/],
]

for (const [path, message] of refused)
  test(`${path.slice(0, 20)} is refused: ${message.source}`, () => {
    assert.throws(
      () => queryXPath(path, readHtml(list), false),
      (error) => error instanceof EvaluationProblem && message.test(error.message),
    )
  })

const broken: readonly (readonly [xml: string, message: RegExp])[] = [
  ['<a><b></a>', /<\/a> ends <b>/],
  ['<a>', /<a> has no end/],
  ['text', /text outside/],
  ['', /has no element/],
]

for (const [xml, message] of broken)
  test(`"${xml}" is no XML`, () => {
    assert.throws(() => readXml(xml), message)
  })

test('a page nested without end is refused, a deep one is walked', () => {
  assert.throws(() => readHtml('<div>'.repeat(100_000)), /nested deeper than 2000/)
  const root = readHtml('<div>'.repeat(1500))
  assert.deepEqual(queryXPath('count(//div)', root, false), new WholeFloat(1500))
})

test('comments, scripts and entities stand as what they are', () => {
  const root = readHtml('<p title="a &amp; b">x<!-- <b>no</b> --></p><script>if (a < b) "<i>"</script>')
  assert.equal(queryXPath('string(//p/@title)', root, false), 'a & b')
  assert.deepEqual(queryXPath('//b | //i', root, false), new NodeSet(0))
  assert.deepEqual(queryXPath('//comment()', root, false), new NodeSet(1))
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseDocument } from './parse-document.ts'

const order = `{
  "name": "order",
  "paths": {
    "/orders": { "get": [1, {"deep": true}] }
  }
}`

describe('a JSON document', () => {
  it('has the value JSON.parse gives', () => {
    const texts = [
      order,
      '0',
      '-1.5e+3',
      '"a\\u00e9\\n\\\\\\/\\"\\ud83d\\ude00"',
      '[]',
      '{}',
      ' null\r\n',
      '[[], {"": ""}]',
    ]
    for (const text of texts) {
      const { value, problems } = parseDocument(text, 'json')
      assert.deepEqual(value, JSON.parse(text))
      assert.deepEqual(problems, [])
    }
  })

  it('refuses what JSON.parse refuses', () => {
    const texts = [
      '',
      '01',
      '1.',
      '.5',
      '+1',
      '[1 2]',
      '{"a" 1}',
      '{a: 1}',
      '"\n"',
      '"\\x"',
      '"\\u12"',
      'nul',
      '{"a":1',
      '[1',
      '1 2',
      '"',
      '{"a":}',
      '\\',
      '-',
      '[,]',
      "'a'",
      '"\t"',
      '/',
      '{,}',
    ]
    for (const text of texts) {
      assert.throws(() => JSON.parse(text), text)
      assert.notDeepEqual(parseDocument(text, 'json').problems, [], text)
    }
  })

  it('knows the line and column of keys, items and values', () => {
    const document = parseDocument(order, 'json')
    assert.deepEqual(document.locate(''), { line: 1, column: 1 })
    assert.deepEqual(document.locate('/paths/~1orders'), { line: 4, column: 5 })
    assert.deepEqual(document.locateValue('/paths/~1orders'), { line: 4, column: 16 })
    assert.deepEqual(document.locate('/paths/~1orders/get/1/deep'), { line: 4, column: 30 })
    assert.deepEqual(document.locate('#/paths/~1orders/get/1/deep'), { line: 4, column: 30 })
  })

  it('places a missing pointer at its nearest parent', () => {
    const document = parseDocument(order, 'json')
    assert.deepEqual(document.locate('/paths/~1orders/post/responses'), { line: 4, column: 5 })
    assert.deepEqual(document.locate('/nowhere'), { line: 1, column: 1 })
    assert.equal(parseDocument('', 'json').locate('/a'), undefined)
  })

  it('lists every slip that leaves the meaning clear, and still reads the value', () => {
    const { value, problems } = parseDocument(
      '\uFEFF{\n  // note\n  "a": 1, /* x */\n  "a": [2,],\n}\n# end',
      'json',
    )
    assert.deepEqual(value, { a: [2] })
    assert.deepEqual(
      problems.map(({ code, line, column }) => [code, line, column]),
      [
        ['byte-order-mark', 1, 1],
        ['json-comment', 2, 3],
        ['json-comment', 3, 11],
        ['duplicate-key', 4, 3],
        ['json-trailing-comma', 4, 10],
        ['json-trailing-comma', 4, 12],
        ['json-comment', 6, 1],
      ],
    )
  })

  it('says what is wrong where the meaning is lost, and how to write it', () => {
    const cases = [
      ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'Expected a comma or } here, found ".', undefined],
      ['{name: 1}', 1, 2, 'Expected a key in double quotes, found "name".', 'Write "name" in double quotes.'],
      ["['a']", 1, 2, "Expected a value, found '.", 'JSON text stands in double quotes.'],
      ['[True]', 1, 2, 'Expected a value, found "True".', 'Write true.'],
      [
        '[01]',
        1,
        2,
        'Expected a value, found "01".',
        'A JSON number has no plus sign, no leading zero, and digits on both sides of its point.',
      ],
      ['[NaN]', 1, 2, 'Expected a value, found "NaN".', 'JSON has no such number; write null.'],
      ['{"a": [1, 2}', 1, 12, 'Expected a comma or ] here, found }.', undefined],
      ['[1,\n', 1, 1, 'The array that starts here is never closed.', undefined],
      ['{"a": 1', 1, 1, 'The object that starts here is never closed.', undefined],
      ['{} {}', 1, 4, 'Nothing may follow the end of the document, found {.', undefined],
    ] as const
    for (const [text, line, column, message, hint] of cases) {
      const { value, problems } = parseDocument(text, 'json')
      assert.equal(value, undefined)
      assert.deepEqual(problems, [{ code: 'json-syntax', message, line, column, ...(hint && { hint }) }])
    }
  })

  it('is refused beyond 500 levels instead of overflowing the stack', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    assert.deepEqual(parseDocument(nested(500), 'json').problems, [])
    assert.deepEqual(parseDocument(`[${'[],'.repeat(1000)}[]]`, 'json').problems, []) // wide is not deep
    assert.equal(parseDocument(nested(501), 'json').problems[0]?.code, 'too-deep')
    assert.equal(parseDocument(nested(200_000), 'json').problems[0]?.code, 'too-deep')
  })

  it('keeps __proto__ as a member like any other', () => {
    const { value } = parseDocument('{"__proto__": {"polluted": true}}', 'json')
    assert.deepEqual(Object.keys(value as object), ['__proto__'])
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
  })

  it('counts CRLF lines once and columns in UTF-16 units', () => {
    const document = parseDocument('{\r\n"😀": 1, "b": 2}', 'json')
    assert.deepEqual(document.locate('/b'), { line: 2, column: 10 })
  })
})

const api = `# comment
openapi: 3.0.3
paths:
  /orders:
    get: &get
      tags: [orders, "two"]
      responses:
        200: {description: fine}
        '404':
          description: none
    post: *get
  /carts:
    <<: *get
    empty:
list:
- a
- b: 1
  c: |
    text
`

describe('a YAML document', () => {
  it('has the value of YAML 1.2', () => {
    const { value, problems } = parseDocument(
      'a: no\nb: 2020-01-01\nc: 0x10\n? 1\n: d\ne: {f: [~, 1.5]}',
      'yaml',
    )
    assert.deepEqual(value, { a: 'no', b: '2020-01-01', c: 16, 1: 'd', e: { f: [null, 1.5] } })
    assert.deepEqual(problems, [])
  })

  it('knows the line and column of keys, items and values', () => {
    const document = parseDocument(api, 'yaml')
    const at = (pointer: string) => Object.values(document.locate(pointer) ?? {})
    assert.deepEqual(at(''), [2, 1])
    assert.deepEqual(at('/paths/~1orders'), [4, 3])
    assert.deepEqual(at('/paths/~1orders/get/tags/0'), [6, 14])
    assert.deepEqual(at('/paths/~1orders/get/tags/1'), [6, 22])
    assert.deepEqual(at('/paths/~1orders/get/responses/200'), [8, 9])
    assert.deepEqual(at('/paths/~1orders/get/responses/200/description'), [8, 15])
    assert.deepEqual(at('/paths/~1orders/get/responses/404'), [9, 9])
    assert.deepEqual(at('/paths/~1carts/empty'), [14, 5])
    assert.deepEqual(at('/list/1/c'), [18, 3])
    assert.deepEqual(document.locateValue('/openapi'), { line: 2, column: 10 })
    assert.deepEqual(document.locateValue('/paths/~1carts/empty'), { line: 14, column: 5 })
  })

  it('names keys as they become members', () => {
    const document = parseDocument('0x10: {a: 1}\n~: {b: 2}\n"1.0": {c: 3}', 'yaml')
    assert.deepEqual(Object.keys(document.value as object), ['16', 'null', '1.0'])
    assert.deepEqual(document.locate('/16/a'), { line: 1, column: 8 })
    assert.deepEqual(document.locate('/null/b'), { line: 2, column: 5 })
    assert.deepEqual(document.locate('/1.0/c'), { line: 3, column: 9 })
  })

  it('follows aliases and merges to where the text is', () => {
    const document = parseDocument(api, 'yaml')
    assert.deepEqual(document.locate('/paths/~1orders/post'), { line: 11, column: 5 })
    assert.deepEqual(document.locate('/paths/~1orders/post/tags'), { line: 6, column: 7 })
    assert.deepEqual(document.locate('/paths/~1carts/responses'), { line: 7, column: 7 })
    assert.deepEqual(document.value, {
      openapi: '3.0.3',
      paths: {
        '/orders': { get: getOperation, post: getOperation },
        '/carts': { ...getOperation, empty: null },
      },
      list: ['a', { b: 1, c: 'text\n' }],
    })
  })

  it('places a missing pointer at its nearest parent', () => {
    const document = parseDocument(api, 'yaml')
    assert.deepEqual(document.locate('/paths/~1orders/delete/responses'), { line: 4, column: 3 })
  })

  it('lists every doubled key and keeps the last', () => {
    const { value, problems } = parseDocument('a: 1\nb:\n  c: 1\n  c: 2\na: 3\n', 'yaml')
    assert.deepEqual(value, { a: 3, b: { c: 2 } })
    assert.deepEqual(
      problems.map(({ code, line, column }) => [code, line, column]),
      [
        ['duplicate-key', 4, 3],
        ['duplicate-key', 5, 1],
      ],
    )
  })

  it('says what is wrong and where', () => {
    const cases = [
      ['a: [1, 2\nb: 3', 'yaml-syntax', 2, 1],
      ['a:\n\tb: 1', 'yaml-syntax', 2, 1],
      ['a: b: c', 'yaml-syntax', 1, 5],
      ['a: *nope', 'yaml-syntax', 1, 5],
      ['? [a]\n: 1', 'yaml-syntax', 1, 1],
      ['', 'empty-document', 1, 1],
      ['# only a comment\n', 'empty-document', 1, 1],
      ['---\na: 1\n---\nb: 2', 'several-documents', 3, 1],
      ['a: &x\n  b: *x', 'circular-alias', 2, 6],
    ] as const
    for (const [text, code, line, column] of cases) {
      const document = parseDocument(text, 'yaml')
      assert.equal(document.value, undefined, text)
      assert.deepEqual(
        document.problems.map((problem) => [problem.code, problem.line, problem.column]),
        [[code, line, column]],
        text,
      )
    }
  })

  it('hints at tabs and at unquoted colons', () => {
    assert.match(parseDocument('a:\n\tb: 1', 'yaml').problems[0]?.hint ?? '', /spaces, not tabs/)
    assert.match(parseDocument('a: b: c', 'yaml').problems[0]?.hint ?? '', /quotes/)
  })

  it('may be one document between markers, or begin with a byte order mark', () => {
    assert.deepEqual(parseDocument('---\na: 1\n...\n', 'yaml').value, { a: 1 })
    assert.deepEqual(parseDocument('\uFEFFa: 1', 'yaml').value, { a: 1 })
  })
})

const getOperation = {
  tags: ['orders', 'two'],
  responses: { 200: { description: 'fine' }, 404: { description: 'none' } },
}

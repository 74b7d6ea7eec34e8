import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeTemplate, plainText, type Body, type Literal } from './model.ts'
import { parseHurl } from './parse.ts'

/** What a block means, small enough to compare: every row names only what it is about. */
function summary(text: string): unknown {
  const { entries, problems } = parseHurl(text)
  assert.deepEqual(problems, [])
  const all = entries.map(({ request, response }) => ({
    method: request.method,
    url: describeTemplate(request.url),
    ...pairs('headers', request.headers),
    ...pairs('query', request.query),
    ...pairs('form', request.form),
    ...pairs('cookies', request.cookies),
    ...(request.basicAuth && pairs('basicAuth', [request.basicAuth])),
    ...pairs(
      'options',
      request.options.map(({ name, value }) => ({
        name: { parts: [{ kind: 'text' as const, text: name }], at: { line: 1, column: 1 } },
        value,
      })),
    ),
    ...(request.multipart.length > 0 && {
      multipart: request.multipart.map((field) =>
        field.kind === 'file'
          ? [plainText(field.name), 'file', plainText(field.file), field.contentType]
          : [plainText(field.name), describeTemplate(field.value)],
      ),
    }),
    ...(request.body && { body: body(request.body) }),
    ...(response && {
      response: {
        version: response.version,
        status: response.status,
        ...pairs('headers', response.headers),
        ...(response.captures.length > 0 && {
          captures: response.captures.map(({ name, query, redact }) => [
            plainText(name),
            query.source,
            ...(redact ? ['redact'] : []),
          ]),
        }),
        ...(response.asserts.length > 0 && {
          asserts: response.asserts.map(({ query, predicate }) => [
            [
              query.name,
              ...query.args.map(literal),
              ...query.filters.map((filter) => [filter.name, ...filter.args.map(literal)]),
            ],
            `${predicate.not ? 'not ' : ''}${predicate.name}`,
            ...(predicate.value ? [literal(predicate.value)] : []),
          ]),
        }),
        ...(response.body && { body: body(response.body) }),
      },
    }),
  }))
  return all.length === 1 ? all[0] : all
}

function pairs(
  key: string,
  list: readonly {
    name: Parameters<typeof describeTemplate>[0]
    value: Parameters<typeof describeTemplate>[0]
  }[],
) {
  return list.length === 0
    ? {}
    : { [key]: list.map(({ name, value }) => [describeTemplate(name), describeTemplate(value)]) }
}

function body(value: Body): unknown {
  switch (value.kind) {
    case 'json':
      return value.source
        .map((piece) =>
          typeof piece === 'string'
            ? piece
            : piece.quoted
              ? `"{${piece.expr.name}}"`
              : `{${piece.expr.name}}`,
        )
        .join('')
    case 'text':
      return [value.language, describeTemplate(value.text)]
    case 'bytes':
      return Buffer.from(value.bytes).toString('latin1')
    case 'file':
      return ['file', plainText(value.file)]
  }
}

function literal(value: Literal): unknown {
  switch (value.kind) {
    case 'string':
      return describeTemplate(value.text)
    case 'regex':
      return `/${value.pattern}/`
    case 'number':
    case 'boolean':
      return value.value
    case 'null':
      return null
    case 'bytes':
      return Buffer.from(value.bytes).toString('latin1')
    case 'file':
      return ['file', plainText(value.file)]
    case 'expr':
      return { expr: value.expr.name }
  }
}

const GET = { method: 'GET', url: 'http://x' }
const asked = (lines: string) => `GET http://x\n${lines}`
const answered = (lines: string) => `GET http://x\nHTTP 200\n${lines}`
const response = (rest: object) => ({ ...GET, response: { version: 'HTTP', status: 200, ...rest } })
const asserted = (...asserts: unknown[]) => response({ asserts })

const rows: [name: string, text: string, expected: unknown][] = [
  ['an empty block', '', []],
  ['a block of comments', '# nothing\n\n  # here', []],
  ['one request', 'GET http://x', GET],
  ['spaces around method and URL', '  GET   http://x  ', GET],
  ['a comment after the URL', 'GET http://x # why', GET],
  ['an escaped hash in the URL', 'GET http://x/a\\#b', { method: 'GET', url: 'http://x/a#b' }],
  ['a URL with braces in it', 'GET http://x/{id}', { method: 'GET', url: 'http://x/{id}' }],
  [
    'CRLF line ends',
    'GET http://x\r\nA: b\r\nHTTP 200\r\n',
    { ...GET, headers: [['A', 'b']], response: { version: 'HTTP', status: 200 } },
  ],
  ['templates in the URL', 'GET {{baseUrl}}/a/{{id}}', { method: 'GET', url: '{{baseUrl}}/a/{{id}}' }],
  [
    'every method',
    'PATCH http://x\nDELETE http://x',
    [
      { method: 'PATCH', url: 'http://x' },
      { method: 'DELETE', url: 'http://x' },
    ],
  ],
  [
    'headers',
    asked('Accept: */*\nX-A:b'),
    {
      ...GET,
      headers: [
        ['Accept', '*/*'],
        ['X-A', 'b'],
      ],
    },
  ],
  ['a header with a colon in its value', asked('Host: a:80'), { ...GET, headers: [['Host', 'a:80']] }],
  [
    'a header in capitals with a space before its colon',
    asked('ETAG : b'),
    { ...GET, headers: [['ETAG', 'b']] },
  ],
  ['quotes are part of a header', asked('If-Match: "abc"'), { ...GET, headers: [['If-Match', '"abc"']] }],
  ['an empty header', asked('X-A:'), { ...GET, headers: [['X-A', '']] }],
  ['a template as the name of a header', asked('{{name}}: b'), { ...GET, headers: [['{{name}}', 'b']] }],
  ['a comment after a header', asked('X-A: b # c'), { ...GET, headers: [['X-A', 'b']] }],
  ['a unicode escape in a value', asked('X-A: caf\\u{e9}'), { ...GET, headers: [['X-A', 'café']] }],
  [
    '[QueryStringParams]',
    asked('[QueryStringParams]\na: b c\nd: {{e}}'),
    {
      ...GET,
      query: [
        ['a', 'b c'],
        ['d', '{{e}}'],
      ],
    },
  ],
  [
    '[Query], the short name',
    asked('[Query]\nfilter[state]: open'),
    { ...GET, query: [['filter[state]', 'open']] },
  ],
  ['[FormParams]', asked('[FormParams]\na: b'), { ...GET, form: [['a', 'b']] }],
  ['[Form], the short name', asked('[Form]\na: b'), { ...GET, form: [['a', 'b']] }],
  ['[Cookies]', asked('[Cookies]\ntheme: light'), { ...GET, cookies: [['theme', 'light']] }],
  ['[BasicAuth]', asked('[BasicAuth]\nbob: secret'), { ...GET, basicAuth: [['bob', 'secret']] }],
  [
    '[MultipartFormData] with a file',
    asked('[MultipartFormData]\na: b\nf: file,data.bin; image/png\ng: file,x.txt;'),
    {
      ...GET,
      multipart: [
        ['a', 'b'],
        ['f', 'file', 'data.bin', 'image/png'],
        ['g', 'file', 'x.txt', undefined],
      ],
    },
  ],
  [
    '[Options]',
    asked('[Options]\nretry: 3\nretry-interval: 500ms\nlocation: true\nvariable: a=b\ndelay: {{d}}'),
    {
      ...GET,
      options: [
        ['retry', '3'],
        ['retry-interval', '500ms'],
        ['location', 'true'],
        ['variable', 'a=b'],
        ['delay', '{{d}}'],
      ],
    },
  ],
  [
    'options that change only what is shown',
    asked('[Options]\nverbose: true'),
    { ...GET, options: [['verbose', 'true']] },
  ],
  [
    'sections in any order',
    asked('[Cookies]\na: b\n[Query]\nc: d'),
    { ...GET, query: [['c', 'd']], cookies: [['a', 'b']] },
  ],
  [
    'a JSON object as the body',
    asked('{"a": [1, -2.5e3, true, null]}'),
    { ...GET, body: '{"a": [1, -2.5e3, true, null]}' },
  ],
  ['a JSON list as the body, not a section', asked('[1, "a"]'), { ...GET, body: '[1, "a"]' }],
  ['a JSON body over several lines', asked('{\n  "a": "b"\n}'), { ...GET, body: '{\n  "a": "b"\n}' }],
  [
    'templates in a JSON body',
    asked('{"a": "x{{y}}", "b": {{c}}}'),
    { ...GET, body: '{"a": "x"{y}"", "b": {c}}' },
  ],
  ['a JSON string as the body', asked('"a\\n\\u00e9"'), { ...GET, body: '"a\\n\\u00e9"' }],
  ['a JSON word as the body', asked('true'), { ...GET, body: 'true' }],
  ['a multiline text', asked('```\na\n b\n```'), { ...GET, body: ['text', 'a\n b\n'] }],
  ['a multiline text with a template', asked('```\na {{b}}\n```'), { ...GET, body: ['text', 'a {{b}}\n'] }],
  ['a raw text', asked('```raw\na {{b}}\n```'), { ...GET, body: ['raw', 'a {{b}}\n'] }],
  [
    'a multiline text of a language',
    asked('```json\n{"a": {{b}}}\n```'),
    { ...GET, body: ['json', '{"a": {{b}}}\n'] },
  ],
  ['an empty multiline text', asked('```\n```'), { ...GET, body: ['text', ''] }],
  ['a text on one line', asked('`a {{b}} \\` c`'), { ...GET, body: ['raw', 'a {{b}} ` c'] }],
  ['base64 bytes', asked('base64,aGVs\nbG8=;'), { ...GET, body: 'hello' }],
  ['hex bytes', asked('hex,68 656c6C6f;'), { ...GET, body: 'hello' }],
  ['hex bytes over several lines', asked('hex,6865\n6c6c6f;'), { ...GET, body: 'hello' }],
  ['a file as the body', asked('file,data.bin;'), { ...GET, body: ['file', 'data.bin'] }],
  [
    'an XML body',
    asked('<?xml version="1.0"?>\n<a><b c="d"/>e</a>\n'),
    { ...GET, body: ['xml', '<?xml version="1.0"?>\n<a><b c="d"/>e</a>'] },
  ],
  ['a response', answered(''), response({})],
  ['any status', 'GET http://x\nHTTP *', { ...GET, response: { version: 'HTTP', status: undefined } }],
  ['a version', 'GET http://x\nHTTP/1.1 204', { ...GET, response: { version: 'HTTP/1.1', status: 204 } }],
  ['a blank line before the response', 'GET http://x\n\n# then\nHTTP 200', response({})],
  [
    'expected headers',
    answered('Content-Type: text/html; charset=utf-8'),
    response({ headers: [['Content-Type', 'text/html; charset=utf-8']] }),
  ],
  ['an expected body', answered('{"ok": true}'), response({ body: '{"ok": true}' })],
  [
    'captures',
    answered('[Captures]\nid: jsonpath "$.id"\ntoken: header "X-Token" regex /t=(.*)/ redact'),
    response({
      captures: [
        ['id', 'jsonpath "$.id"'],
        ['token', 'header "X-Token" regex /t=(.*)/', 'redact'],
      ],
    }),
  ],
  ['a status assert', answered('[Asserts]\nstatus == 200'), asserted([['status'], '==', 200])],
  ['the word for ==', answered('[Asserts]\nstatus equals 200'), asserted([['status'], '==', 200])],
  [
    'the words for the others',
    answered('[Asserts]\nduration lessThan 10\nstatus notEquals 1'),
    asserted([['duration'], '<', 10], [['status'], '!=', 1]),
  ],
  [
    'a negated predicate',
    answered('[Asserts]\nheader "A" not contains "b"'),
    asserted([['header', 'A'], 'not contains', 'b']),
  ],
  [
    'a predicate without a value',
    answered('[Asserts]\njsonpath "$.a" exists # c'),
    asserted([['jsonpath', '$.a'], 'exists']),
  ],
  [
    'typed values',
    answered('[Asserts]\nbody == null\nbody == true\nbody == -1.5\nbody == "1"'),
    asserted([['body'], '==', null], [['body'], '==', true], [['body'], '==', -1.5], [['body'], '==', '1']),
  ],
  [
    'a value from a variable',
    answered('[Asserts]\njsonpath "$.a" == {{b}}'),
    asserted([['jsonpath', '$.a'], '==', { expr: 'b' }]),
  ],
  [
    'bytes as a value',
    answered('[Asserts]\nbytes startsWith hex,efbb;\nsha256 == base64,YWI=;'),
    asserted([['bytes'], 'startsWith', '\u00ef\u00bb'], [['sha256'], '==', 'ab']),
  ],
  [
    'a regular expression between slashes',
    answered('[Asserts]\nbody matches /^a\\/b\\d+$/'),
    asserted([['body'], 'matches', '/^a/b\\d+$/']),
  ],
  [
    'a regular expression in quotes',
    answered('[Asserts]\nbody matches "\\\\d"'),
    asserted([['body'], 'matches', '\\d']),
  ],
  [
    'a chain of filters',
    answered('[Asserts]\nheader "V" split "," nth 0 toInt >= 2\njsonpath "$.a" replace "x" "y" count == 1'),
    asserted(
      [['header', 'V', ['split', ','], ['nth', 0], ['toInt']], '>=', 2],
      [['jsonpath', '$.a', ['replace', 'x', 'y'], ['count']], '==', 1],
    ),
  ],
  [
    'a regex query',
    answered('[Asserts]\nregex "id=(\\\\d+)" == "1"'),
    asserted([['regex', 'id=(\\d+)'], '==', '1']),
  ],
  [
    'variable, url, md5, cookie',
    answered('[Asserts]\nvariable "a" == 1\nurl endsWith "b"\nmd5 exists\ncookie "s[Path]" == "/"'),
    asserted(
      [['variable', 'a'], '==', 1],
      [['url'], 'endsWith', 'b'],
      [['md5'], 'exists'],
      [['cookie', 's[Path]'], '==', '/'],
    ),
  ],
  [
    'a fenced expected value',
    answered('[Asserts]\nbody == ```\na\nb```'),
    asserted([['body'], '==', 'a\nb']),
  ],
  ['filters inside a template', 'GET {{url urlDecode}}', { method: 'GET', url: '{{url}}' }],
  [
    'escapes inside quotes',
    answered('[Asserts]\nbody == "a\\"b\\\\c\\n\\u{1f600}"'),
    asserted([['body'], '==', 'a"b\\c\n😀']),
  ],
  [
    'captures before asserts and after',
    answered('[Asserts]\nstatus == 200\n[Captures]\na: body'),
    response({ captures: [['a', 'body']], asserts: [[['status'], '==', 200]] }),
  ],
]

for (const [name, text, expected] of rows)
  test(`reads ${name}`, () => assert.deepEqual(summary(text), expected))

test('places are lines of the file and columns of the block', () => {
  const { entries } = parseHurl(
    '\nPOST http://x\n{\n  "a": {\n    "b": 1 }\n}\nHTTP 201\n[Asserts]\n  jsonpath "$.a" == 2',
    40,
  )
  const [entry] = entries
  assert.deepEqual(entry!.request.at, { line: 41, column: 1 })
  assert.deepEqual(entry!.response!.at, { line: 46, column: 1 })
  assert.deepEqual(entry!.response!.asserts[0]!.at, { line: 48, column: 3 })
  const node = entry!.request.body?.kind === 'json' ? entry!.request.body.node : undefined
  const inner = node?.kind === 'object' ? node.members[0]!.value : undefined
  assert.deepEqual(inner?.kind === 'object' && inner.members[0]!.at, { line: 44, column: 5 })
})

const refused: [name: string, text: string, place: string, message: RegExp, hint?: RegExp][] = [
  ['a small method', 'get http://x', '1:1', /expected a request such as .*found "get"/, /Did you mean "GET"/],
  ['a method in small letters', 'psot http://x', '1:1', /found "psot"/, /"POST"/],
  ['a request without URL', 'GET', '1:4', /expected a URL after GET/],
  ['hex as a block of text', 'POST http://x\n```hex\n68\n```', '2:4', /cannot be hex/, /hex,…;/],
  ['a language nobody knows', 'POST http://x\n```yaml\na: b\n```', '2:4', /found "yaml"/],
  ['a section twice', 'GET http://x\n[Query]\na: b\n[Query]\nc: d', '4:1', /has \[Query\] once/],
  ['a version nobody knows', 'GET http://x\nHTTP/4 200', '2:1', /found "HTTP\/4"/],
  [
    'a cookie attribute nobody knows',
    'GET http://x\nHTTP 200\n[Asserts]\ncookie "a[Pfad]" exists',
    '4:11',
    /has no "Pfad"/,
  ],
  ['a status in words', 'GET http://x\nHTTP OK', '2:6', /expected a status such as 200.*found "OK"/],
  ['text after the status', 'GET http://x\nHTTP 200 OK', '2:10', /found "OK"/],
  [
    'a header without colon',
    'GET http://x\nAccept application/json',
    '2:8',
    /expected ":" after the name, found "application\/json"/,
  ],
  ['an unknown section', 'GET http://x\n[Qeury]\na: b', '2:2', /has no section \[Qeury\]/, /"Query"/],
  [
    'asserts before the status',
    'GET http://x\n[Asserts]\nstatus == 200',
    '2:2',
    /a request has no section \[Asserts\]/,
    /after the line "HTTP 200"/,
  ],
  [
    'a query section after the status',
    'GET http://x\nHTTP 200\n[Query]\na: b',
    '3:2',
    /a response has no section \[Query\]/,
    /before the line/,
  ],
  ['an unknown option', 'GET http://x\n[Options]\nretrys: 3', '3:1', /no option "retrys"/, /"retry"/],
  [
    'an option of the wrong kind',
    'GET http://x\n[Options]\nretry: often',
    '3:8',
    /cannot be "often"/,
    /whole number/,
  ],
  [
    'an unknown query',
    'GET http://x\nHTTP 200\n[Asserts]\njsonPath "$" exists',
    '4:1',
    /expected a query .*found "jsonPath"/,
    /"jsonpath"/,
  ],
  [
    'an unknown predicate',
    'GET http://x\nHTTP 200\n[Asserts]\nbody start "a"',
    '4:6',
    /expected a predicate/,
  ],
  [
    'one equals sign',
    'GET http://x\nHTTP 200\n[Asserts]\nstatus = 200',
    '4:8',
    /expected a predicate .*found "="/,
  ],
  [
    'a missing value',
    'GET http://x\nHTTP 200\n[Asserts]\nstatus ==',
    '4:10',
    /expected a value after ==, found the end of the/,
  ],
  [
    'text without quotes',
    'GET http://x\nHTTP 200\n[Asserts]\nbody == abc',
    '4:9',
    /expected a value after ==/,
    /double quotes/,
  ],
  ['an open string', 'GET http://x\nHTTP 200\n[Asserts]\nbody == "abc', '4:9', /no closing double quote/],
  [
    'an open regular expression',
    'GET http://x\nHTTP 200\n[Asserts]\nbody matches /abc',
    '4:14',
    /no closing \//,
  ],
  [
    'a broken regular expression',
    'GET http://x\nHTTP 200\n[Asserts]\nbody matches /a(/',
    '4:14',
    /cannot be read/,
  ],
  [
    'an escape that is none',
    'GET http://x\nHTTP 200\n[Asserts]\nbody matches "\\d"',
    '4:16',
    /"\\d" is not an escape/,
    /no escape/,
  ],
  [
    'a backslash at the end of a line',
    'GET http://x\nA: b\\\nHTTP 200',
    '2:5',
    /a backslash needs a character after it/,
    /two backslashes/,
  ],
  [
    'something after an assert',
    'GET http://x\nHTTP 200\n[Asserts]\nstatus == 200 201',
    '4:15',
    /expected the end of the line, found "201"/,
  ],
  ['an open template', 'GET http://x/{{id', '1:14', /no closing }}/],
  ['an empty template', 'GET http://x/{{}}', '1:16', /expected a variable name/],
  [
    'a comma too many',
    'POST http://x\n{"a": 1,}',
    '2:9',
    /expected a property name/,
    /no comma after the last/,
  ],
  ['a missing comma', 'POST http://x\n{"a": 1\n"b": 2}', '3:1', /expected "," or "}"/],
  ['an open object', 'POST http://x\n{"a": 1', '2:1', /no closing }/],
  ['single quotes in JSON', "POST http://x\n{'a': 1}", '2:2', /expected a property name in double quotes/],
  ['bytes that are no hex', 'POST http://x\nhex,xyz;', '2:5', /not hex digits/],
  ['an open fence', 'POST http://x\n```\nabc', '2:1', /no closing ```/],
  [
    'something after the body',
    'POST http://x\n{} x\nHTTP 200',
    '2:4',
    /expected the end of the body, found "x"/,
  ],
]

for (const [name, text, place, message, hint] of refused)
  test(`${name} is refused with its place`, () => {
    const { problems } = parseHurl(text)
    const [problem] = problems
    assert.match(problem?.message ?? '', message)
    assert.equal(`${problem!.at.line}:${problem!.at.column}`, place)
    assert.equal(problem!.code, 'hurl-syntax')
    if (hint !== undefined) assert.match(problem!.hint ?? '', hint)
  })

test('what Hurl has and specify has not is said, not ignored', () => {
  const texts = [
    'GET http://x\n[Options]\ndigest: true',
    'GET http://x\n[Options]\nproxy: a:80',
    'GET http://x\n[Options]\naws-sigv4: aws:amz:eu:s3',
  ]
  for (const text of texts)
    assert.deepEqual(
      parseHurl(text).problems.map(({ code }) => code),
      ['hurl-unsupported'],
    )
})

test('after a broken entry the next ones are read', () => {
  const { entries, problems } = parseHurl(
    'GET http://a\nHTTP abc\n\nPOST http://b\n{"x": }\n\nGET http://c\nHTTP 200',
  )
  assert.deepEqual(
    [entries.map(({ request }) => describeTemplate(request.url)), problems.map(({ at }) => at.line)],
    [['http://c'], [2, 5]],
  )
})

test('JSON nested without end is refused instead of overflowing the stack', () => {
  const { problems } = parseHurl(`POST http://x\n${'['.repeat(100_000)}`)
  assert.match(problems[0]!.message, /nested deeper/)
})

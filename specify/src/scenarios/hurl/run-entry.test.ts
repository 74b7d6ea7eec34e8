import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { builtinValues } from '../builtins.ts'
import { CookieJar } from './cookie-jar.ts'
import { HttpClient } from './http-client.ts'
import { parseHurl } from './parse.ts'
import { runEntry, type EntryResult, type Session } from './run-entry.ts'

// One server for all tests: each names its own path. Every request is answered with what was received.

const routes: Record<string, RequestListener> = {
  '/cookie/set': (_request, response) => {
    response
      .writeHead(200, {
        'Set-Cookie': ['session=s1; Path=/cookie; HttpOnly; Max-Age=60', 'gone=x; Max-Age=0'],
      })
      .end()
  },
  '/redirect': (_request, response) => {
    response.writeHead(302, { Location: '/echo?from=redirect' }).end()
  },
  '/redirect-keep': (_request, response) => {
    response.writeHead(307, { Location: '/echo' }).end()
  },
  '/loop': (_request, response) => {
    response.writeHead(302, { Location: '/loop' }).end()
  },
  '/gzip': (_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"packed":true}'))
  },
  '/slow': () => {},
  '/trickle': (_request, response) => {
    const timer = setInterval(() => response.write('x'), 5)
    response.on('close', () => clearInterval(timer))
  },
  '/huge': (_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024)
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  },
  '/bomb': (_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(80 * 1024 * 1024)))
  },
  '/not-gzip': (_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain')
  },
  '/cut': (_request, response) => {
    response.socket?.destroy()
  },
  '/text': (_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/plain; charset=latin1', Vary: ['A', 'B'] })
      .end(Buffer.from([0x63, 0xe9]))
  },
  '/order': (_request, response) => {
    json(response, 200, {
      id: 7,
      state: 'open',
      total: 10.5,
      lines: [{ sku: 'a' }, { sku: 'b' }],
      note: null,
    })
  },
  '/problem': (_request, response) => {
    json(response, 422, { code: 'cart-empty' }, 'application/problem+json')
  },
}

let attempts = 0
routes['/flaky'] = (_request, response) => {
  attempts++
  json(response, attempts < 3 ? 503 : 200, { attempts })
}

function json(response: ServerResponse, status: number, value: unknown, type = 'application/json') {
  response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(value))
}

async function echo(request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const { method, url, headers } = request
  json(response, 200, { method, url, headers, body: Buffer.concat(chunks).toString('latin1') })
}

const server = createServer((request, response) => {
  const route = routes[request.url?.split('?')[0] ?? '']
  if (route === undefined) void echo(request, response)
  else route(request, response)
})
const client = new HttpClient(AbortSignal.timeout(60_000))
let baseUrl = ''

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  client.close()
  server.closeAllConnections()
  server.close()
})

async function run(text: string): Promise<EntryResult[]> {
  const { entries, problems } = parseHurl(text)
  assert.deepEqual(problems, [])
  const session: Session = {
    variables: builtinValues('a/001#US1.1', baseUrl),
    cookies: new CookieJar(),
    secrets: new Set(),
    client,
    readFile: (path) => Buffer.from(`content of ${path}`),
    signal: AbortSignal.timeout(30_000),
  }
  const results: EntryResult[] = []
  for (const entry of entries) results.push(await runEntry(entry, session))
  return results
}

const passing: [name: string, text: string][] = [
  ['a status', 'GET {{baseUrl}}/order\nHTTP 200'],
  ['{{host}} without a scheme', 'GET {{host}}/order\nHTTP 200'],
  ['{{host}} behind http://', 'GET http://{{host}}/order\nHTTP/1.1 200'],
  ['any status, asserted', 'GET {{baseUrl}}/problem\nHTTP *\n[Asserts]\nstatus >= 400\nstatus < 500'],
  ['an expected header', 'GET {{baseUrl}}/problem\nHTTP 422\nContent-Type: application/problem+json'],
  [
    'one of several headers',
    'GET {{baseUrl}}/text\nHTTP 200\nVary: B\n[Asserts]\nheader "vary" count == 2\nheader "Vary" includes "A"',
  ],
  [
    'the charset of a body',
    'GET {{baseUrl}}/text\nHTTP 200\n[Asserts]\nbody == "cé"\nbytes count == 2\nbytes endsWith hex,e9;',
  ],
  [
    'values by JSONPath',
    'GET {{baseUrl}}/order\nHTTP 200\n[Asserts]\njsonpath "$.id" == 7\njsonpath "$.total" == 10.5\njsonpath "$.note" == null\njsonpath "$.lines[*].sku" includes "b"\njsonpath "$.lines" count == 2\njsonpath "$.missing" not exists\njsonpath "$.lines[?@.sku == \\"a\\"].sku" == "a"',
  ],
  ['an expected JSON body in another order', 'GET {{baseUrl}}/problem\nHTTP 422\n{ "code":   "cart-empty" }'],
  [
    'a query section',
    'GET {{baseUrl}}/echo?a=1\n[Query]\nb: x y&z\nHTTP 200\n[Asserts]\njsonpath "$.url" == "/echo?a=1&b=x%20y%26z"',
  ],
  [
    'a form',
    'POST {{baseUrl}}/echo\n[Form]\na: b c\nd: &\nHTTP 200\n[Asserts]\njsonpath "$.body" == "a=b%20c&d=%26"\njsonpath "$.headers[\'content-type\']" == "application/x-www-form-urlencoded"',
  ],
  [
    'a JSON body with templates',
    'POST {{baseUrl}}/echo\n[Options]\nvariable: name=a"b\nvariable: count=3\n{"name": "{{name}}", "count": {{count}}}\nHTTP 200\n[Asserts]\njsonpath "$.body" jsonpath "$.name" == "a\\"b"\njsonpath "$.body" jsonpath "$.count" == 3\njsonpath "$.headers[\'content-type\']" == "application/json"',
  ],
  [
    'a multipart form with a file',
    'POST {{baseUrl}}/echo\n[Multipart]\nname: ann\npicture: file,a.png;\nHTTP 200\n[Asserts]\njsonpath "$.body" contains "content of a.png"\njsonpath "$.body" contains "image/png"\njsonpath "$.headers[\'content-type\']" startsWith "multipart/form-data; boundary="',
  ],
  [
    'a login',
    'GET {{baseUrl}}/echo\n[BasicAuth]\nbob: secret\nHTTP 200\n[Asserts]\njsonpath "$.headers.authorization" == "Basic Ym9iOnNlY3JldA=="',
  ],
  [
    'cookies kept between requests, and only on their path',
    'GET {{baseUrl}}/cookie/set\nHTTP 200\n[Asserts]\ncookie "session" == "s1"\ncookie "session[Max-Age]" == 60\ncookie "session[HttpOnly]" exists\ncookie "session[Secure]" not exists\n\nGET {{baseUrl}}/cookie/next\n[Cookies]\nown: 1\nHTTP 200\n[Asserts]\njsonpath "$.headers.cookie" == "session=s1; own=1"\n\nGET {{baseUrl}}/echo\nHTTP 200\n[Asserts]\njsonpath "$.headers.cookie" not exists',
  ],
  [
    'captures used later',
    'GET {{baseUrl}}/order\nHTTP 200\n[Captures]\nid: jsonpath "$.id"\nskus: jsonpath "$.lines[*].sku"\n\nGET {{baseUrl}}/echo/{{id}}\nHTTP 200\n[Asserts]\njsonpath "$.url" == "/echo/7"\nvariable "id" == 7\nvariable "skus" nth 1 == "b"\nvariable "id" == {{id}}',
  ],
  [
    'a redirect left alone',
    'GET {{baseUrl}}/redirect\nHTTP 302\n[Asserts]\nheader "Location" == "/echo?from=redirect"',
  ],
  [
    'a redirect followed',
    'POST {{baseUrl}}/redirect\n[Options]\nlocation: true\n{"a": 1}\nHTTP 200\n[Asserts]\nurl endsWith "/echo?from=redirect"\njsonpath "$.method" == "GET"\njsonpath "$.body" == ""\nredirects count == 1',
  ],
  [
    'a redirect that keeps the method',
    'POST {{baseUrl}}/redirect-keep\n[Options]\nlocation: true\n{"a":1}\nHTTP 200\n[Asserts]\njsonpath "$.method" == "POST"\njsonpath "$.body" == "{\\"a\\":1}"',
  ],
  [
    'a packed answer',
    'GET {{baseUrl}}/gzip\n[Options]\ncompressed: true\nHTTP 200\n[Asserts]\njsonpath "$.packed" == true',
  ],
  [
    'Hurl’s functions',
    'GET {{baseUrl}}/echo/{{newUuid}}\n[Query]\nat: {{newDate}}\nHTTP 200\n[Captures]\nurl: jsonpath "$.url"\n[Asserts]\nvariable "url" matches /^\\/echo\\/[0-9a-f-]{36}\\?at=20/',
  ],
  [
    'the built-in variables',
    'GET {{baseUrl}}/echo\n[Query]\nu: {{uuid}}\ns: {{scenario}}\nHTTP 200\n[Asserts]\nvariable "uuid" isUuid\nvariable "now" isIsoDate\nvariable "timestamp" isInteger\nvariable "unique" matches /^[a-z0-9]{12}$/\njsonpath "$.url" endsWith "&s=a-001-US1-1"',
  ],
  ['a request without expectations', 'GET {{baseUrl}}/problem'],
]

for (const [name, text] of passing)
  test(`passes: ${name}`, async () => {
    assert.deepEqual(
      (await run(text)).flatMap(({ failures }) => failures),
      [],
    )
  })

test('passes: hashes of a body', async () => {
  const hash = (name: string) =>
    createHash(name)
      .update(Buffer.from([0x63, 0xe9]))
      .digest('hex')
  const text = `GET {{baseUrl}}/text\nHTTP 200\n[Asserts]\nmd5 == hex,${hash('md5')};\nsha256 == hex,${hash('sha256')};`
  assert.deepEqual(
    (await run(text)).flatMap(({ failures }) => failures),
    [],
  )
})

test('retries until the answer is right, and no longer', async () => {
  attempts = 0
  const [result] = await run('GET {{baseUrl}}/flaky\n[Options]\nretry: 5\nretry-interval: 1ms\nHTTP 200')
  assert.deepEqual([result!.outcome, attempts], ['passed', 3])
})

test('a skipped request is not sent', async () => {
  attempts = 0
  const [result] = await run('GET {{baseUrl}}/flaky\n[Options]\nskip: true\nHTTP 200')
  assert.deepEqual([result!.outcome, attempts], ['skipped', 0])
})

const failing: [
  name: string,
  text: string,
  line: number,
  message: RegExp,
  expected?: string,
  actual?: string,
][] = [
  ['a wrong status', 'GET {{baseUrl}}/problem\nHTTP 200', 2, /status differs/, '200', '422'],
  [
    'a wrong value',
    'GET {{baseUrl}}/order\nHTTP 200\n[Asserts]\njsonpath "$.state" == "paid"',
    4,
    /jsonpath "\$.state" == "paid"/,
    'string <paid>',
    'string <open>',
  ],
  [
    'a missing value',
    'GET {{baseUrl}}/order\nHTTP 200\n[Asserts]\njsonpath "$.status" == "paid"',
    4,
    /status/,
    'string <paid>',
    'nothing',
  ],
  [
    'a wrong header',
    'GET {{baseUrl}}/order\nHTTP 200\nContent-Type: text/html',
    3,
    /header Content-Type differs/,
    'text/html',
    'application/json',
  ],
  ['a missing header', 'GET {{baseUrl}}/order\nHTTP 200\nX-A: b', 3, /header X-A/, 'b', 'no such header'],
  [
    'a difference in a JSON body',
    'GET {{baseUrl}}/problem\nHTTP 422\n{"code": "sold-out"}',
    3,
    /differs at \$.code/,
    'string <sold-out>',
    'string <cart-empty>',
  ],
  [
    'a body that is no JSON',
    'GET {{baseUrl}}/text\nHTTP 200\n[Asserts]\njsonpath "$.a" exists',
    4,
    /not JSON/,
  ],
  [
    'a capture of nothing',
    'GET {{baseUrl}}/order\nHTTP 200\n[Captures]\nx: jsonpath "$.nothing"',
    4,
    /nothing to capture: jsonpath "\$.nothing"/,
  ],
  ['an unknown variable', 'GET {{baseUrl}}/{{oder}}\nHTTP 200', 1, /no variable {{oder}}/],
  ['a misspelled variable', 'GET {{baseURL}}/a\nHTTP 200', 1, /Did you mean "baseUrl"/],
  ['no URL', 'GET /order\nHTTP 200', 1, /begin with {{baseUrl}}/],
  ['nobody there', 'GET http://127.0.0.1:1/\nHTTP 200', 1, /nobody listens at 127.0.0.1:1/],
  ['a connection cut off', 'GET {{baseUrl}}/cut\nHTTP 200', 1, /closed the connection/],
  [
    'an answer that never comes',
    'GET {{baseUrl}}/slow\n[Options]\nmax-time: 50ms\nHTTP 200',
    1,
    /within 50 ms/,
  ],
  [
    'redirects without end',
    'GET {{baseUrl}}/loop\n[Options]\nlocation: true\nmax-redirs: 3\nHTTP 200',
    1,
    /more than 3 redirects/,
  ],
  ['a line break smuggled into a header', 'GET {{baseUrl}}/echo\nX-A: a\\nb: c\nHTTP 200', 1, /line break/],
  [
    'a wrong type for a predicate',
    'GET {{baseUrl}}/order\nHTTP 200\n[Asserts]\njsonpath "$.id" startsWith "7"',
    4,
    /startsWith/,
    'startsWith string <7>',
    'integer <7>',
  ],
  [
    'a stream that never ends',
    'GET {{baseUrl}}/trickle\n[Options]\nmax-time: 100ms\nHTTP 200',
    1,
    /gave no complete answer within 100 ms/,
  ],
  ['a body without end', 'GET {{baseUrl}}/huge\nHTTP 200', 1, /the body is larger than 67108864 bytes/],
  ['a body that unpacks without end', 'GET {{baseUrl}}/bomb\nHTTP 200', 1, /cannot be unpacked \(gzip\)/],
  [
    'a body that is not packed as it says',
    'GET {{baseUrl}}/not-gzip\nHTTP 200',
    1,
    /cannot be unpacked \(gzip\)/,
  ],
  [
    'a regular expression that cannot be read',
    'GET {{baseUrl}}/order\nHTTP 200\n[Captures]\na: regex "("',
    4,
    /cannot be read/,
  ],
  [
    'a filter that does not fit',
    'GET {{baseUrl}}/order\nHTTP 200\n[Asserts]\njsonpath "$.id" count == 1',
    4,
    /count needs a list/,
  ],
]

for (const [name, text, line, message, expected, actual] of failing)
  test(`fails at its line: ${name}`, async () => {
    const [failure] = (await run(text)).at(-1)!.failures
    assert.match(failure?.message ?? '', message)
    assert.equal(failure!.at.line, line)
    assert.deepEqual([failure!.expected, failure!.actual], [expected, actual])
  })

test('a failure can be asked again by its curl line', async () => {
  const [result] = await run('POST {{baseUrl}}/problem\nX-A: it\'s\n[Cookies]\na: b\n{"a": 1}\nHTTP 200')
  assert.equal(
    result!.curl,
    `curl -X POST '${baseUrl}/problem' -H 'X-A: it'\\''s' -H 'Content-Type: application/json' -b 'a=b' --data-binary '{"a": 1}'`,
  )
})

test('many requests share few connections', async () => {
  let connections = 0
  server.on('connection', () => connections++)
  const entries = Array.from({ length: 50 }, () => 'GET {{baseUrl}}/order\nHTTP 200\n').join('\n')
  assert.ok((await run(entries)).every(({ outcome }) => outcome === 'passed'))
  assert.ok(connections <= 1, `${connections} new connections`)
})

// The server that the cases of hurl-cases.ts ask: a page of data of every type, an echo, and the trickier answers.

import { Buffer } from 'node:buffer'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

// Written as text: a JSON printer would lose 2.0 and the digits of `exact`.
const DATA = String.raw`{
  "name": "Ada Lovelace", "age": 36, "height": 1.65, "whole": 2.0, "exact": 9007199254740993, "minus": -7,
  "alive": false, "famous": true, "nothing": null, "empty": "", "none": [], "noneObject": {},
  "tags": ["math", "poetry", "computing"], "numbers": [3, 1, 2], "mixed": [1, "1", true, null, 1.5],
  "books": [
    { "title": "Notes", "price": 12.5, "pages": 40, "tags": ["engine"] },
    { "title": "Letters", "price": 8, "pages": 120, "tags": [] },
    { "title": "Sketch", "price": 20, "pages": 66, "lent": true, "tags": ["engine", "loom"] }
  ],
  "address": { "city": "London", "postal-code": "W1", "geo": { "lat": 51.5, "lon": -0.14 } },
  "isoDate": "2023-01-23T18:25:43.511Z", "isoOffset": "2023-01-23T19:25:43+01:00",
  "httpDate": "Wed, 13 Jan 2021 22:23:01 GMT", "future": "2999-12-31T00:00:00Z",
  "uuid": "550e8400-e29b-41d4-a716-446655440000", "ip4": "192.168.0.1", "ip6": "2001:db8::1",
  "url": "https://mozilla.org/?x=шеллы", "link": "https://example.org/a?page=2&sort=name%20asc#top",
  "encoded": "https%3A//mozilla.org/%3Fx%3D%D1%88", "html": "a > b & \"c\"", "escaped": "Foo &copy; bar &#x1D306; &lt;",
  "base64": "5L2g5aW95LiW55WM", "base64Url": "Pz8_", "list": "one, two, three", "quoted": "say \"hi\" \\ bye",
  "unicode": "naïve 😀", "pi": "3.14", "count": "12", "nested": "{\"a\": [1, 2], \"b\": {\"c\": \"deep\"}}",
  "lines": "first\nsecond", "tab": "a\tb"
}`

const HTML = `<!DOCTYPE html>
<html lang="en"><head><title>The  shop</title><meta charset="utf-8"></head>
<body data-books='[{"name":"Dune"}]'>
  <h1 id="top">Welcome &amp; hello</h1>
  <ul><li class="item">one</li><li class="item sold">two</li><li>three</li></ul>
  <p>First<br>line</p><p>Second</p>
  <a href="/cart">Cart</a>
</body></html>`

const XML = `<?xml version="1.0"?>
<shop xmlns:x="urn:x"><order id="7" x:kind="gift"><total>10.5</total></order><order id="8"><total>4</total></order></shop>`

const NAMESPACES = `<feed xmlns="urn:feed" xmlns:a="urn:author"><item><a:author>Ada</a:author></item><item/></feed>`

const SOUP = `<P>first<p>second <b>bold</b><ul><li>one<li>two</ul><table><tr><td>1<td>2<tr><td>3</table><input value="a'b">`

const attempts = new Map<string, number>()

const routes: Readonly<
  Record<string, (request: IncomingMessage, response: ServerResponse, rest: string) => void>
> = {
  data: (_request, response) => send(response, 'application/json', DATA),
  html: (_request, response) => send(response, 'text/html; charset=utf-8', HTML),
  xml: (_request, response) => send(response, 'application/xml', XML),
  namespaces: (_request, response) => send(response, 'application/xml', NAMESPACES),
  soup: (_request, response) => send(response, 'text/html', SOUP),
  text: (_request, response) => send(response, 'text/plain; charset=utf-8', 'Hello, World!\n'),
  empty: (_request, response) => void response.writeHead(204).end(),
  nothing: (_request, response) => send(response, 'text/plain', ''),
  list: (_request, response) => send(response, 'application/json', '[1, 2, {"a": "b"}]'),
  word: (_request, response) => send(response, 'application/json', '"word"'),
  latin: (_request, response) => send(response, 'text/plain; charset=iso-8859-1', Buffer.from([0x63, 0xe9])),
  gb2312: (_request, response) =>
    send(response, 'text/html', Buffer.from('<p>\xc4\xe3\xba\xc3\xca\xc0\xbd\xe7</p>', 'latin1')),
  bom: (_request, response) =>
    send(response, 'application/octet-stream', Buffer.from([0xef, 0xbb, 0xbf, 1, 2, 3])),
  gzip: packed('gzip', gzipSync),
  br: packed('br', brotliCompressSync),
  deflate: packed('deflate', deflateSync),
  status: (_request, response, rest) => void response.writeHead(Number(rest)).end(),
  headers: (_request, response) =>
    void response
      .writeHead(200, {
        'Content-Type': 'text/plain',
        Vary: ['Accept', 'User-Agent'],
        ETag: '"v1"',
        'X-List': 'a,b,c',
        'X-Number': '42',
      })
      .end('ok'),
  cookies: (_request, response) =>
    void response
      .writeHead(200, {
        'Set-Cookie': [
          'LSID=DQAAAKEaem_vYg; Expires=Tue, 13 Jan 2037 22:23:01 GMT; Secure; HttpOnly; Path=/accounts; SameSite=Lax',
          'theme=light; Path=/; Max-Age=3600; Domain=localhost',
          'plain=1; Path=/',
        ],
      })
      .end(),
  redirect: (_request, response, rest) => {
    const left = Number(rest)
    response.writeHead(302, { Location: left > 1 ? `/redirect/${left - 1}` : '/echo?end=1' }).end()
  },
  keep: (_request, response) => void response.writeHead(307, { Location: '/echo' }).end(),
  see: (_request, response) => void response.writeHead(303, { Location: '/echo' }).end(),
  loop: (_request, response) => void response.writeHead(302, { Location: '/loop' }).end(),
  flaky: (_request, response, rest) => {
    const seen = (attempts.get(rest) ?? 0) + 1
    attempts.set(rest, seen)
    response
      .writeHead(seen < 3 ? 503 : 200, { 'Content-Type': 'application/json' })
      .end(`{"attempts": ${seen}}`)
  },
  counter: (_request, response, rest) => {
    const seen = (attempts.get(rest) ?? 0) + 1
    attempts.set(rest, seen)
    send(response, 'application/json', `{"seen": ${seen}}`)
  },
  slow: (_request, response) => void setTimeout(() => send(response, 'text/plain', 'late'), 1500).unref(),
  cut: (_request, response) => void response.socket?.destroy(),
  broken: (_request, response) => send(response, 'application/json', '{"a": '),
}

const handle: RequestListener = (request, response) => {
  const [, name = '', rest = ''] = /^\/([^/?]*)\/?([^?]*)/.exec(request.url ?? '') ?? []
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined
  if (route !== undefined) route(request, response, rest)
  else void echo(request, response)
}

/** Everything a request held, as JSON. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const text = JSON.stringify({
    method: request.method,
    path,
    query,
    headers: request.headers,
    body: body.toString('utf8'),
    hex: body.toString('hex'),
    // A boundary is new in every request.
    parts: body.toString('utf8').replaceAll(/^--[^\r]+\r?\n?/gm, ''),
  })
  send(response, 'application/json', text)
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body)
}

function packed(encoding: string, pack: (bytes: Buffer) => Buffer) {
  return (_request: IncomingMessage, response: ServerResponse) =>
    void response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': encoding })
      .end(pack(Buffer.from('{"packed": true}')))
}

/** Listens on a free port of this machine; counts of attempts begin anew. */
export async function startHurlServer(): Promise<{ readonly port: number; stop(): void }> {
  attempts.clear()
  const server = createServer(handle)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

// What Hurl's language means, case by case: its published grammar and documentation, put into our own examples. The
// runner is held to them in every check; hurl.ts holds them against the real program where it is installed.

/** `refused` is a file that cannot be read: the place is that of the error. */
export type HurlCase = {
  readonly title: string
  readonly text: string
  readonly outcome: 'passes' | 'fails' | 'refused'
  readonly at?: string
  /** Why the real program does otherwise, and we do not follow it. */
  readonly because?: string
}

const GET_DATA = 'GET {{base}}/data\nHTTP 200\n[Asserts]\n'

// Each line is an assert on the data page of hurl-server.ts that holds.
const holds = String.raw`
status == 200
status >= 200
status < 300
status != 404
status not == 404
status toString == "200"
version == "1.1"
version startsWith "1"
url endsWith "/data"
url startsWith "http://"
ip == "127.0.0.1"
ip isIpv4
duration < 60000
duration isInteger
header "Content-Type" == "application/json"
header "content-type" contains "json"
header "X-Missing" not exists
body contains "Lovelace"
body startsWith "{"
bytes startsWith hex,7b;
bytes count > 100
bytes not isEmpty
rawbytes contains hex,416461;
sha256 != hex,00;
md5 not == hex,00;
redirects count == 0
redirects isEmpty
variable "base" contains "127.0.0.1"
jsonpath "$.name" == "Ada Lovelace"
jsonpath "$.name" == {{title}}
jsonpath "$.name" == "{{title}}"
jsonpath "$['name']" == "Ada Lovelace"
jsonpath "$.name" startsWith "Ada"
jsonpath "$.name" endsWith "lace"
jsonpath "$.name" contains "da L"
jsonpath "$.name" not contains "Babbage"
jsonpath "$.name" matches /^Ada \w+$/
jsonpath "$.name" matches "^Ada \\w+$"
jsonpath "$.name" matches /(?i)^ADA/
jsonpath "$.name" not matches /\d/
jsonpath "$.name" isString
jsonpath "$.name" > "Abe"
jsonpath "$.age" == 36
jsonpath "$.age" == 36.0
jsonpath "$.age" != "36"
jsonpath "$.age" > 35
jsonpath "$.age" >= 36
jsonpath "$.age" <= 36
jsonpath "$.age" < 36.5
jsonpath "$.age" isInteger
jsonpath "$.age" isNumber
jsonpath "$.age" not isFloat
jsonpath "$.age" not isString
jsonpath "$.age" toString == "36"
jsonpath "$.height" == 1.65
jsonpath "$.height" isFloat
jsonpath "$.height" not isInteger
jsonpath "$.whole" isFloat
jsonpath "$.whole" == 2
jsonpath "$.exact" == 9007199254740993
jsonpath "$.exact" > 9007199254740992
jsonpath "$.minus" == -7
jsonpath "$.minus" < 0
jsonpath "$.alive" == false
jsonpath "$.alive" isBoolean
jsonpath "$.famous" == true
jsonpath "$.nothing" == null
jsonpath "$.nothing" exists
jsonpath "$.missing" not exists
jsonpath "$.empty" isEmpty
jsonpath "$.empty" == ""
jsonpath "$.none[*]" not exists
jsonpath "$.none" isEmpty
jsonpath "$.none" count == 0
jsonpath "$.noneObject" isEmpty
jsonpath "$.noneObject" isObject
jsonpath "$.tags" isList
jsonpath "$.tags" isCollection
jsonpath "$.address" isObject
jsonpath "$.address" isCollection
jsonpath "$.address" not isList
jsonpath "$.tags" count == 3
jsonpath "$.tags" includes "poetry"
jsonpath "$.tags" contains "poetry"
jsonpath "$.tags" not includes "music"
jsonpath "$.mixed" includes null
jsonpath "$.mixed" includes 1.5
jsonpath "$.tags" nth 0 == "math"
jsonpath "$.tags" nth -1 == "computing"
jsonpath "$.tags" first == "math"
jsonpath "$.tags" last == "computing"
jsonpath "$.tags[0]" == "math"
jsonpath "$.tags[-1]" == "computing"
jsonpath "$.tags[0:2]" count == 2
jsonpath "$.tags[*]" count == 3
jsonpath "$.books[*].title" count == 3
jsonpath "$.books[?(@.price < 10)].title" == "Letters"
jsonpath "$.books[?(@.price > 10)].title" includes "Notes"
jsonpath "$.books[?(@.price > 10)]" count == 2
jsonpath "$.books[?@.lent == true].title" == "Sketch"
jsonpath "$.books[?(@.title == 'Notes')].pages" == 40
jsonpath "$.books[?(@.title == 'None')]" not exists
jsonpath "$.books[?@.price > 10 && @.pages > 50].title" == "Sketch"
jsonpath "$.books[?length(@.tags) == 2].title" == "Sketch"
jsonpath "$..title" count == 3
jsonpath "$.missing" not == "x"
jsonpath "$.missing" not contains "x"
jsonpath "$.missing" not isString
jsonpath "$..price" includes 12.5
jsonpath "$.address.geo.lat" == 51.5
jsonpath "$.address['postal-code']" == "W1"
jsonpath "$.books[0,2].title" count == 2
jsonpath "$.isoDate" isIsoDate
jsonpath "$.isoOffset" isIsoDate
jsonpath "$.httpDate" not isIsoDate
jsonpath "$.isoDate" toDate "%+" format "%A" == "Monday"
jsonpath "$.isoDate" toDate "%Y-%m-%dT%H:%M:%S%.fZ" isDate
jsonpath "$.isoDate" toDate "%+" dateFormat "%Y-%m-%d" == "2023-01-23"
jsonpath "$.httpDate" toDate "%a, %d %b %Y %H:%M:%S GMT" daysBeforeNow > 1000
jsonpath "$.httpDate" toDate "%a, %d %b %Y %H:%M:%S GMT" format "%d/%m/%y %H:%M" == "13/01/21 22:23"
jsonpath "$.future" toDate "%+" daysAfterNow > 1000
jsonpath "$.isoOffset" toDate "%+" format "%H:%M" == "18:25"
jsonpath "$.uuid" isUuid
jsonpath "$.name" not isUuid
jsonpath "$.ip4" isIpv4
jsonpath "$.ip6" isIpv6
jsonpath "$.ip4" not isIpv6
jsonpath "$.url" urlEncode == "https%3A//mozilla.org/%3Fx%3D%D1%88%D0%B5%D0%BB%D0%BB%D1%8B"
jsonpath "$.encoded" urlDecode == "https://mozilla.org/?x=ш"
jsonpath "$.link" urlQueryParam "page" == "2"
jsonpath "$.link" urlQueryParam "sort" == "name asc"
jsonpath "$.html" htmlEscape == "a &gt; b &amp; &quot;c&quot;"
jsonpath "$.escaped" htmlUnescape == "Foo © bar 𝌆 <"
jsonpath "$.base64" base64Decode == hex,e4bda0e5a5bde4b896e7958c;
jsonpath "$.base64" base64Decode decode "utf-8" == "你好世界"
jsonpath "$.base64" base64Decode utf8Decode == "你好世界"
jsonpath "$.base64" base64Decode base64Encode == "5L2g5aW95LiW55WM"
jsonpath "$.base64" base64Decode toHex == "e4bda0e5a5bde4b896e7958c"
jsonpath "$.base64Url" base64UrlSafeDecode == base64,Pz8/;
jsonpath "$.base64Url" base64UrlSafeDecode base64UrlSafeEncode == "Pz8_"
jsonpath "$.name" utf8Encode startsWith hex,416461;
jsonpath "$.list" split ", " count == 3
jsonpath "$.list" split ", " nth 1 == "two"
jsonpath "$.list" replace ", " "|" == "one|two|three"
jsonpath "$.list" replaceRegex /\w+/ "x" == "x, x, x"
jsonpath "$.list" replaceRegex "(\\w)\\w+" "$1" == "o, t, t"
jsonpath "$.list" regex /, (\w+),/ == "two"
jsonpath "$.list" regex "^(\\w+)" == "one"
jsonpath "$.pi" toFloat == 3.14
jsonpath "$.count" toInt == 12
jsonpath "$.count" toInt isInteger
jsonpath "$.count" toFloat isFloat
jsonpath "$.nested" jsonpath "$.a[1]" == 2
jsonpath "$.nested" jsonpath "$.b.c" == "deep"
jsonpath "$.quoted" == "say \"hi\" \\ bye"
jsonpath "$.unicode" == "na\u{ef}ve \u{1f600}"
jsonpath "$.unicode" == "naïve 😀"
jsonpath "$.lines" == "first\nsecond"
jsonpath "$.tab" == "a\tb"
jsonpath "$.name" == ${'`'}Ada Lovelace${'`'}
jsonpath "$.quoted" contains ${'`'}"hi"${'`'}
regex "\"age\": (\\d+)" == "36"
regex /"age": (\d+)/ == "36"
regex /"age": (\d+)/ toInt == 36
regex /"nobody": (\d+)/ not exists
body regex /"(age)"/ == "age"
cookie "none" not exists
jsonpath "$.age" == {{age}}
jsonpath "$.age" toString == "{{age}}"
certificate "Subject" not exists
jsonpath "$.name"    ==    "Ada Lovelace"   # with a comment
`

// Each line is an assert on the same page that fails.
const breaks = String.raw`
status == 201
status != 200
jsonpath "$.name" == "Charles"
jsonpath "$.name" == 36
jsonpath "$.name" not == "Ada Lovelace"
jsonpath "$.name" not exists
jsonpath "$.missing" exists
jsonpath "$.missing" == "x"
jsonpath "$.missing" != "x"
jsonpath "$.missing" isString
jsonpath "$.name" count == 12
jsonpath "$.address" count == 3
jsonpath "$.age" not isUuid
jsonpath "$.age" not isIpv4
jsonpath "$.books[?(@.price < 10)].title" includes "Letters"
jsonpath "$.age" == "36"
jsonpath "$.age" > "35"
jsonpath "$.age" > 36
jsonpath "$.age" not > 35
jsonpath "$.age" contains "3"
jsonpath "$.age" not contains "3"
jsonpath "$.age" matches /36/
jsonpath "$.age" isEmpty
jsonpath "$.age" startsWith "3"
jsonpath "$.age" count == 1
jsonpath "$.name" includes "Ada"
jsonpath "$.name" isEmpty
jsonpath "$.name" isDate
jsonpath "$.tags" nth 3 == "x"
jsonpath "$.tags" nth -4 == "x"
jsonpath "$.none" first exists
jsonpath "$.none[*]" count == 0
jsonpath "$.tags" startsWith "math"
jsonpath "$.nothing" not exists
jsonpath "$.nothing" != null
jsonpath "$.exact" == 9007199254740992
jsonpath "$.name" toInt == 1
jsonpath "$.pi" toInt == 3
jsonpath "$.age" split "," count == 1
jsonpath "$.name" toDate "%Y" exists
jsonpath "$.name" base64Decode == hex,00;
jsonpath "$.name" jsonpath "$.a" exists
jsonpath "$.address" jsonpath "$.city" == "London"
jsonpath "$.link" urlQueryParam "none" == "x"
jsonpath "$.list" regex /(\d+)/ == "1"
jsonpath "$.isoDate" daysBeforeNow > 1
jsonpath "$.unicode" == {{undefined}}
variable "undefined" == 1
header "X-Missing" == "x"
bytes startsWith "text"
`

// Asserts that hold on other pages.
const elsewhere: readonly (readonly [path: string, asserts: string])[] = [
  ['/text', 'body == "Hello, World!\\n"'],
  ['/text', 'bytes count == 14'],
  ['/text', 'body == ```\nHello, World!\n```'],
  ['/text', 'sha256 == hex,c98c24b677eff44860afea6f493bbaec5bb1c4cbb209c6fc2bbb47f66ff2ad31;'],
  ['/text', 'md5 == hex,bea8252ff4e80f41719ea13cdf007273;'],
  ['/text', 'bytes base64Encode == "SGVsbG8sIFdvcmxkIQo="'],
  ['/text', 'bytes toHex startsWith "48656c6c6f"'],
  ['/nothing', 'body isEmpty'],
  ['/nothing', 'bytes count == 0'],
  ['/nothing', 'body == ""'],
  ['/latin', 'body == "cé"'],
  ['/latin', 'bytes count == 2'],
  ['/latin', 'bytes == hex,63e9;'],
  ['/gb2312', 'bytes decode "gb2312" contains "你好世界"'],
  ['/bom', 'bytes startsWith hex,efbbbf;'],
  ['/bom', 'bytes endsWith hex,0203;'],
  ['/bom', 'bytes contains hex,0102;'],
  ['/bom', 'bytes isList'],
  ['/list', 'jsonpath "$" count == 3'],
  ['/list', 'jsonpath "$[2].a" == "b"'],
  ['/word', 'jsonpath "$" == "word"'],
  ['/headers', 'header "Vary" count == 2'],
  ['/headers', 'header "Vary" includes "User-Agent"'],
  ['/headers', 'header "Vary" contains "Accept"'],
  ['/headers', 'header "ETag" == "\\"v1\\""'],
  ['/headers', 'header "X-List" split "," nth 2 == "c"'],
  ['/headers', 'header "X-Number" toInt > 41'],
  ['/cookies', 'cookie "LSID" == "DQAAAKEaem_vYg"'],
  ['/cookies', 'cookie "LSID[Value]" == "DQAAAKEaem_vYg"'],
  ['/cookies', 'cookie "LSID[Expires]" exists'],
  ['/cookies', 'cookie "LSID[Expires]" isDate'],
  ['/cookies', 'cookie "LSID[Expires]" daysAfterNow > 1000'],
  ['/cookies', 'cookie "LSID[Expires]" format "%Y" == "2037"'],
  ['/cookies', 'cookie "LSID[Max-Age]" not exists'],
  ['/cookies', 'cookie "LSID[Domain]" not exists'],
  ['/cookies', 'cookie "LSID[Path]" == "/accounts"'],
  ['/cookies', 'cookie "LSID[Secure]" exists'],
  ['/cookies', 'cookie "LSID[HttpOnly]" exists'],
  ['/cookies', 'cookie "LSID[SameSite]" == "Lax"'],
  ['/cookies', 'cookie "theme[Max-Age]" == 3600'],
  ['/cookies', 'cookie "theme[Domain]" == "localhost"'],
  ['/cookies', 'cookie "theme[Secure]" not exists'],
  ['/html', 'xpath "//h1" exists'],
  ['/html', 'xpath "//h2" not exists'],
  ['/html', 'xpath "//li" count == 3'],
  ['/html', 'xpath "string(//h1)" == "Welcome & hello"'],
  ['/html', 'xpath "normalize-space(//title)" == "The shop"'],
  ['/html', 'xpath "string(//h1/@id)" == "top"'],
  ['/html', 'xpath "boolean(count(//h1))" == true'],
  ['/html', 'xpath "count(//li[@class])" == 2.0'],
  ['/html', 'xpath "string(//li[2])" == "two"'],
  ['/html', 'xpath "string(//li[last()])" == "three"'],
  ['/html', 'xpath "//li[contains(@class, \'sold\')]" count == 1'],
  ['/html', 'xpath "string(//a[starts-with(@href, \'/c\')])" == "Cart"'],
  ['/html', 'xpath "string(//body/@data-books)" jsonpath "$[0].name" == "Dune"'],
  ['/html', 'body xpath "string(//p[2])" == "Second"'],
  ['/html', 'xpath "string(/html/head/title/following::h1)" contains "Welcome"'],
  ['/xml', 'xpath "count(/shop/order)" == 2.0'],
  ['/xml', 'xpath "string(//order[@id=\'7\']/total)" == "10.5"'],
  ['/xml', 'xpath "sum(//total)" == 14.5'],
  ['/xml', 'xpath "//order" count == 2'],
  ['/xml', 'xpath "string(//order[total > 5]/@id)" == "7"'],
  ['/xml', 'xpath "string(//order/@x:kind)" == "gift"'],
  ['/xml', 'xpath "name(/*)" == "shop"'],
  ['/html', 'xpath "//li[position() < 3]" count == 2'],
  ['/html', 'xpath "//li[not(@class)]" count == 1'],
  ['/html', 'xpath "string(//li[@class][2])" == "two"'],
  ['/html', 'xpath "string(//li[3]/preceding-sibling::li[1])" == "two"'],
  ['/html', 'xpath "string(//li[text()=\'one\']/following-sibling::*[1])" == "two"'],
  ['/html', 'xpath "name(//h1/..)" == "body"'],
  ['/html', 'xpath "name(//li/ancestor::*[2])" == "body"'],
  ['/html', 'xpath "//h1 | //p" count == 3'],
  ['/html', 'xpath "//*[@id=\'top\']" exists'],
  ['/html', 'xpath "concat(//h1/@id, \'-\', count(//li))" == "top-3"'],
  ['/html', 'xpath "substring-before(string(//a/@href), \'art\')" == "/c"'],
  ['/html', 'xpath "substring(string(//title), 1, 3)" == "The"'],
  ['/html', 'xpath "translate(string(//a), \'abc\', \'ABC\')" == "CArt"'],
  ['/html', 'xpath "string-length(string(//a))" == 4.0'],
  ['/html', 'xpath "count(//li) > 2 and count(//p) = 2" == true'],
  ['/html', 'xpath "count(//li) + 1" == 4.0'],
  ['/html', 'xpath "10 div 4" == 2.5'],
  ['/html', 'xpath "7 mod 3" == 1.0'],
  ['/html', 'xpath "-count(//p)" == -2.0'],
  ['/html', 'xpath "round(2.5)" == 3.0'],
  ['/html', 'xpath "(//li)[1]" count == 1'],
  ['/html', 'xpath "string((//li)[last()])" == "three"'],
  ['/html', 'xpath "//h2" isEmpty'],
  ['/html', 'xpath "//li" isCollection'],
  ['/html', 'xpath "count(//li)" isFloat'],
  ['/html', 'xpath "//p/br" exists'],
  ['/html', 'xpath "//body//text()[contains(., \'Cart\')]" count == 1'],
  ['/html', 'xpath "boolean(//h2)" == false'],
  ['/html', 'xpath "lang(\'en\')" == false'],
  ['/xml', 'xpath "//order[1]/@id" count == 1'],
  ['/xml', 'xpath "number(//order[2]/total)" == 4.0'],
  ['/xml', 'xpath "//total[. = 4]" count == 1'],
  ['/xml', 'xpath "string(//order[not(@x:kind)]/@id)" == "8"'],
  ['/xml', 'xpath "local-name(//@x:kind)" == "kind"'],
  ['/xml', 'body xpath "string(//total)" == "10.5"'],
  ['/namespaces', 'xpath "//_:item" count == 2'],
  ['/namespaces', 'xpath "//item" not exists'],
  ['/namespaces', 'xpath "string(//a:author)" == "Ada"'],
  ['/namespaces', 'xpath "//*[local-name()=\'item\']" count == 2'],
  ['/namespaces', 'xpath "namespace-uri(//a:author)" == "urn:author"'],
  ['/soup', 'xpath "//p" count == 2'],
  ['/soup', 'xpath "//li" count == 2'],
  ['/soup', 'xpath "string(//li[1])" == "one"'],
  ['/soup', 'xpath "/html/body" exists'],
  ['/soup', 'xpath "//tr/td" count == 3'],
  ['/soup', 'xpath "//tr[td=3]/td" count == 1'],
  ['/soup', 'xpath "//table/tr | //table/tbody/tr" count == 2'],
  ['/soup', 'xpath "string(//b)" == "bold"'],
  ['/soup', 'xpath "string(//input/@value)" == "a\'b"'],
]

// Whole files: requests, sections, bodies, options, captures. `base` is the server's address, `host` without scheme.
const passing: readonly (readonly [title: string, text: string])[] = [
  ['a request alone passes, whatever the answer', 'GET {{base}}/status/500'],
  ['any status', 'GET {{base}}/status/418\nHTTP *'],
  ['a version', 'GET {{base}}/text\nHTTP/1.1 200'],
  ["a method of one's own", 'PURGE {{base}}/echo\nHTTP 405'.replace('405', '*')],
  ['HEAD has no body', 'HEAD {{base}}/text\nHTTP 200\n[Asserts]\nbytes count == 0'],
  [
    'comments everywhere',
    '# one\n\nGET {{base}}/echo # two\n# three\nAccept: a/b # four\n\n# five\nHTTP 200 # six\n[Asserts] # seven\n# eight\nstatus == 200 # nine\n# ten',
  ],
  ['leading spaces', '  GET {{base}}/echo\n  A: b\n  HTTP 200\n  [Asserts]\n    status == 200'],
  [
    'headers',
    echoed(
      'GET {{base}}/echo\nX-A: one\nX-B:two words\nX-A: three',
      'jsonpath "$.headers[\'x-a\']" == "one, three"\njsonpath "$.headers[\'x-b\']" == "two words"',
    ),
  ],
  [
    'a header with a template',
    echoed(
      'GET {{base}}/echo\nX-Title: <{{title}}>',
      'jsonpath "$.headers[\'x-title\']" == "<Ada Lovelace>"',
    ),
  ],
  [
    'a header with an escaped hash',
    echoed('GET {{base}}/echo\nX-Hash: a\\#b', 'jsonpath "$.headers[\'x-hash\']" == "a#b"'),
  ],
  [
    'an empty header is sent empty',
    echoed('GET {{base}}/echo\nX-Empty:', 'jsonpath "$.headers[\'x-empty\']" == ""'),
  ],
  [
    "a header of one's own replaces a default",
    echoed('GET {{base}}/echo\nUser-Agent: me', 'jsonpath "$.headers[\'user-agent\']" == "me"'),
  ],
  [
    'query section',
    echoed(
      'GET {{base}}/echo\n[Query]\na: 1\nname: {{title}}\nempty:',
      'jsonpath "$.query" == "a=1&name=Ada%20Lovelace&empty="',
    ),
  ],
  [
    'query section joins the query of the URL',
    echoed('GET {{base}}/echo?z=0\n[QueryStringParams]\na: b&c', 'jsonpath "$.query" == "z=0&a=b%26c"'),
  ],
  [
    'a query is sent as written',
    echoed('GET {{base}}/echo?a=b+c&d=%20e', 'jsonpath "$.query" == "a=b+c&d=%20e"'),
  ],
  [
    'form section',
    echoed(
      'POST {{base}}/echo\n[Form]\nuser: toto\nname: {{title}}\nsign: a=b&c+d',
      'jsonpath "$.body" == "user=toto&name=Ada%20Lovelace&sign=a%3Db%26c%2Bd"\njsonpath "$.headers[\'content-type\']" == "application/x-www-form-urlencoded"',
    ),
  ],
  [
    'old name of the form section',
    echoed('POST {{base}}/echo\n[FormParams]\na: b', 'jsonpath "$.body" == "a=b"'),
  ],
  [
    'cookies section',
    echoed(
      'GET {{base}}/echo\n[Cookies]\ntheme: light\nsession: a1',
      'jsonpath "$.headers.cookie" contains "theme=light; session=a1"',
    ),
  ],
  [
    'cookies are kept from answer to request',
    `GET {{base}}/cookies\nHTTP 200\n${echoed('GET {{base}}/echo', 'jsonpath "$.headers.cookie" contains "plain=1"')}`,
  ],
  [
    'basic authentication',
    echoed(
      'GET {{base}}/echo\n[BasicAuth]\nbob: secret',
      'jsonpath "$.headers.authorization" == "Basic Ym9iOnNlY3JldA=="',
    ),
  ],
  [
    'the user option',
    echoed(
      'GET {{base}}/echo\n[Options]\nuser: bob:secret',
      'jsonpath "$.headers.authorization" == "Basic Ym9iOnNlY3JldA=="',
    ),
  ],
  [
    'multipart text',
    echoed(
      'POST {{base}}/echo\n[Multipart]\nfield: value',
      'jsonpath "$.parts" contains "name=\\"field\\""\njsonpath "$.parts" contains "\\r\\nvalue\\r\\n"\njsonpath "$.headers[\'content-type\']" startsWith "multipart/form-data; boundary="',
    ),
  ],
  [
    'multipart file',
    echoed(
      'POST {{base}}/echo\n[MultipartFormData]\nnote: file,note.txt;',
      'jsonpath "$.parts" contains "filename=\\"note.txt\\""\njsonpath "$.parts" contains "Content-Type: text/plain"\njsonpath "$.parts" contains "kept beside"',
    ),
  ],
  [
    'multipart file of a named type',
    echoed(
      'POST {{base}}/echo\n[Multipart]\nnote: file,note.txt; application/note',
      'jsonpath "$.parts" contains "Content-Type: application/note"',
    ),
  ],
  [
    'JSON body',
    echoed(
      'POST {{base}}/echo\n{"a": [1, 2.50, true, null], "b": "x"}',
      'jsonpath "$.body" == "{\\"a\\": [1, 2.50, true, null], \\"b\\": \\"x\\"}"\njsonpath "$.headers[\'content-type\']" == "application/json"',
    ),
  ],
  [
    'JSON body over lines with templates',
    echoed(
      'POST {{base}}/echo\n{\n  "age": {{age}},\n  "name": "{{title}}!"\n}',
      'jsonpath "$.body" jsonpath "$.age" == 36\njsonpath "$.body" jsonpath "$.name" == "Ada Lovelace!"',
    ),
  ],
  ['JSON scalars as bodies', echoed('POST {{base}}/echo\n"word"', 'jsonpath "$.body" == "\\"word\\""')],
  ['JSON list as body', echoed('POST {{base}}/echo\n[1,2]', 'jsonpath "$.body" == "[1,2]"')],
  ['JSON number as body', echoed('POST {{base}}/echo\n123', 'jsonpath "$.body" == "123"')],
  ['JSON true as body', echoed('POST {{base}}/echo\ntrue', 'jsonpath "$.body" == "true"')],
  [
    'JSON escapes',
    echoed('POST {{base}}/echo\n{"a": "\\u00e9\\n\\"\\/"}', 'jsonpath "$.body" jsonpath "$.a" == "é\\n\\"/"'),
  ],
  [
    'text in backticks',
    echoed('POST {{base}}/echo\n`Hello {{title}}`', 'jsonpath "$.body" == "Hello Ada Lovelace"'),
  ],
  [
    'text over lines',
    echoed('POST {{base}}/echo\n```\none {{age}}\ntwo\n```', 'jsonpath "$.body" == "one 36\\ntwo\\n"'),
  ],
  [
    'raw text keeps braces',
    echoed(
      'POST {{base}}/echo\n```raw\n{{age}}\n```',
      'jsonpath "$.body" == "{{opened}}age}}\\n"'.replace('{{opened}}age}}', '{\\u{7b}age}}'),
    ),
  ],
  [
    'JSON text over lines',
    echoed(
      'POST {{base}}/echo\n```json\n{"age": {{age}}}\n```',
      'jsonpath "$.body" == "{\\"age\\": 36}\\n"\njsonpath "$.headers[\'content-type\']" == "application/json"',
    ),
  ],
  [
    'XML text over lines',
    echoed(
      'POST {{base}}/echo\n```xml\n<a>{{age}}</a>\n```',
      'jsonpath "$.body" == "<a>36</a>\\n"\njsonpath "$.headers[\'content-type\']" == "application/xml"',
    ),
  ],
  [
    'XML body',
    echoed(
      'POST {{base}}/echo\n<?xml version="1.0"?>\n<a><b c="d"/></a>',
      'jsonpath "$.body" contains "<a><b c=\\"d\\"/></a>"\njsonpath "$.headers[\'content-type\']" == "application/xml"',
    ),
  ],
  [
    'GraphQL',
    echoed(
      'POST {{base}}/echo\n```graphql\n{ orders { id } }\n```',
      'jsonpath "$.body" jsonpath "$.query" contains "orders { id }"\njsonpath "$.headers[\'content-type\']" == "application/json"',
    ),
  ],
  [
    'GraphQL with variables',
    echoed(
      'POST {{base}}/echo\n```graphql\nquery q($id: Int) { order(id: $id) { total } }\n\nvariables {\n  "id": {{age}}\n}\n```',
      'jsonpath "$.body" jsonpath "$.variables.id" == 36',
    ),
  ],
  ['base64 body', echoed('POST {{base}}/echo\nbase64,SGVs\n bG8=;', 'jsonpath "$.body" == "Hello"')],
  ['hex body', echoed('POST {{base}}/echo\nhex,48656c6c6f;', 'jsonpath "$.body" == "Hello"')],
  ['file body', echoed('POST {{base}}/echo\nfile,note.txt;', 'jsonpath "$.body" == "kept beside\\n"')],
  [
    'a file named by a template',
    echoed(
      'POST {{base}}/echo\n[Options]\nvariable: file=note\nfile,{{file}}.txt;',
      'jsonpath "$.body" == "kept beside\\n"',
    ).replace('[Options]\nvariable: file=note\nfile', '[Options]\nvariable: file=note\n\nfile'),
  ],
  [
    "a content type of one's own",
    echoed(
      'POST {{base}}/echo\nContent-Type: application/vnd.a+json\n{}',
      'jsonpath "$.headers[\'content-type\']" == "application/vnd.a+json"',
    ),
  ],
  [
    'newUuid is new each time',
    echoed('GET {{base}}/echo?a={{newUuid}}', 'jsonpath "$.query" matches /^a=[0-9a-f-]{36}$/'),
  ],
  [
    'newDate',
    echoed(
      'GET {{base}}/echo\nX-Date: {{newDate}}',
      'jsonpath "$.headers[\'x-date\']" matches /^\\d{4}-\\d\\d-\\d\\dT.*Z$/',
    ),
  ],
  [
    'captures',
    'GET {{base}}/data\nHTTP 200\n[Captures]\nname: jsonpath "$.name"\nfirst: jsonpath "$.tags" nth 0\nage2: jsonpath "$.age"\nhead: header "Content-Type"\ncode: status\n' +
      echoed(
        'GET {{base}}/echo/{{first}}?{{age2}}',
        'jsonpath "$.path" == "/echo/math"\njsonpath "$.query" == "36"\nvariable "name" == "Ada Lovelace"\nvariable "age2" == 36\nvariable "head" contains "json"\nvariable "code" == 200',
      ),
  ],
  [
    'a redacted capture',
    'GET {{base}}/data\nHTTP 200\n[Captures]\nsecret: jsonpath "$.name" redact\n[Asserts]\nvariable "secret" exists',
  ],
  [
    'captures come before asserts',
    'GET {{base}}/data\nHTTP 200\n[Asserts]\njsonpath "$.age" == {{same}}\n[Captures]\nsame: jsonpath "$.age"',
  ],
  [
    'a captured list in an assert',
    'GET {{base}}/data\nHTTP 200\n[Captures]\ntags: jsonpath "$.tags"\n[Asserts]\njsonpath "$.tags" == {{tags}}\nvariable "tags" count == 3',
  ],
  [
    'a captured body',
    'GET {{base}}/text\nHTTP 200\n[Captures]\nall: body\nbin: bytes\n[Asserts]\nvariable "all" startsWith "Hello"\nvariable "bin" count == 14',
  ],
  ['expected headers', 'GET {{base}}/headers\nHTTP 200\nVary: Accept\nvary: User-Agent\nETag: "v1"'],
  ['an expected JSON body', 'GET {{base}}/list\nHTTP 200\n[1, 2, {"a": "b"}]'],
  ['an expected text', 'GET {{base}}/text\nHTTP 200\n```\nHello, World!\n```'],
  ['an expected line', 'GET {{base}}/word\nHTTP 200\n`"word"`'],
  ['expected bytes', 'GET {{base}}/latin\nHTTP 200\nhex,63e9;'],
  ['an expected file', 'GET {{base}}/text\nHTTP 200\nfile,hello.txt;'],
  ['a file in an assert', 'GET {{base}}/text\nHTTP 200\n[Asserts]\nbytes == file,hello.txt;'],
  ['no redirect by itself', 'GET {{base}}/redirect/1\nHTTP 302\nLocation: /echo?end=1'],
  [
    'redirects are followed',
    'GET {{base}}/redirect/3\n[Options]\nlocation: true\nHTTP 200\n[Asserts]\nurl endsWith "/echo?end=1"\nredirects count == 3\nredirects nth 0 location endsWith "/redirect/2"\njsonpath "$.query" == "end=1"',
  ],
  [
    'a redirect turns POST into GET',
    'POST {{base}}/redirect/1\n[Options]\nlocation: true\n[Form]\na: b\nHTTP 200\n[Asserts]\njsonpath "$.method" == "GET"\njsonpath "$.body" == ""',
  ],
  [
    '303 turns POST into GET',
    'POST {{base}}/see\n[Options]\nlocation: true\n`x`\nHTTP 200\n[Asserts]\njsonpath "$.method" == "GET"',
  ],
  [
    '307 keeps method and body',
    'POST {{base}}/keep\n[Options]\nlocation: true\n`x`\nHTTP 200\n[Asserts]\njsonpath "$.method" == "POST"\njsonpath "$.body" == "x"',
  ],
  [
    'as many redirects as allowed',
    'GET {{base}}/redirect/2\n[Options]\nlocation: true\nmax-redirs: 2\nHTTP 200',
  ],
  [
    'retries until it passes',
    'GET {{base}}/flaky/retry-a\n[Options]\nretry: 5\nretry-interval: 1ms\nHTTP 200\n[Asserts]\njsonpath "$.attempts" == 3',
  ],
  ['retries without end', 'GET {{base}}/flaky/retry-b\n[Options]\nretry: -1\nretry-interval: 1ms\nHTTP 200'],
  [
    'repeat',
    'GET {{base}}/counter/repeat\n[Options]\nrepeat: 3\nHTTP 200\nGET {{base}}/counter/repeat\nHTTP 200\n[Asserts]\njsonpath "$.seen" == 4',
  ],
  ['skip', 'GET {{base}}/status/500\n[Options]\nskip: true\nHTTP 200\nGET {{base}}/text\nHTTP 200'],
  ['delay', 'GET {{base}}/text\n[Options]\ndelay: 10ms\nHTTP 200'],
  ['a delay as template', 'GET {{base}}/text\n[Options]\nvariable: wait=5\ndelay: {{wait}}\nHTTP 200'],
  [
    'variables keep their types',
    'GET {{base}}/data\n[Options]\nvariable: n=36\nvariable: t=true\nvariable: s="36"\nvariable: z=null\nvariable: w=two words\nHTTP 200\n[Asserts]\njsonpath "$.age" == {{n}}\njsonpath "$.famous" == {{t}}\njsonpath "$.nothing" == {{z}}\nvariable "s" == "36"\nvariable "w" == "two words"',
  ],
  [
    'variables stay for later requests',
    'GET {{base}}/text\n[Options]\nvariable: kept=yes\nHTTP 200\nGET {{base}}/text\nHTTP 200\n[Asserts]\nvariable "kept" == "yes"',
  ],
  [
    'the header option adds a header',
    echoed(
      'GET {{base}}/echo\nX-A: 1\n[Options]\nheader: X-B: 2',
      'jsonpath "$.headers[\'x-a\']" == "1"\njsonpath "$.headers[\'x-b\']" == "2"',
    ),
  ],
  [
    'compressed asks and unpacks',
    'GET {{base}}/gzip\n[Options]\ncompressed: true\nHTTP 200\n[Asserts]\njsonpath "$.packed" == true',
  ],
  [
    'gzip is unpacked for asserts',
    'GET {{base}}/gzip\nHTTP 200\n[Asserts]\njsonpath "$.packed" == true\nrawbytes startsWith hex,1f8b;',
  ],
  ['brotli is unpacked', 'GET {{base}}/br\nHTTP 200\n[Asserts]\njsonpath "$.packed" == true'],
  ['deflate is unpacked', 'GET {{base}}/deflate\nHTTP 200\n[Asserts]\njsonpath "$.packed" == true'],
  ['max-time that suffices', 'GET {{base}}/text\n[Options]\nmax-time: 20s\nHTTP 200'],
  ['connect-timeout', 'GET {{base}}/text\n[Options]\nconnect-timeout: 20s\nHTTP 200'],
  ['HTTP/1.0 is asked', 'GET {{base}}/text\n[Options]\nhttp1.1: true\nipv4: true\nverbose: false\nHTTP 200'],
  [
    'path-as-is keeps dots',
    echoed(
      'GET {{base}}/echo/../a/./b\n[Options]\npath-as-is: true',
      'jsonpath "$.path" == "/echo/../a/./b"',
    ),
  ],
  ['dots are resolved', echoed('GET {{base}}/x/../echo/./b', 'jsonpath "$.path" == "/echo/b"')],
  [
    'several entries',
    'GET {{base}}/text\nHTTP 200\n\n\nGET {{base}}/list\nHTTP 200\nPOST {{base}}/echo\nGET {{base}}/word\nHTTP 200',
  ],
  ['CR LF', 'GET {{base}}/text\r\nHTTP 200\r\n[Asserts]\r\nstatus == 200\r\n'],
  ['an empty file', ''],
  ['only comments', '# nothing\n\n# here'],
  [
    'sections before the body',
    echoed(
      'POST {{base}}/echo\n[Query]\na: 1\n[Options]\nretry: 0\n{"x": 1}',
      'jsonpath "$.query" == "a=1"\njsonpath "$.body" contains "x"',
    ),
  ],
  ['a brace that opens no template', echoed('POST {{base}}/echo\n`{ x }`', 'jsonpath "$.body" == "{ x }"')],
  [
    'resolve',
    'GET http://shop.example:{{port}}/text\n[Options]\nresolve: shop.example:{{port}}:127.0.0.1\nHTTP 200',
  ],
  [
    'connect-to',
    'GET http://shop.example/text\n[Options]\nconnect-to: shop.example:80:127.0.0.1:{{port}}\nHTTP 200',
  ],
]

const failing: readonly (readonly [title: string, text: string])[] = [
  ['a word after the URL', 'GET {{host}}/a b\nHTTP 200'],
  ['another status', 'GET {{base}}/text\nHTTP 201'],
  ['another version', 'GET {{base}}/text\nHTTP/2 200'],
  ['another header', 'GET {{base}}/headers\nHTTP 200\nETag: "v2"'],
  ['a header that is not there', 'GET {{base}}/headers\nHTTP 200\nX-None: 1'],
  ['another JSON body', 'GET {{base}}/list\nHTTP 200\n[1, 2]'],
  ['another text', 'GET {{base}}/text\nHTTP 200\n`Hello`'],
  ['other bytes', 'GET {{base}}/latin\nHTTP 200\nhex,63;'],
  ['an undefined variable in the URL', 'GET {{base}}/{{nobody}}\nHTTP 200'],
  ['an undefined variable in a body', 'POST {{base}}/echo\n{"a": {{nobody}}}\nHTTP 200'],
  ['a capture that finds nothing', 'GET {{base}}/data\nHTTP 200\n[Captures]\na: jsonpath "$.nobody"'],
  ['a capture by a regex that does not match', 'GET {{base}}/text\nHTTP 200\n[Captures]\na: regex /(\\d+)/'],
  ['an XPath that cannot be read', 'GET {{base}}/html\nHTTP 200\n[Asserts]\nxpath "//h1[" exists'],
  [
    'an XPath function nobody knows',
    'GET {{base}}/html\nHTTP 200\n[Asserts]\nxpath "upper-case(//h1)" == "X"',
  ],
  ['an XPath that finds nothing', 'GET {{base}}/html\nHTTP 200\n[Asserts]\nxpath "//h2" exists'],
  ['an XPath of another text', 'GET {{base}}/html\nHTTP 200\n[Asserts]\nxpath "string(//h1)" == "Bye"'],
  ['an XPath number is no integer', 'GET {{base}}/html\nHTTP 200\n[Asserts]\nxpath "count(//li)" isInteger'],
  ['a body that is no XML', 'GET {{base}}/data\nHTTP 200\n[Asserts]\nxpath "//a" exists'],
  ['a body that is no JSON', 'GET {{base}}/text\nHTTP 200\n[Asserts]\njsonpath "$.a" exists'],
  ['a body of broken JSON', 'GET {{base}}/broken\nHTTP 200\n[Asserts]\njsonpath "$.a" not exists'],
  ['nobody listens', 'GET http://127.0.0.1:1/\nHTTP *'],
  ['an answer cut short', 'GET {{base}}/cut\nHTTP *'],
  ['an answer that is too late', 'GET {{base}}/slow\n[Options]\nmax-time: 50ms\nHTTP 200'],
  [
    'more redirects than allowed',
    'GET {{base}}/redirect/3\n[Options]\nlocation: true\nmax-redirs: 2\nHTTP 200',
  ],
  ['redirects in a circle', 'GET {{base}}/loop\n[Options]\nlocation: true\nmax-redirs: 5\nHTTP 200'],
  [
    'retries that do not suffice',
    'GET {{base}}/flaky/few\n[Options]\nretry: 1\nretry-interval: 1ms\nHTTP 200',
  ],
  ['a file that is not there', 'POST {{base}}/echo\nfile,nobody.txt;\nHTTP 200'],
  ['a JSON path that cannot be read', 'GET {{base}}/data\nHTTP 200\n[Asserts]\njsonpath "$[" exists'],
  [
    'a regular expression that cannot be read',
    'GET {{base}}/data\nHTTP 200\n[Asserts]\njsonpath "$.name" matches "("',
  ],
  ['the first failing entry ends the file', 'GET {{base}}/text\nHTTP 404\nGET {{base}}/text\nHTTP 200'],
  [
    'a list in a text',
    'GET {{base}}/data\nHTTP 200\n[Captures]\ntags: jsonpath "$.tags"\nGET {{base}}/{{tags}}\nHTTP 200',
  ],
]

const refused: readonly (readonly [title: string, text: string, at: string])[] = [
  ['a method in small letters', 'get http://x\nHTTP 200', '1:1'],
  ['a method alone', 'GET', '1:4'],
  ['a status of words', 'GET http://x\nHTTP OK', '2:6'],
  ['a status text', 'GET http://x\nHTTP 200 OK', '2:10'],
  ['an unknown version', 'GET http://x\nHTTP/4 200', '2:1'],
  ['an unknown section', 'GET http://x\n[Param]\na: b', '2:2'],
  ['a response section before the status', 'GET http://x\n[Asserts]\nstatus == 200', '2:2'],
  ['a request section after the status', 'GET http://x\nHTTP 200\n[Query]\na: b', '3:2'],
  ['a section twice', 'GET http://x\n[Query]\na: b\n[Query]\nc: d', '4:1'],
  ['an unknown query', 'GET http://x\nHTTP 200\n[Asserts]\nstate == 200', '4:1'],
  ['an unknown predicate', 'GET http://x\nHTTP 200\n[Asserts]\nstatus is 200', '4:8'],
  ['a predicate without its value', 'GET http://x\nHTTP 200\n[Asserts]\nstatus ==', '4:10'],
  ['a query without its argument', 'GET http://x\nHTTP 200\n[Asserts]\nheader == "a"', '4:8'],
  ['a string without an end', 'GET http://x\nHTTP 200\n[Asserts]\nbody == "abc', '4:13'],
  ['text without quotes', 'GET http://x\nHTTP 200\n[Asserts]\nbody == abc', '4:9'],
  ['an escape that is none', 'GET http://x\nHTTP 200\n[Asserts]\nbody == "\\d"', '4:11'],
  ['an unknown option', 'GET http://x\n[Options]\nretries: 3\nHTTP 200', '3:1'],
  ['an option of the wrong type', 'GET http://x\n[Options]\nlocation: yes\nHTTP 200', '3:11'],
  ['a duration of an unknown unit', 'GET http://x\n[Options]\ndelay: 3x\nHTTP 200', '3:9'],
  ['JSON with a comma too many', 'POST http://x\n{"a": 1,}', '2:9'],
  ['JSON without an end', 'POST http://x\n{"a": 1', '2:8'],
  ['a template without an end', 'GET http://x/{{a\nHTTP 200', '1:17'],
  ['a block of text without an end', 'POST http://x\n```\nabc', '3:4'],
  ['a language nobody knows', 'POST http://x\n```yaml\na: b\n```', '2:4'],
  ['text between backticks on one line', 'POST http://x\n```abc```', '2:4'],
  ['hex as a block of text', 'POST http://x\n```hex\n68\n```', '2:4'],
  ['base64 without a semicolon', 'POST http://x\nbase64,SGVsbG8=', '2:16'],
  ['a file without a semicolon', 'POST http://x\nfile,a.txt', '2:11'],
  ['a capture without a colon', 'GET http://x\nHTTP 200\n[Captures]\na status', '4:3'],
  ['a regular expression without an end', 'GET http://x\nHTTP 200\n[Asserts]\nbody matches /abc', '4:14'],
  ['a cookie attribute nobody knows', 'GET http://x\nHTTP 200\n[Asserts]\ncookie "a[Colour]" exists', '4:11'],
  [
    'a certificate field nobody knows',
    'GET http://x\nHTTP 200\n[Asserts]\ncertificate "Colour" exists',
    '4:13',
  ],
  ['nth of a word', 'GET http://x\nHTTP 200\n[Asserts]\nbody nth one == 1', '4:10'],
]

const deliberate: readonly HurlCase[] = [
  {
    title: 'a URL without a scheme',
    text: 'GET {{host}}/text\nHTTP 200',
    outcome: 'passes',
    because: 'Specs written for other tools name hosts; http is meant.',
  },
  {
    title: 'the old aliases of predicates',
    text: `${GET_DATA}jsonpath "$.age" equals 36\njsonpath "$.age" notEquals 37\njsonpath "$.age" greaterThan 35\njsonpath "$.age" greaterThanOrEquals 36\njsonpath "$.age" lessThan 37\njsonpath "$.age" lessThanOrEquals 36`,
    outcome: 'passes',
    because: 'Hurl read them until version 7, and files written then are still about.',
  },
  {
    title: 'a filter in a template',
    text: echoed(
      'GET {{base}}/echo\nX-Encoded: {{title urlEncode}}',
      'jsonpath "$.headers[\'x-encoded\']" == "Ada%20Lovelace"',
    ),
    outcome: 'passes',
    because:
      'Hurl takes what follows the name without a word and drops it; its grammar has announced filters there.',
  },
  {
    title: 'a template with two names',
    text: 'GET http://x/{{a b}}\nHTTP 200',
    outcome: 'refused',
    at: '1:17',
    because: 'Hurl drops the second name without a word; a misspelt filter is better shown.',
  },
]

/** A request to the echo, and asserts on what it received. */
function echoed(request: string, asserts: string): string {
  return `${request}\nHTTP 200\n[Asserts]\n${asserts}`
}

export const hurlCases: readonly HurlCase[] = [
  ...lines(holds).map((line) => ({ title: line, text: GET_DATA + line, outcome: 'passes' as const })),
  ...lines(breaks).map((line) => ({ title: line, text: GET_DATA + line, outcome: 'fails' as const })),
  ...elsewhere.map(([path, line]) => ({
    title: `${path}: ${line}`,
    text: `GET {{base}}${path}\nHTTP 200\n[Asserts]\n${line}`,
    outcome: 'passes' as const,
  })),
  ...passing.map(([title, text]) => ({ title, text, outcome: 'passes' as const })),
  ...failing.map(([title, text]) => ({ title, text, outcome: 'fails' as const })),
  ...refused.map(([title, text, at]) => ({ title, text, outcome: 'refused' as const, at })),
  ...deliberate,
]

/** Files that the cases name, beside them. */
export const hurlFiles: Readonly<Record<string, string>> = {
  'note.txt': 'kept beside\n',
  'hello.txt': 'Hello, World!\n',
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

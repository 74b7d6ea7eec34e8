import { evenDictionary, zipfDictionary } from '../bytes/dictionary.ts'
import { below, mix } from '../bytes/hash.ts'
import { literal, number, plainCell, textOf, word } from './cell.ts'
import { TEXT_KINDS, type Generator } from './generator.ts'
import { TEXT, valueTypeOf } from './value-type.ts'
import {
  companyWords,
  fileEndings,
  fileStems,
  mailDomains,
  mimeTypes,
  paths,
  userAgents,
} from './words/other.ts'

const hosts = zipfDictionary(companyWords.first.map((name) => name.toLowerCase()))
const endings = evenDictionary(['.example', '-online.example', '.example.com', '.example.org'])
const pathNames = zipfDictionary(paths)
const agents = zipfDictionary(userAgents)
const mimes = zipfDictionary(mimeTypes)
const stems = zipfDictionary(fileStems)
const suffixes = zipfDictionary(fileEndings.map((ending) => `.${ending}`))
const mail = zipfDictionary(mailDomains)
const methods = zipfDictionary(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])

function hex(length: number): (seed: number) => string {
  return (seed) => {
    let text = ''
    for (let i = 0; text.length < length; i++) text += mix(i, seed, 0x3c6ef372).toString(16).padStart(8, '0')
    return text.slice(0, length)
  }
}

export const internetGenerators: readonly Generator[] = [
  {
    name: 'domain',
    family: 'internet',
    summary: 'Host name under a domain reserved for examples',
    fits: TEXT_KINDS,
    make: (context) =>
      textOf(word(hosts, context.shared('company')), word(endings, context.shared('domain ending'))),
  },
  {
    name: 'url',
    family: 'internet',
    summary: 'https address with a path',
    fits: TEXT_KINDS,
    make: (context) =>
      textOf(
        literal('https://'),
        word(hosts, context.shared('company')),
        word(endings, context.shared('domain ending')),
        word(pathNames, context.draw('path')),
      ),
  },
  {
    name: 'url_path',
    family: 'internet',
    summary: 'Path of a page',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(pathNames, context.draw())),
  },
  {
    name: 'mail_domain',
    family: 'internet',
    summary: 'Domain of a mail provider that does not exist',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(mail, context.shared('mail domain'))),
  },
  {
    name: 'ipv4',
    family: 'internet',
    summary: 'Address in 10.0.0.0/8',
    fits: [...TEXT_KINDS, 'inet'],
    uniqueness: 'self',
    make: (context) => {
      const draw = context.draw()
      const address = context.unique ? context.permuted(1 << 24) : (row: number) => below(draw(row), 1 << 24)
      const byte = (shift: number) => number((row) => (address(row) >>> shift) & 255, 3)
      return textOf(literal('10.'), byte(16), literal('.'), byte(8), literal('.'), byte(0))
    },
  },
  {
    name: 'network',
    family: 'internet',
    summary: 'Network of 256 addresses in 10.0.0.0/8',
    fits: ['cidr', 'inet', ...TEXT_KINDS],
    uniqueness: 'self',
    make: (context) => {
      const draw = context.draw()
      const index = context.unique ? context.permuted(1 << 16) : (row: number) => below(draw(row), 1 << 16)
      const byte = (shift: number) => number((row) => (index(row) >>> shift) & 255, 3)
      return textOf(literal('10.'), byte(8), literal('.'), byte(0), literal('.0/24'))
    },
  },
  {
    name: 'ipv6',
    family: 'internet',
    summary: 'Address in 2001:db8::/32, the range for documentation',
    fits: [...TEXT_KINDS, 'inet'],
    uniqueness: 'self',
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const drawn = draw(row)
          // A leading 1 keeps every group free of zeros the server would shorten; four groups hold the draw, a bijection.
          const groups = [24, 16, 8, 0].map((shift) => `1${hexByte(drawn >>> shift)}`)
          return `2001:db8:${groups.join(':')}:1${hexByte(drawn ^ (drawn >>> 9))}:1${hexByte(drawn >>> 5)}`
        },
        39,
      )
    },
  },
  {
    name: 'mac_address',
    family: 'internet',
    summary: 'Hardware address in the locally administered range',
    fits: [...TEXT_KINDS, 'macaddr'],
    uniqueness: 'self',
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) =>
          `02:00:${draw(row)
            .toString(16)
            .padStart(8, '0')
            .replaceAll(/..(?!$)/g, '$&:')}`,
        17,
      )
    },
  },
  {
    name: 'user_agent',
    family: 'internet',
    summary: 'Browser',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(agents, context.draw())),
  },
  {
    name: 'http_method',
    family: 'internet',
    summary: 'GET mostly',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(methods, context.draw())),
  },
  {
    name: 'http_status',
    family: 'internet',
    summary: '200 mostly, some redirects and errors',
    fits: ['int2', 'int4', 'int8'],
    uniqueness: 'never',
    make: (context) => {
      const codes = [
        200, 200, 200, 200, 200, 200, 200, 201, 204, 301, 304, 304, 400, 401, 403, 404, 404, 422, 500, 503,
      ]
      const draw = context.draw()
      return plainCell(valueTypeOf(context.type), (row) => codes[below(draw(row), codes.length)]!)
    },
  },
  {
    name: 'mime_type',
    family: 'internet',
    summary: 'Media type of a file',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(mimes, context.draw())),
  },
  {
    name: 'file_name',
    family: 'internet',
    summary: 'report-42.pdf',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw('number')
      return textOf(
        word(stems, context.draw()),
        literal('-'),
        number((row) => below(draw(row), 100), 2),
        word(suffixes, context.draw('ending')),
      )
    },
  },
  {
    name: 'token',
    family: 'internet',
    summary: 'Random hexadecimal text of `length` characters',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: { length: { kind: 'number', summary: 'default 32, or what fits' } },
    make: (context) => {
      const length = Math.min(context.number('length') ?? 32, context.maxChars)
      const draw = context.draw()
      if (context.unique && length < 8) {
        if (16 ** length < context.rows)
          context.refuse(
            'unique-space-too-small',
            `${16 ** length} different values of ${length} hexadecimal digits cannot fill ${context.rows} unique rows`,
          )
        const number = context.permuted(16 ** length)
        return plainCell(TEXT, (row) => number(row).toString(16).padStart(length, '0'), length)
      }
      // The first eight digits are the draw itself, a bijection of the row.
      const rest = hex(Math.max(0, length - 8))
      return plainCell(
        TEXT,
        (row) => `${draw(row).toString(16).padStart(8, '0')}${rest(draw(row))}`.slice(0, length),
        length,
      )
    },
  },
  {
    name: 'password_hash',
    family: 'internet',
    summary: 'Looks like argon2id, verifies nothing',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => `$argon2id$v=19$m=19456,t=2,p=1$${hex(22)(draw(row))}$${hex(43)(~draw(row))}`,
        97,
      )
    },
  },
  {
    name: 'bytes',
    family: 'internet',
    summary: '16 random bytes',
    fits: ['bytea'],
    uniqueness: 'self',
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => `\\x${draw(row).toString(16).padStart(8, '0')}${hex(24)(draw(row))}`,
        34,
      )
    },
  },
]

function hexByte(bits: number): string {
  return (bits & 255).toString(16).padStart(2, '0')
}

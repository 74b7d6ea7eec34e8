import type { Option } from './model.ts'
import { renderTemplate, type Variables } from './render.ts'
import { EvaluationProblem, type HurlValue } from './value.ts'

export type EntryOptions = {
  /** Files beside the spec, in PEM. */
  readonly cacert: string | undefined
  readonly cert: string | undefined
  readonly key: string | undefined
  readonly compressed: boolean
  readonly connectTimeoutMs: number
  /** Where connections go instead of a host and port; the first that fits counts. */
  readonly connectTo: readonly { readonly from: string; readonly host: string; readonly port: string }[]
  readonly delayMs: number
  readonly headers: readonly string[]
  readonly insecure: boolean
  readonly location: boolean
  readonly locationTrusted: boolean
  readonly maxRedirects: number
  readonly maxTimeMs: number
  /** Dots in the path of the URL stay. */
  readonly pathAsIs: boolean
  readonly repeat: number
  /** Below 0: until it passes. */
  readonly retry: number
  readonly retryIntervalMs: number
  readonly skip: boolean
  readonly unixSocket: string | undefined
  readonly user: string | undefined
}

/** The `[Options]` of an entry; its `variable` options go into `variables`. Throws EvaluationProblem. */
export function readOptions(options: readonly Option[], variables: Variables): EntryOptions {
  if (options.length === 0) return DEFAULTS
  const read: { -readonly [Name in keyof EntryOptions]: EntryOptions[Name] } = { ...DEFAULTS }
  const headers: string[] = []
  const connectTo: EntryOptions['connectTo'][number][] = []
  for (const { name, value } of options) {
    const text = renderTemplate(value, variables)
    switch (name) {
      case 'variable': {
        const [variable, content] = parseVariable(text)
        variables.set(variable, content)
        break
      }
      case 'header':
        headers.push(text)
        break
      case 'user':
      case 'cacert':
      case 'key':
        read[name] = text
        break
      case 'cert':
        read.cert = text
        break
      case 'unix-socket':
        read.unixSocket = text
        break
      case 'connect-to':
      case 'resolve':
        connectTo.push(readConnection(name, text))
        break
      case 'path-as-is':
        read.pathAsIs = truth(name, text)
        break
      case 'connect-timeout':
        read.connectTimeoutMs = durationMs(name, text, 's')
        break
      case 'compressed':
      case 'insecure':
      case 'location':
      case 'skip':
        read[name] = truth(name, text)
        break
      case 'location-trusted':
        read.location = read.locationTrusted = truth(name, text)
        break
      case 'delay':
        read.delayMs = durationMs(name, text, 'ms')
        break
      case 'retry-interval':
        read.retryIntervalMs = durationMs(name, text, 'ms')
        break
      case 'max-time':
        read.maxTimeMs = durationMs(name, text, 's')
        break
      case 'max-redirs':
        read.maxRedirects = integer(name, text)
        break
      case 'repeat':
        read.repeat = integer(name, text)
        break
      case 'retry':
        read.retry = integer(name, text)
        break
      default: // read and passed over: see optionsWithoutEffect
    }
  }
  return { ...read, headers, connectTo }
}

const DEFAULTS: EntryOptions = {
  cacert: undefined,
  cert: undefined,
  key: undefined,
  compressed: false,
  connectTimeoutMs: 30_000,
  connectTo: [],
  delayMs: 0,
  headers: [],
  insecure: false,
  location: false,
  locationTrusted: false,
  maxRedirects: 50,
  maxTimeMs: 30_000,
  pathAsIs: false,
  repeat: 1,
  retry: 0,
  retryIntervalMs: 1000,
  skip: false,
  unixSocket: undefined,
  user: undefined,
}

/** `name=value` with Hurl's types: `3` is a number, `true` a boolean, `"3"` and everything else text. */
export function parseVariable(text: string): [name: string, value: HurlValue] {
  const equals = text.indexOf('=')
  const name = text.slice(0, Math.max(equals, 0)).trim()
  if (!/^[A-Za-z][\w-]*$/.test(name))
    throw new EvaluationProblem(`a variable is written name=value, not "${text}"`)
  const value = text.slice(equals + 1).trim()
  if (value === 'null') return [name, null]
  if (value === 'true' || value === 'false') return [name, value === 'true']
  // A number that would print differently (a card number, 007) is text.
  if (/^-?\d+(?:\.\d+)?$/.test(value) && String(Number(value)) === value) return [name, Number(value)]
  return [name, /^".*"$/.test(value) ? value.slice(1, -1) : value]
}

/** `host:port:address` of resolve, `host:port:host:port` of connect-to; IPv6 addresses in brackets. */
function readConnection(name: 'resolve' | 'connect-to', text: string): EntryOptions['connectTo'][number] {
  const parts = text.match(/\[[^\]]*\]|[^:]+/g) ?? []
  const [host, port, toHost, toPort = port] = parts
  if (
    host === undefined ||
    port === undefined ||
    toHost === undefined ||
    (name === 'connect-to' && parts.length !== 4)
  )
    throw new EvaluationProblem(
      `the option ${name} is written ${name === 'resolve' ? 'host:port:address' : 'host:port:host:port'}, not "${text}"`,
    )
  return { from: `${host}:${port}`.toLowerCase(), host: toHost.replaceAll(/[[\]]/g, ''), port: toPort! }
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

function durationMs(name: string, text: string, unitless: 'ms' | 's'): number {
  const [, digits, unit = unitless] = /^(\d+)(ms|s|m|h)?$/.exec(text) ?? []
  if (digits === undefined) throw new EvaluationProblem(`the option ${name} cannot be "${text}"`)
  return Number(digits) * UNIT_MS[unit]!
}

function integer(name: string, text: string): number {
  if (!/^-?\d+$/.test(text)) throw new EvaluationProblem(`the option ${name} cannot be "${text}"`)
  return Number(text)
}

function truth(name: string, text: string): boolean {
  if (text !== 'true' && text !== 'false')
    throw new EvaluationProblem(`the option ${name} cannot be "${text}"`)
  return text === 'true'
}

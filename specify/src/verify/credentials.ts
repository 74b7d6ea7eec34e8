// Which credentials a request carries: those given on the command line, none, or wrong ones.

import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { pointer as pointerOf, isRecord, valueAt } from '@specwright/json-schema/json-pointer.ts'
import type { Api, Operation } from '../contracts/model.ts'
import { securityScheme, type SecurityScheme } from './contract-details.ts'
import type { Credential, Draft } from './draft.ts'

export type Credentials = {
  readonly of: (draft: Draft) => readonly Credential[]
  /** Whether valid credentials can be sent, where any are asked for. */
  readonly suffice: (operation: Operation) => boolean
  /** Given values by their scheme, so that reports can leave them out. */
  readonly secrets: ReadonlyMap<string, string>
}

/** `schemes` are `name=value`, `headers` are `Name: value` and go with every request that carries credentials. */
export function credentialsFrom(
  api: Api,
  schemes: readonly string[],
  headers: readonly string[],
): Credentials {
  const secrets = new Map(schemes.map((text) => schemePair(api, text)))
  const fixed = headers.map(headerPair)
  const hasAuthorization = fixed.some(({ name }) => name.toLowerCase() === 'authorization')
  const isGiven = (scheme: string) => {
    const kind = securityScheme(api, scheme)
    return secrets.has(scheme) || isFixed(kind, fixed, hasAuthorization)
  }
  const chosen = ({ security }: Operation) =>
    security.find((all) => all.length > 0 && all.every(isGiven)) ?? security.find((all) => all.length === 0)
  for (const { name, value } of fixed)
    if (isCredentialHeader(api, name)) secrets.set(name, value.replace(/^(bearer|basic) /i, ''))
  return {
    secrets,
    suffice: (operation) => operation.security.length === 0 || chosen(operation) !== undefined,
    of({ operation, credentials }) {
      if (credentials === 'none') return fixed.filter((each) => !isCredentialHeader(api, each.name))
      if (credentials === 'invalid') {
        const names = operation.security.find((all) => all.length > 0) ?? []
        return [
          ...fixed.filter((each) => !isCredentialHeader(api, each.name)),
          ...names.flatMap((name) => credentialOf(securityScheme(api, name), 'aW52YWxpZDppbnZhbGlk')),
        ]
      }
      const names = chosen(operation) ?? []
      return [
        ...fixed,
        ...names.flatMap((name) => {
          const value = secrets.get(name)
          return value === undefined ? [] : credentialOf(securityScheme(api, name), value)
        }),
      ]
    },
  }
}

function credentialOf(scheme: SecurityScheme | undefined, value: string): Credential[] {
  if (scheme === undefined) return []
  if (!('name' in scheme)) {
    const word = scheme.kind === 'bearer' ? 'Bearer' : 'Basic'
    const text =
      scheme.kind === 'basic' && value.includes(':') ? Buffer.from(value).toString('base64') : value
    return [
      {
        place: 'header',
        name: 'Authorization',
        value: new RegExp(`^${word} `, 'i').test(text) ? text : `${word} ${text}`,
      },
    ]
  }
  return [{ place: scheme.kind, name: scheme.name, value }]
}

function isFixed(
  scheme: SecurityScheme | undefined,
  fixed: readonly Credential[],
  hasAuthorization: boolean,
): boolean {
  if (scheme === undefined) return false
  if (scheme.kind === 'bearer' || scheme.kind === 'basic') return hasAuthorization
  const wanted = 'name' in scheme && scheme.kind === 'header' ? scheme.name.toLowerCase() : 'cookie'
  return scheme.kind !== 'query' && fixed.some(({ name }) => name.toLowerCase() === wanted)
}

function isCredentialHeader(api: Api, name: string): boolean {
  if (/^(authorization|cookie)$/i.test(name)) return true
  return schemeNames(api).some((scheme) => {
    const found = securityScheme(api, scheme)
    return found?.kind === 'header' && found.name.toLowerCase() === name.toLowerCase()
  })
}

function schemeNames(api: Api): string[] {
  const schemes = valueAt(api.source.root, pointerOf('components', 'securitySchemes'))
  return isRecord(schemes) ? Object.keys(schemes) : []
}

function schemePair(api: Api, text: string): [string, string] {
  const [name = '', value = ''] = text.split(/=(.*)/s)
  const names = schemeNames(api)
  if (value === '')
    throw new CliError(
      'bad-auth',
      `--auth needs a scheme and its value, not "${name}".`,
      'For example --auth buyerToken=eyJ…',
    )
  if (!names.includes(name))
    throw new CliError(
      'no-such-scheme',
      `The contract has no security scheme "${name}".`,
      didYouMean(name, names) ?? `Schemes: ${names.join(', ') || 'none'}.`,
    )
  return [name, value]
}

function headerPair(text: string): Credential {
  const match = /^([\w!#$%&'*+.^`|~-]+):\s*(.+)$/.exec(text)
  if (match === null)
    throw new CliError(
      'bad-header',
      `--header needs a name and a value, not "${text}".`,
      "For example --header 'X-Tenant: 7'.",
    )
  return { place: 'header', name: match[1]!, value: match[2]! }
}

import { randomBytes, randomUUID } from 'node:crypto'
import type { HurlValue } from './hurl/value.ts'

/** Variables every scenario has, and what they hold; new for each scenario, the same within it. */
export const builtinVariables: Readonly<Record<string, string>> = {
  baseUrl: 'Address of the service, without a slash at the end: http://127.0.0.1:8080',
  host: 'The same without the scheme: 127.0.0.1:8080',
  scenario: 'The full name of the scenario, as a word: order-service-001-US1-2',
  uuid: 'A random UUID',
  unique: 'Twelve random letters and digits, for names and addresses that must be new',
  timestamp: 'Milliseconds since 1970, a number',
  now: 'The time as RFC 3339, in UTC',
  today: 'The date as YYYY-MM-DD, in UTC',
}

/** The values for one scenario. `baseUrl` may be unknown when a scenario has no HTTP blocks. */
export function builtinValues(scenario: string, baseUrl: string | undefined): Map<string, HurlValue> {
  const now = new Date()
  const values = new Map<string, HurlValue>([
    ['scenario', scenario.replaceAll(/[^A-Za-z0-9]+/g, '-')],
    ['uuid', randomUUID()],
    ['unique', uniqueWord()],
    ['timestamp', now.getTime()],
    ['now', now.toISOString()],
    ['today', now.toISOString().slice(0, 10)],
  ])
  if (baseUrl !== undefined) {
    const address = baseUrl.replace(/\/+$/, '')
    values.set('baseUrl', address).set('host', address.replace(/^https?:\/\//, ''))
  }
  return values
}

function uniqueWord(): string {
  return `x${randomBytes(9).toString('hex').slice(0, 11)}`
}

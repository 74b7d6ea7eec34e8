// `.pgmock.yaml` in the working folder: what a project wants for every run. Above templates, below schema files and flags.

import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { parseInstant } from '../bytes/dates.ts'
import { FindingList } from '../schema/finding-list.ts'

export const PROJECT_FILE = '.pgmock.yaml'

export type Project = {
  readonly seed: number | undefined
  readonly scale: number | undefined
  /** Whether code that comes with schemas may run. */
  readonly plugins: boolean
  readonly counts: Readonly<Record<string, number>>
  /** `now`, `database` and `tables`, laid over templates and under schema files. */
  readonly schema: Readonly<Record<string, unknown>>
}

const KEYS = ['seed', 'scale', 'now', 'count', 'plugins', 'database', 'tables']

/** Never throws; what cannot be used is a finding and left out. */
export function parseProject(text: string, add: (finding: Finding) => void): Project {
  const document = parseDocument(text, 'yaml')
  for (const { code, message, line, column, hint } of document.problems)
    add({ code, severity: 'error', message, file: PROJECT_FILE, line, column, hint })
  const list = new FindingList(PROJECT_FILE, document, add)
  const root = isRecord(document.value) ? document.value : {}
  for (const key of Object.keys(root))
    if (!KEYS.includes(key))
      list.error(
        'unknown-property',
        `/${key}`,
        `${PROJECT_FILE} has no "${key}"`,
        didYouMean(key, KEYS) ?? `It knows ${KEYS.join(', ')}.`,
      )
  const number = (key: string, fits: (value: number) => boolean, what: string) => {
    const value = root[key]
    if (value === undefined) return undefined
    if (typeof value === 'number' && fits(value)) return value
    list.error('bad-value', `/${key}`, `${key} must be ${what}, not ${JSON.stringify(value)}`)
    return undefined
  }
  const counts: Record<string, number> = {}
  const given = root['count']
  if (isRecord(given))
    for (const [table, rows] of Object.entries(given))
      if (typeof rows === 'number' && Number.isInteger(rows) && rows >= 0) counts[table] = rows
      else
        list.error(
          'bad-value',
          `/count/${table}`,
          `count of ${table} must be a whole number, not ${JSON.stringify(rows)}`,
        )
  const plugins = root['plugins']
  if (plugins !== undefined && typeof plugins !== 'boolean')
    list.error('bad-value', '/plugins', `plugins must be true or false, not ${JSON.stringify(plugins)}`)
  return {
    seed: number('seed', (n) => Number.isInteger(n) && n >= 0 && n <= 4_294_967_295, 'a whole number from 0'),
    scale: number('scale', (n) => n > 0 && n <= 1e9, 'a number above 0'),
    plugins: root['plugins'] === true,
    counts,
    schema: {
      ...(isInstant(root['now'], list) ? { now: root['now'] } : {}),
      ...Object.fromEntries(
        ['database', 'tables'].flatMap((key) => (isRecord(root[key]) ? [[key, root[key]]] : [])),
      ),
    },
  }
}

function isInstant(given: unknown, list: FindingList): boolean {
  if (given === undefined) return false
  if (typeof given === 'string' && parseInstant(given) !== undefined) return true
  list.error(
    'bad-value',
    '/now',
    `now must be an instant such as 2026-01-01T00:00:00Z, not ${JSON.stringify(given)}`,
  )
  return false
}

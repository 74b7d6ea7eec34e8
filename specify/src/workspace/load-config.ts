import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { keyPositions, type Position } from './json-positions.ts'
import type { Config, ServiceConfig } from './model.ts'
import { settings, type Setting } from './settings.ts'

export const defaultConfig: Config = {
  services: {},
  baseUrl: undefined,
  roots: [],
  members: [],
  strict: false,
}

/** Reads the text of `.speckit.config.json`; whatever is wrong becomes a finding and its default. */
export function loadConfig(text: string, file: string): { config: Config; findings: Finding[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { config: defaultConfig, findings: [notJson(error, file)] }
  }
  const findings: Finding[] = []
  const config = check(value, '', { file, positions: keyPositions(text), findings })
  return { config: toConfig(config), findings }
}

type Checking = {
  readonly file: string
  readonly positions: ReadonlyMap<string, Position>
  readonly findings: Finding[]
}

/** The part of `value` that fits the settings below `path`; the rest is reported and left out. */
function check(value: unknown, path: string, checking: Checking): Record<string, unknown> {
  if (!isObject(value)) {
    report(
      checking,
      path,
      'config-wrong-type',
      `${path === '' ? 'The file' : `"${dotted(path)}"`} must hold an object, as in { … }.`,
    )
    return {}
  }
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const innerPath = `${path}/${key}`
    const setting = settings.find((candidate) => fits(candidate, innerPath))
    if (setting !== undefined) {
      if (hasType(inner, setting)) kept[key] = inner
      else
        report(
          checking,
          innerPath,
          'config-wrong-type',
          `"${dotted(innerPath)}" must be ${typeName(setting)}.`,
        )
    } else if (settings.some((candidate) => isAbove(innerPath, candidate))) {
      kept[key] = check(inner, innerPath, checking)
    } else {
      const hint = didYouMean(key, namesBelow(path)) ?? `Known here: ${namesBelow(path).join(', ')}.`
      report(checking, innerPath, 'config-unknown-key', `"${dotted(innerPath)}" is not a setting.`, hint)
    }
  }
  return kept
}

function toConfig(kept: Record<string, unknown>): Config {
  // Sound: check() kept only values of the types the settings table names.
  const {
    services = {},
    baseUrl,
    roots = [],
    members = [],
    contracts,
    validation,
    cache,
    budget,
    documentation,
    events,
  } = kept as {
    services?: Record<string, ServiceConfig>
    baseUrl?: string
    roots?: string[]
    members?: string[]
    contracts?: { compatibility?: string; strict?: boolean }
    validation?: { strict?: boolean }
    cache?: { enabled?: boolean }
    budget?: { warn_threshold?: number; critical_threshold?: number }
    documentation?: { token_target?: number }
    events?: { bus?: string }
  }
  return {
    services,
    baseUrl,
    roots,
    members,
    ...(events?.bus !== undefined && { bus: events.bus }),
    ...(contracts !== undefined && { contracts }),
    strict: validation?.strict ?? false,
    cache: cache?.enabled ?? true,
    ...(budget !== undefined && { budget: thresholds(budget) }),
    ...(documentation?.token_target !== undefined && { quickRefTokens: documentation.token_target }),
  }
}

function thresholds({
  warn_threshold: warnTokens,
  critical_threshold: criticalTokens,
}: {
  warn_threshold?: number
  critical_threshold?: number
}): NonNullable<Config['budget']> {
  return {
    ...(warnTokens !== undefined && { warnTokens }),
    ...(criticalTokens !== undefined && { criticalTokens }),
  }
}

function report(checking: Checking, path: string, code: string, message: string, hint?: string): void {
  checking.findings.push({
    code,
    severity: 'error',
    message,
    hint,
    file: checking.file,
    ...(checking.positions.get(path) ?? { line: 1 }),
  })
}

function notJson(error: unknown, file: string): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const line = /line (\d+)/.exec(message)?.[1]
  const column = /column (\d+)/.exec(message)?.[1]
  return {
    code: 'config-not-json',
    severity: 'error',
    message: `The file is not JSON: ${message.replace(/ (?:in JSON )?at position .*$/s, '')}.`,
    hint: 'Mend the syntax: comments and trailing commas are not JSON.',
    file,
    line: line === undefined ? 1 : Number(line),
    ...(column !== undefined && { column: Number(column) }),
  }
}

function fits({ key }: Setting, path: string): boolean {
  const wanted = key.split('.')
  const parts = path.slice(1).split('/')
  return wanted.length === parts.length && wanted.every((part, i) => part === '*' || part === parts[i])
}

function isAbove(path: string, { key }: Setting): boolean {
  const wanted = key.split('.')
  const parts = path.slice(1).split('/')
  return parts.length < wanted.length && parts.every((part, i) => wanted[i] === '*' || wanted[i] === part)
}

function namesBelow(path: string): string[] {
  const depth = path === '' ? 0 : path.slice(1).split('/').length
  const below = settings.filter((setting) => path === '' || isAbove(path, setting))
  return [...new Set(below.map(({ key }) => key.split('.')[depth]!))].filter((name) => name !== '*')
}

function hasType(value: unknown, { type, choices }: Setting): boolean {
  if (type === 'integer') return Number.isSafeInteger(value) && (value as number) >= 0
  if (type === 'texts') return Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (type === 'boolean') return typeof value === 'boolean'
  return typeof value === 'string' && (choices === undefined || choices.includes(value))
}

function typeName({ type, choices }: Setting): string {
  if (choices !== undefined) return `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`
  return { boolean: 'true or false', integer: 'a whole number', text: 'text', texts: 'a list of texts' }[type]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function dotted(path: string): string {
  return path.slice(1).replaceAll('/', '.')
}

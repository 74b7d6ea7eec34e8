// The rim of plugins: modules that schema files name are imported before anything is planned, so that planning and
// writing stay free of waiting.

import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { FindingList } from '../schema/finding-list.ts'
import type { Model } from '../schema/model.ts'
import type { Generator } from '../values/generator.ts'
import { moduleGenerator } from './module-generator.ts'
import type { PluginFunction } from './plugin-cell.ts'
import { pluginKey } from './plugin-key.ts'
import { processGenerator } from './process-generator.ts'

export type LoadedPlugins = {
  /** By `pluginKey`. */
  readonly generators: ReadonlyMap<string, Generator>
  /** Absolute paths of the modules, for who watches them. */
  readonly files: readonly string[]
}

/** `./points.ts`, `../lib/points.js#tier`, `/opt/points.js`, `npm:package/points#tier`. */
const MODULE = /^(\.{1,2}\/|\/|npm:)/

/**
 * Imports what the models name as generators. A schema is data until somebody says otherwise: with `allowed` false no
 * code of it runs, and each plugin is a finding.
 */
export async function loadPlugins(
  models: readonly Model[],
  { cwd, allowed }: { readonly cwd: string; readonly allowed: boolean },
  add: (finding: Finding) => void,
): Promise<LoadedPlugins> {
  const generators = new Map<string, Generator>()
  const files = new Set<string>()
  for (const model of models) {
    const list = new FindingList(model.file, model, add)
    const folder = dirname(resolve(cwd, model.file))
    for (const { name, pointer } of references(model)) {
      const key = pluginKey(model.file, name)
      if (!allowed) {
        list.error(
          'plugin-not-allowed',
          pointer,
          `${name === 'process' ? 'a process' : name} would run code that comes with the schema`,
          'If you trust it, add --allow-plugins, or "plugins: true" to .pgmock.yaml.',
        )
      } else if (name === 'process') generators.set(key, processGenerator(folder))
      else if (!generators.has(key)) {
        const made = await importGenerator(name, folder, files)
        if ('generator' in made) generators.set(key, made.generator)
        else list.error(made.code, pointer, made.message, made.hint)
      }
    }
  }
  return { generators, files: [...files] }
}

function references(model: Model): { name: string; pointer: string }[] {
  return [...model.tables.values()].flatMap((table) =>
    [...table.columns.values()].flatMap(({ generator }) =>
      generator && (generator.name === 'process' || MODULE.test(generator.name)) ? [generator] : [],
    ),
  )
}

type Made =
  | { readonly generator: Generator }
  | { readonly code: string; readonly message: string; readonly hint?: string | undefined }

async function importGenerator(name: string, folder: string, files: Set<string>): Promise<Made> {
  const [path = '', wanted = 'default'] = name.split('#')
  const file = locate(path, folder)
  const version = file === undefined ? undefined : modifiedAt(file)
  if (file === undefined || version === undefined)
    return {
      code: 'plugin-missing',
      message: `the plugin ${path} cannot be found`,
      hint: path.startsWith('npm:')
        ? 'Packages are looked up from the schema file.'
        : 'Paths are relative to the schema file.',
    }
  files.add(file)
  let module: Record<string, unknown>
  try {
    // The time of the last change makes an edited module a new one, which is what reloads it.
    module = (await import(`${pathToFileURL(file).href}?v=${version}`)) as Record<string, unknown>
  } catch (error) {
    return { code: 'plugin-broken', message: `the plugin ${path} cannot be loaded: ${messageOf(error)}` }
  }
  const exported = module[wanted]
  const { generate = exported, unique = false } = isRecord(exported) ? exported : {}
  if (typeof generate === 'function')
    return { generator: moduleGenerator(name, generate as PluginFunction, unique === true) }
  const names = Object.keys(module).filter((one) => one !== wanted && one !== 'module.exports')
  return {
    code: 'plugin-without-generator',
    message: `the plugin ${path} exports no function ${wanted === 'default' ? 'by default' : `"${wanted}"`}`,
    hint:
      didYouMean(wanted, names) ??
      (names.length > 0 ? `It exports ${names.join(', ')}.` : 'It exports nothing.'),
  }
}

function locate(path: string, folder: string): string | undefined {
  if (!path.startsWith('npm:')) return resolve(folder, path)
  try {
    return createRequire(join(folder, 'schema.json')).resolve(path.slice('npm:'.length))
  } catch {
    return undefined
  }
}

function modifiedAt(file: string): number | undefined {
  try {
    const is = statSync(file)
    return is.isFile() ? Math.floor(is.mtimeMs) : undefined
  } catch {
    return undefined
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error)
}

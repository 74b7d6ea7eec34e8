// The public entry without effects on the world: files in, a plan and rows out.

import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { sortFindings, type Finding } from '@specwright/cli/finding.ts'
import { loadSqlParser, needsParser } from './constraints/sql-parser.ts'
import { valueText } from './formats/value-text.ts'
import type { SetPlan, TablePlan } from './plan/plan-types.ts'
import { needsCanonical } from './canonical/needs-canonical.ts'
import { planSet, type PlanSetOptions } from './plan/plan-set.ts'
import type { Model } from './schema/model.ts'
import { parseSchema } from './schema/parse-schema.ts'
import { readSchemas } from './schema/read-schemas.ts'
import { layered, type Layered } from './config/layers.ts'
import type { Project } from './config/project-file.ts'
import { findTemplates } from './config/templates.ts'
import { loadPlugins } from './plugins/load-plugins.ts'

export type OpenedSet = {
  /** Without databases when a finding is an error. */
  readonly plan: SetPlan
  readonly models: readonly Model[]
  readonly findings: readonly Finding[]
  /** What was laid over what, one for each schema file. */
  readonly layers: readonly (Layered & { readonly file: string })[]
  /** Absolute paths of the modules that were imported as plugins. */
  readonly pluginFiles: readonly string[]
}

export type OpenOptions = PlanSetOptions & {
  readonly cwd?: string
  /** Whose `.pgmock/templates` count; the user's own folder. */
  readonly home?: string
  /** What `.pgmock.yaml` says. Programs that pass nothing are not touched by such a file. */
  readonly project?: Project | undefined
  /** Whether generators that are code of the schema's own may run; default false. */
  readonly allowPlugins?: boolean
}

/** Reads schema and set files and plans them; everything wrong with them is in `findings`, none of it thrown. */
export async function openSet(
  paths: readonly string[],
  { cwd = process.cwd(), home = homedir(), project, allowPlugins = false, ...options }: OpenOptions,
): Promise<OpenedSet> {
  const { files, findings } = await readSchemas(paths, cwd)
  const add = (finding: Finding) => void findings.push(finding)
  let templates: ReturnType<typeof findTemplates> | undefined
  const sources = { project, read: textOf, templates: () => (templates ??= findTemplates(home, cwd)) }
  const layers = files.map((file) => ({
    file: file.file,
    ...layered(file, resolve(cwd, file.file), sources, add),
  }))
  const models = await canonical(
    layers.flatMap((file) => parseSchema(file, add) ?? []),
    add,
  )
  const empty: SetPlan = { databases: [], seed: options.seed, now: 0 }
  const plugins = await loadPlugins(models, { cwd, allowed: allowPlugins }, add)
  // A plugin that was not loaded is a finding already, and would be an unknown generator in the plan.
  if (findings.some(({ code }) => code.startsWith('plugin-')))
    return { plan: empty, models, findings: sortFindings(findings), layers, pluginFiles: plugins.files }
  const sql = options.scale !== 0 && models.some(needsParser) ? await loadSqlParser() : undefined
  const planned = planSet(models, { ...options, plugins: plugins.generators, sql })
  findings.push(...planned.findings)
  const failed = findings.some(({ severity }) => severity === 'error')
  return {
    plan: failed ? empty : planned.plan,
    models,
    findings: sortFindings(findings),
    layers,
    pluginFiles: plugins.files,
  }
}

/** Loads the parser, and what prints, only for schemas with something to print. */
async function canonical(
  models: readonly Model[],
  add: (finding: Finding) => void,
): Promise<readonly Model[]> {
  if (!models.some(needsCanonical)) return models
  const [{ canonicalModel }, parser] = await Promise.all([
    import('./canonical/canonical-model.ts'),
    loadSqlParser(),
  ])
  return models.map((model) => (needsCanonical(model) ? canonicalModel(model, parser, add) : model))
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // the caller says which name of the user's it was
  }
}

/** Rows `from` (0-based) up to `to` as texts by column, the way PostgreSQL prints them; NULL is null. */
export function* rowsOf(
  { columns, rows }: TablePlan,
  from = 0,
  to = rows,
): Generator<Readonly<Record<string, string | null>>> {
  for (let row = from; row < Math.min(to, rows); row++) {
    yield Object.fromEntries(
      columns.map(({ column, cell }) => {
        const value = cell.value(row)
        return [column.name, value === null ? null : valueText(value, column.type)]
      }),
    )
  }
}

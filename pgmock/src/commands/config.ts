import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { command } from '@specwright/cli/command.ts'
import { valueAt } from '@specwright/json-schema/json-pointer.ts'
import { PROJECT_FILE } from '../config/project-file.ts'
import { userTemplates } from '../config/templates.ts'
import { openFromFlags, readProject, setOptions, type SetFlags } from './set-options.ts'
import { homeOf } from './templates.ts'
import { textTable } from './text-table.ts'

export const config = command({
  name: 'config',
  summary: 'Show what is laid over what: templates, the project file, schema files, flags',
  description: `Later layers win: embedded templates, ~/.pgmock/templates, .pgmock.yaml, the schema file, flags.
With schema files it prints them as they are after that; --explain says which layer set which value.`,
  args: '[schema.json…]',
  options: {
    ...setOptions,
    explain: { type: 'boolean', summary: 'Every value with the layer that set it' },
  },
  examples: [
    { run: 'pgmock config', does: 'The layers and the settings of a run' },
    { run: 'pgmock config crm.json --explain', does: 'Who set what' },
  ],
  async run({ args, options, cwd, env }) {
    const { project, findings: projectFindings } = await readProject(cwd)
    const settings = settingsOf(options, project)
    if (args.length === 0) {
      const layers = [
        { layer: 'embedded templates', where: 'pgmock itself', found: true },
        placed('user templates', userTemplates(homeOf(env)), cwd),
        placed('project file', resolve(cwd, PROJECT_FILE), cwd),
      ]
      return {
        data: { layers, settings },
        findings: projectFindings,
        text: () =>
          [
            textTable(
              ['layer', 'where', 'found'],
              layers.map((one) => [one.layer, one.where, one.found ? 'yes' : 'no']),
              100,
            ),
            settingsTable(settings),
          ].join('\n\n'),
      }
    }
    const { layers, findings } = await openFromFlags(args, options, cwd)
    const schemas = layers.map(({ file, document, origins }) => ({
      file,
      schema: document.value,
      values: [...origins].map(([at, from]) => ({ at, value: valueAt(document.value, at) ?? null, from })),
    }))
    return {
      data: { settings, schemas },
      findings,
      text: () =>
        options.explain
          ? [
              settingsTable(settings),
              ...schemas.map(({ file, values }) =>
                textTable(
                  [file, 'value', 'set by'],
                  values.map(({ at, value, from }) => [at, JSON.stringify(value), from]),
                  60,
                ),
              ),
            ].join('\n\n')
          : schemas.map(({ schema }) => JSON.stringify(schema, null, 2)).join('\n'),
    }
  },
})

type Setting = { readonly name: string; readonly value: unknown; readonly from: string }

function settingsOf(flags: SetFlags, project: Awaited<ReturnType<typeof readProject>>['project']): Setting[] {
  const one = (name: string, flag: unknown, inProject: unknown, preset: unknown): Setting =>
    flag !== undefined
      ? { name, value: flag, from: `--${name}` }
      : inProject !== undefined
        ? { name, value: inProject, from: PROJECT_FILE }
        : { name, value: preset, from: 'default' }
  const counts = Object.entries(project?.counts ?? {}).map(([table, rows]): Setting => ({
    name: `count ${table}`,
    value: rows,
    from: PROJECT_FILE,
  }))
  const flagged = flags.count.map((text): Setting => {
    const [table, rows] = text.split('=')
    return { name: `count ${table}`, value: Number(rows), from: '--count' }
  })
  const settings = new Map([...counts, ...flagged].map((setting) => [setting.name, setting]))
  return [
    one('seed', flags.seed, project?.seed, 1),
    one('scale', flags.scale, project?.scale, 1),
    one('now', flags.now, undefined, 'the schema’s, else 2026-01-01T00:00:00Z'),
    ...settings.values(),
  ]
}

function settingsTable(settings: readonly Setting[]): string {
  return textTable(
    ['setting', 'value', 'set by'],
    settings.map(({ name, value, from }) => [name, String(value), from]),
    60,
  )
}

function placed(layer: string, path: string, cwd: string): { layer: string; where: string; found: boolean } {
  const near = relative(cwd, path)
  return { layer, where: near.startsWith('..') ? path : near, found: existsSync(path) }
}

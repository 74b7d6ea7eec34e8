import type { Program } from '@specwright/cli/run-cli.ts'

export const program: Program = {
  name: 'pgmock',
  version: '0.1.0',
  summary: 'a JSON schema in, a PostgreSQL archive with data that looks lived in out',
  commands: {
    generate: async () => (await import('./commands/generate.ts')).generate,
    import: async () => (await import('./commands/import.ts')).importCommand,
    join: async () => (await import('./commands/join.ts')).join,
    validate: async () => (await import('./commands/validate.ts')).validate,
    diff: async () => (await import('./commands/diff.ts')).diff,
    inspect: async () => (await import('./commands/inspect.ts')).inspect,
    preview: async () => (await import('./commands/preview.ts')).preview,
    explain: async () => (await import('./commands/explain.ts')).explain,
    generators: async () => (await import('./commands/generators.ts')).generatorsCommand,
    templates: async () => (await import('./commands/templates.ts')).templatesCommand,
    config: async () => (await import('./commands/config.ts')).config,
    'personal-data': async () => (await import('./commands/personal-data.ts')).personalDataCommand,
    init: async () => (await import('./commands/init.ts')).init,
  },
}

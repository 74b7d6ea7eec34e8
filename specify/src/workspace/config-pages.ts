import { CONFIG_FILE, settings, type Setting } from './settings.ts'

/** docs/config.md: every setting with its type and default. */
export function configPage(): string {
  const rows = settings.map(
    (setting) =>
      `| \`${setting.key.replace('*', '<name>')}\` | ${typeText(setting)} | ${defaultText(setting)} | ${effect(setting)} |`,
  )
  return `# \`${CONFIG_FILE}\`

Made from \`src/workspace/settings.ts\`; do not edit. The file stands at the root of the workspace, every key may be left
out, and [config.schema.json](./config.schema.json) gives an editor completion and checks.

| key | type | default | what it does |
|---|---|---|---|
${rows.join('\n')}

What is wrong with it is reported by every command that opens the workspace, and the rest of the file still counts:

| code | severity | when |
|---|---|---|
| \`config-not-json\` | error | The file cannot be parsed; all settings have their defaults |
| \`config-unknown-key\` | error | A key is not listed above; the nearest one is suggested |
| \`config-wrong-type\` | error | A value is not of the type listed above |
| \`config-bad-root\` | error | An entry of \`roots\` is not a folder inside the workspace |
| \`config-bad-member\` | error | An entry of \`members\` is not a folder of another repository, or is named twice |
| \`config-unknown-service\` | warning | \`services.<name>\` names no service of the workspace |
| \`path-escapes-workspace\` | warning | A link leads out of the workspace and is not followed |
| \`broken-link\` | warning | A link leads nowhere |
`
}

function effect({ summary, example, isUnused }: Setting): string {
  if (isUnused) return `${summary}. Accepted for projects that have it; no command reads it`
  return example === undefined ? summary : `${summary}: \`${example}\``
}

/** The JSON Schema (2020-12) of the config, for editors. */
export function configSchema(): object {
  const root: SchemaObject = { type: 'object', properties: {}, additionalProperties: false }
  for (const setting of settings) add(root, setting.key.split('.'), valueSchema(setting))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: CONFIG_FILE,
    description: 'Settings of specify for one workspace',
    ...root,
  }
}

type SchemaObject = {
  type: 'object'
  properties: Record<string, object>
  additionalProperties: boolean | object
}

function add(parent: SchemaObject, [name, ...rest]: readonly string[], schema: object): void {
  if (rest.length === 0) {
    parent.properties[name!] = schema
    return
  }
  const empty = (): SchemaObject => ({ type: 'object', properties: {}, additionalProperties: false })
  if (name === '*') {
    if (typeof parent.additionalProperties === 'boolean') parent.additionalProperties = empty()
    add(parent.additionalProperties as SchemaObject, rest, schema)
    return
  }
  parent.properties[name!] ??= empty()
  add(parent.properties[name!] as SchemaObject, rest, schema)
}

function valueSchema({ type, summary, default: preset, choices }: Setting): object {
  const shape = {
    boolean: { type: 'boolean' },
    integer: { type: 'integer', minimum: 0 },
    text: { type: 'string' },
    texts: { type: 'array', items: { type: 'string' } },
  }[type]
  return {
    description: summary,
    ...shape,
    ...(choices !== undefined && { enum: choices }),
    ...(preset !== undefined && { default: preset }),
  }
}

function typeText({ type, choices }: Setting): string {
  if (choices !== undefined) return choices.map((choice) => `\`"${choice}"\``).join(' or ')
  return { boolean: 'true or false', integer: 'whole number', text: 'text', texts: 'list of texts' }[type]
}

function defaultText({ default: preset }: Setting): string {
  return preset === undefined ? '' : `\`${JSON.stringify(preset)}\``
}

// Every key of .speckit.config.json, once: the checker, the published JSON Schema and docs/config.md come from here.

import { MODES } from '../contracts/event-modes.ts'

export type Setting = {
  /** Dotted; `*` stands for any name. */
  readonly key: string
  readonly type: 'boolean' | 'integer' | 'text' | 'texts'
  readonly summary: string
  readonly default?: boolean | number | string
  readonly choices?: readonly string[]
  readonly example?: string
  /** Accepted because files in use have it; no command reads it, and docs/config.md says so. */
  readonly isUnused?: true
}

export const CONFIG_FILE = '.speckit.config.json'

export const settings: readonly Setting[] = [
  { key: '$schema', type: 'text', summary: 'The JSON Schema of this file, for completion in editors' },
  {
    key: 'roots',
    type: 'texts',
    summary: 'Folders whose children are services, beside `services`',
    example: '["platform", "apps"]',
  },
  {
    key: 'members',
    type: 'texts',
    summary: 'Other repositories of the workspace, relative to its root; read, never written',
    example: '["../billing", "../shop"]',
  },
  {
    key: 'baseUrl',
    type: 'text',
    summary: 'Where scenarios find the system when the service has no address of its own',
    example: '"http://127.0.0.1:8080"',
  },
  {
    key: 'services.*.start',
    type: 'text',
    summary:
      'Command that starts the service for `specify test`, run in the workspace root; `{port}` becomes a free port',
    example: '"node services/order-service/src/main.ts --port {port}"',
  },
  {
    key: 'services.*.healthUrl',
    type: 'text',
    summary: 'Answers 2xx once the started service is ready',
    example: '"http://127.0.0.1:{port}/health"',
  },
  {
    key: 'services.*.baseUrl',
    type: 'text',
    summary: 'Where scenarios of this service send their requests',
    example: '"http://127.0.0.1:{port}"',
  },
  {
    key: 'services.*.independent',
    type: 'boolean',
    default: false,
    summary: 'Its stories share no data: `specify test` may run them at the same time',
  },
  {
    key: 'events.bus',
    type: 'text',
    summary:
      'What event blocks go through: a file of JSON lines (`….ndjson`), or a program that writes events it sees and publishes those it reads, one JSON text a line',
    example: '"node platform/bus-for-specs.ts"',
  },
  {
    key: 'contracts.compatibility',
    type: 'text',
    default: 'FORWARD',
    choices: MODES,
    summary: 'What events promise from version to version, if they do not say so themselves',
  },
  {
    key: 'contracts.strict',
    type: 'boolean',
    default: false,
    summary: 'Senders may send all their schema does not forbid, not only what it declares',
  },
  {
    key: 'validation.strict',
    type: 'boolean',
    default: false,
    summary: 'Warnings fail `specify validate` as errors do',
  },
  {
    key: 'validation.auto_validate',
    isUnused: true,
    type: 'boolean',
    default: true,
    summary: 'Whether agents validate after writing',
  },
  {
    key: 'cache.enabled',
    type: 'boolean',
    default: true,
    summary:
      'Whether `find`, `validate` and `validate-contracts` may keep what they computed in `.speckit/cache/`',
  },
  {
    key: 'cache.retention_days',
    isUnused: true,
    type: 'integer',
    default: 30,
    summary: 'Days after which an unused cache file may be deleted',
  },
  {
    key: 'analysis.default_mode',
    isUnused: true,
    type: 'text',
    default: 'incremental',
    choices: ['incremental', 'full'],
    summary: 'Whether an analysis reads only what changed',
  },
  {
    key: 'analysis.sample_size',
    type: 'integer',
    summary: 'Files an analysis of a large code base looks at',
  },
  {
    key: 'documentation.auto_generate_quick_ref',
    isUnused: true,
    type: 'boolean',
    default: true,
    summary: 'Whether agents refresh quick-ref.md',
  },
  {
    key: 'documentation.token_target',
    type: 'integer',
    default: 200,
    summary: 'Tokens a quick-ref.md may cost its reader: `document` keeps to it, `budget` checks it',
  },
  {
    key: 'budget.warn_threshold',
    type: 'integer',
    default: 120_000,
    summary: 'Tokens of all counted files together from which `specify budget` warns',
  },
  {
    key: 'budget.critical_threshold',
    type: 'integer',
    default: 160_000,
    summary: 'Tokens of all counted files together from which `specify budget --gate` fails',
  },
]

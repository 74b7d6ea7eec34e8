// Every key of .speckit.config.json, once: the checker, the published JSON Schema and docs/config.md come from here.

export type Setting = {
  /** Dotted; `*` stands for any name. */
  readonly key: string
  readonly type: 'boolean' | 'integer' | 'text' | 'texts'
  readonly summary: string
  readonly default?: boolean | number | string
  readonly choices?: readonly string[]
  readonly example?: string
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
    key: 'baseUrl',
    type: 'text',
    summary: 'Where scenarios find the system when the service has no address of its own',
    example: '"http://127.0.0.1:8080"',
  },
  {
    key: 'services.*.start',
    type: 'text',
    summary: 'Command that starts the service for `specify test`, run in the workspace root',
    example: '"node services/order-service/src/main.ts"',
  },
  {
    key: 'services.*.healthUrl',
    type: 'text',
    summary: 'Answers 2xx once the started service is ready',
    example: '"http://127.0.0.1:8103/health"',
  },
  {
    key: 'services.*.baseUrl',
    type: 'text',
    summary: 'Where scenarios of this service send their requests',
    example: '"http://127.0.0.1:8103"',
  },
  {
    key: 'validation.strict',
    type: 'boolean',
    default: false,
    summary: 'Warnings fail `specify validate` as errors do',
  },
  {
    key: 'validation.auto_validate',
    type: 'boolean',
    default: true,
    summary: 'Agents run `specify validate` after they wrote a spec, a plan or tasks',
  },
  {
    key: 'cache.enabled',
    type: 'boolean',
    default: true,
    summary: 'Keep what `specify find` read in `.speckit/cache`; deleting it costs time and nothing else',
  },
  {
    key: 'cache.retention_days',
    type: 'integer',
    default: 30,
    summary: 'Days after which an unused cache file may be deleted',
  },
  {
    key: 'analysis.default_mode',
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
    type: 'boolean',
    default: true,
    summary: 'Agents refresh quick-ref.md after a feature is implemented',
  },
  {
    key: 'documentation.token_target',
    type: 'integer',
    default: 200,
    summary: 'Tokens a quick-ref.md may cost its reader',
  },
  {
    key: 'budget.warn_threshold',
    type: 'integer',
    default: 120_000,
    summary: 'Tokens from which a session is worth a warning',
  },
  {
    key: 'budget.critical_threshold',
    type: 'integer',
    default: 160_000,
    summary: 'Tokens from which a session should be pruned',
  },
]

// Where each coding agent looks for commands and how they must look there: folder names and formats are facts of
// the agents, gathered from what Spec Kit 1.0 writes for them.

export type AgentFormat = 'skill' | 'markdown' | 'toml' | 'yaml'

export type Agent = {
  readonly key: string
  readonly name: string
  readonly format: AgentFormat
  /** Relative to the project. */
  readonly folder: string
  /** Between "speckit" and the verb, in file names and when one types the command; "." unless said otherwise. */
  readonly separator?: '-'
  /** File name ending where the format's own does not fit. */
  readonly ending?: string
  /** What stands for the user's words; `$ARGUMENTS` unless said otherwise. */
  readonly argument?: string
}

const skill = (key: string, name: string, folder: string): Agent => ({
  key,
  name,
  format: 'skill',
  folder: `${folder}/skills`,
  separator: '-',
})
const markdown = (key: string, name: string, folder: string, more: Partial<Agent> = {}): Agent => ({
  key,
  name,
  format: 'markdown',
  folder,
  ...more,
})

/** Kiro hands a prompt over as it is: the user's words come after it. */
const NO_SUBSTITUTION = 'what the user wrote after the command'

export const agents: readonly Agent[] = [
  skill('claude', 'Claude Code', '.claude'),
  skill('codex', 'Codex CLI', '.agents'),
  skill('copilot', 'GitHub Copilot', '.github'),
  skill('cursor-agent', 'Cursor', '.cursor'),
  { key: 'gemini', name: 'Gemini CLI', format: 'toml', folder: '.gemini/commands', argument: '{{args}}' },
  skill('agy', 'Antigravity', '.agents'),
  skill('alquimia', 'Alquimia', '.alquimia'),
  markdown('amp', 'Amp', '.agents/commands'),
  markdown('auggie', 'Auggie CLI', '.augment/commands'),
  skill('bob', 'IBM Bob', '.bob'),
  markdown('cline', 'Cline', '.clinerules/workflows', { separator: '-' }),
  markdown('codebuddy', 'CodeBuddy', '.codebuddy/commands'),
  skill('command-code', 'Command Code', '.commandcode'),
  skill('devin', 'Devin', '.devin'),
  skill('droid', 'Factory Droid', '.factory'),
  markdown('firebender', 'Firebender', '.firebender/commands', { ending: '.mdc' }),
  markdown('forge', 'Forge', '.forge/commands', { argument: '{{parameters}}' }),
  markdown('generic', 'any other agent', '.specify/commands'),
  { key: 'goose', name: 'Goose', format: 'yaml', folder: '.goose/recipes', argument: '{{ args }}' },
  skill('grok', 'Grok CLI', '.grok'),
  skill('hermes', 'Hermes', '.hermes'),
  markdown('junie', 'Junie', '.junie/commands', { separator: '-' }),
  markdown('kilocode', 'Kilo Code', '.kilo/commands'),
  skill('kimi', 'Kimi Code', '.kimi-code'),
  markdown('kiro-cli', 'Kiro CLI', '.kiro/prompts', { argument: NO_SUBSTITUTION }),
  skill('lingma', 'Lingma', '.lingma'),
  markdown('omp', 'Oh My Pi', '.omp/commands'),
  markdown('opencode', 'opencode', '.opencode/commands'),
  markdown('pi', 'Pi', '.pi/prompts'),
  skill('qodercli', 'Qoder CLI', '.qoder'),
  markdown('qwen', 'Qwen Code', '.qwen/commands'),
  skill('rovodev', 'Rovo Dev', '.rovodev'),
  markdown('shai', 'SHAI', '.shai/commands'),
  {
    key: 'tabnine',
    name: 'Tabnine CLI',
    format: 'toml',
    folder: '.tabnine/agent/commands',
    argument: '{{args}}',
  },
  skill('trae', 'Trae', '.trae'),
  skill('vibe', 'Mistral Vibe', '.vibe'),
  skill('zcode', 'ZCode', '.zcode'),
  skill('zed', 'Zed', '.agents'),
]

import { optionsOf, type Command, type OptionSpec, type OptionSpecs } from './command.ts'
import type { Program } from './run-cli.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A completion script for `shell`: commands first, then their options, choices and file names. */
export function completionScript(
  shell: Shell,
  program: Program,
  commands: readonly Command[],
  globalOptions: OptionSpecs,
): string {
  const tables = commands.map((command) => ({ command, options: optionsOf(command, globalOptions) }))
  switch (shell) {
    case 'bash':
      return bash(program.name, tables)
    case 'zsh':
      return zsh(program.name, tables)
    case 'fish':
      return fish(program.name, tables)
  }
}

type Table = { readonly command: Command; readonly options: OptionSpecs }

function bash(program: string, tables: readonly Table[]): string {
  const cases = tables.map(({ command, options }) => {
    const choices = Object.entries(options)
      .filter(([, spec]) => spec.choices !== undefined)
      .map(
        ([name, spec]) =>
          `      --${name}) COMPREPLY=($(compgen -W '${spec.choices!.join(' ')}' -- "$current")); return ;;`,
      )
    const names = Object.keys(options).map((name) => `--${name}`)
    return `    ${command.name})
      case "$previous" in
${choices.map((line) => `  ${line}`).join('\n')}
      esac
      [[ $current == -* ]] && COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$current")) ;;`
  })
  return `# ${program} completion for bash: eval "$(${program} completion bash)"
_${program}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${tables.map(({ command }) => command.name).join(' ')}' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o default -F _${program} ${program}
`
}

function zsh(program: string, tables: readonly Table[]): string {
  const cases = tables.map(({ command, options }) => {
    const specs = Object.entries(options).map(
      ([name, spec]) => `'--${name}[${zshText(spec.summary)}]${zshValue(spec)}'`,
    )
    return `    ${command.name}) _arguments ${specs.join(' ')} '*:file:_files' ;;`
  })
  return `#compdef ${program}
# ${program} completion for zsh: eval "$(${program} completion zsh)"
_${program}() {
  if (( CURRENT == 2 )); then
    local -a verbs=(${tables.map(({ command }) => `'${command.name}:${zshText(command.summary)}'`).join(' ')})
    _describe 'command' verbs
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
}
compdef _${program} ${program}
`
}

function zshValue({ type, placeholder = 'value', choices }: OptionSpec): string {
  if (type === 'boolean') return ''
  return choices === undefined ? `:${placeholder}:_files` : `:${placeholder}:(${choices.join(' ')})`
}

function zshText(text: string): string {
  return text.replaceAll("'", '’').replaceAll(/[[\]:]/g, String.raw`\$&`)
}

function fish(program: string, tables: readonly Table[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
  const lines = tables.flatMap(({ command, options }) => [
    `complete -c ${program} -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
    ...Object.entries(options).map(([name, spec]) => {
      const value =
        spec.type === 'boolean'
          ? ''
          : spec.choices === undefined
            ? ' -r'
            : ` -xa ${quote(spec.choices.join(' '))}`
      return `complete -c ${program} -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${value} -d ${quote(spec.summary)}`
    }),
  ])
  return `# ${program} completion for fish: ${program} completion fish | source\n${lines.join('\n')}\n`
}

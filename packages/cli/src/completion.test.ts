import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { command } from './command.ts'
import { completionScript, shells } from './completion.ts'
import { globalOptions } from './global-options.ts'

const commands = [
  command({
    name: 'generate',
    summary: "Write a schema's archive [fast]",
    options: {
      format: { type: 'string', choices: ['plain', 'tar'], summary: "It's the format: one of these" },
      seed: { type: 'string', placeholder: 'number', summary: 'Where chance begins' },
    },
    examples: [],
    run: async () => ({ data: null, findings: [], text: () => '' }),
  }),
  command({
    name: 'validate',
    summary: 'Check',
    examples: [],
    run: async () => ({ data: null, findings: [], text: () => '' }),
  }),
]
const program = { name: 'pgmock', version: '1.0.0', summary: 'x', commands: {} }
const script = (shell: (typeof shells)[number]) => completionScript(shell, program, commands, globalOptions)
const isMissing = (name: string) => spawnSync(name, ['--version']).error !== undefined

const folder = mkdtempSync(join(tmpdir(), 'completion-'))
after(() => rmSync(folder, { recursive: true }))

function scriptFile(shell: (typeof shells)[number]): string {
  const path = join(folder, shell)
  writeFileSync(path, script(shell))
  return path
}

for (const shell of shells)
  it(
    `the ${shell} script is something ${shell} can read`,
    { skip: isMissing(shell) && `${shell} is not installed` },
    () => {
      const { status, stderr } = spawnSync(shell, ['-n', scriptFile(shell)], { encoding: 'utf8' })
      assert.deepEqual([status, stderr], [0, ''])
    },
  )

it(
  'fish offers commands, options with summaries, and choices',
  { skip: isMissing('fish') && 'fish is not installed' },
  () => {
    const offers = (line: string) =>
      spawnSync('fish', ['--no-config', '-c', `source ${scriptFile('fish')}; complete -C '${line}'`], {
        encoding: 'utf8',
        env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
      }).stdout
    assert.match(offers('pgmock va'), /^validate\tCheck\n/)
    assert.match(offers('pgmock generate --se'), /^--seed\tWhere chance begins\n/)
    assert.match(offers('pgmock generate --format '), /^plain\b.*\ntar\b/)
  },
)

function bashOffers(...words: string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ')
  const input = `${script('bash')}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _pgmock; printf '%s\\n' "\${COMPREPLY[@]}"`
  return spawnSync('bash', ['-s'], { input, encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
}

it(
  'bash offers commands, then options, then choices',
  { skip: isMissing('bash') && 'bash is not installed' },
  () => {
    assert.deepEqual(bashOffers('pgmock', ''), ['generate', 'validate'])
    assert.deepEqual(bashOffers('pgmock', 'v'), ['validate'])
    assert.deepEqual(bashOffers('pgmock', 'generate', '--se'), ['--seed'])
    assert.deepEqual(bashOffers('pgmock', 'generate', '--format', ''), ['plain', 'tar'])
    assert.deepEqual(bashOffers('pgmock', 'validate', '--color', 'a'), ['auto', 'always'])
  },
)

it('zsh and fish know every option with its summary quoted', () => {
  assert.match(script('zsh'), /'--format\[It’s the format\\: one of these\]:value:\(plain tar\)'/)
  assert.match(script('zsh'), /'generate:Write a schema’s archive \\\[fast\\\]'/)
  assert.match(script('fish'), /-l format -xa 'plain tar' -d 'It\\'s the format: one of these'\n/)
  assert.match(script('fish'), /-l seed -r -d 'Where chance begins'\n/)
})

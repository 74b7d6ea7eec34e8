import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { allRules } from '../src/rules/all-rules.ts'
import { program } from '../src/program.ts'
import { runSpecify } from './run-specify.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const JSON_OUTPUT = readFileSync(join(import.meta.dirname, '../docs/json-output.md'), 'utf8')
const CONTRACTS = readFileSync(join(import.meta.dirname, '../docs/contracts.md'), 'utf8')

for (const [, block] of (README + JSON_OUTPUT + CONTRACTS).matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
  const commands = block!.split('\n').filter((line) => line.startsWith('$ '))
  test(`the documents show what "${commands.at(-1)!.slice(2)}" prints`, async () => {
    let cwd = REPOSITORY
    let output = ''
    for (const line of commands) {
      const [command, ...args] = words(line.slice(2))
      if (command === 'cd') cwd = resolve(cwd, args[0]!)
      else {
        assert.equal(command, 'node')
        assert.equal(resolve(cwd, args[0]!), join(REPOSITORY, 'specify/bin/specify.js'))
        output += (await runSpecify(cwd, args.slice(1))).stdout
      }
    }
    const expected = block!.split('\n').filter((line) => !line.startsWith('$ '))
    assertLike(output, expected.join('\n'))
  })
}

test('README names every command there is', () => {
  for (const name of Object.keys(program.commands))
    assert.match(README, new RegExp(`^\\| \`${name}\\b`, 'm'), name)
})

test('CHANGELOG counts the rules there are', () => {
  const changelog = readFileSync(join(import.meta.dirname, '../CHANGELOG.md'), 'utf8')
  assert.match(changelog, new RegExp(`by ${allRules.length} rules`))
})

/** Equal, but for `...`: alone on a line it stands for any lines, at the end of one for the rest of it. */
function assertLike(output: string, expected: string): void {
  const pattern = expected.split(/(^\.\.\.\n| \.\.\.$)/m).map((part) => {
    if (part === '...\n') return '(?:.*\n)*?'
    return part === ' ...' ? ' .*' : RegExp.escape(part)
  })
  if (!new RegExp(`^${pattern.join('')}$`).test(output)) assert.equal(output, expected)
}

/** Splits a command line at spaces outside double quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
}

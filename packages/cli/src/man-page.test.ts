import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { it } from 'node:test'
import { command } from './command.ts'
import { manPage } from './man-page.ts'

const page = manPage({ name: 'tool', version: '1.0.0', summary: 'does well-known things', commands: {} }, [
  command({
    name: 'list',
    summary: 'List things',
    description: "First line.\n.dotted line\n'quoted line with a back\\slash",
    args: '<path>',
    options: {
      limit: { type: 'string', short: 'l', placeholder: 'number', default: '9', summary: 'How many' },
    },
    examples: [{ run: 'tool list --limit 3', does: 'Three of them' }],
    run: async () => ({ data: null, findings: [], text: () => '' }),
  }),
])

it('the manual page has the sections man expects, in order', () => {
  const sections = page.split('\n').filter((line) => line.startsWith('.SH'))
  assert.deepEqual(sections, [
    '.SH NAME',
    '.SH SYNOPSIS',
    '.SH COMMANDS',
    '.SH OPTIONS OF EVERY COMMAND',
    '.SH EXIT STATUS',
  ])
  assert.match(page, /^\.TH TOOL 1 "" "tool 1\.0\.0" "User Commands"\n/)
  assert.match(page, /\ntool \\- does well\\-known things\n/)
})

it('text that looks like a roff request stays text', () => {
  assert.match(page, /\n\\&\.dotted line\n\\&'quoted line with a back\\eslash\n/)
})

const hasGroff = spawnSync('groff', ['--version']).error === undefined
it('groff formats it without a warning', { skip: !hasGroff && 'groff is not installed' }, () => {
  const { status, stdout, stderr } = spawnSync('groff', ['-man', '-Tascii', '-ww', '-P-c'], {
    input: page,
    encoding: 'utf8',
  })
  assert.deepEqual([status, stderr], [0, ''])
  const plain = stdout.replaceAll(/.\x08/g, '') // oxlint-disable-line no-control-regex -- overstrikes are bold print
  assert.match(plain, /-l, --limit <number>\s+How many \(default 9\)\./)
  assert.match(plain, /\.dotted line 'quoted line with a back\\slash/)
})

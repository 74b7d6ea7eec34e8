import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command } from '@specwright/cli/command.ts'
import { commandLine, verbTool } from './tools.ts'

const paint = command({
  name: 'paint',
  summary: 'Paint a thing',
  args: '<thing>',
  options: {
    coats: { type: 'string', placeholder: 'number', summary: 'How often' },
    colour: { type: 'string', choices: ['red', 'blue'], summary: 'Which' },
    brush: { type: 'string', multiple: true, summary: 'With what' },
    quickly: { type: 'boolean', summary: 'No care' },
    'dry-run': { type: 'boolean', summary: 'Only say it' },
  },
  examples: [],
  run: async () => ({ data: null, findings: [], text: () => '' }),
})

test('a tool asks for what the flags of its verb are', () => {
  const { name, inputSchema, annotations } = verbTool(paint)
  assert.equal(name, 'paint')
  assert.deepEqual(inputSchema['required'], ['args'])
  assert.deepEqual(inputSchema['properties'], {
    args: { type: 'array', items: { type: 'string' } },
    coats: { type: ['number', 'string'], description: 'How often' },
    colour: { enum: ['red', 'blue'], description: 'Which' },
    brush: { type: 'array', items: { type: 'string' }, description: 'With what' },
    quickly: { type: 'boolean', description: 'No care' },
    'dry-run': { type: 'boolean', description: 'Only say it' },
  })
  assert.equal(annotations.readOnlyHint, false)
})

test('a call becomes the command line somebody would type', () => {
  assert.deepEqual(
    commandLine(paint, { args: ['--a fence'], coats: 2, brush: ['a', 'b'], quickly: true, 'dry-run': false }),
    ['paint', '--json', '--coats=2', '--brush=a', '--brush=b', '--quickly', '--', '--a fence'],
  )
  assert.deepEqual(commandLine(paint, { help: true, json: true }), ['paint', '--json'])
})

test('a value no flag can have is refused', () => {
  assert.throws(() => commandLine(paint, { coats: { many: 2 } }), { code: 'bad-option' })
  assert.throws(() => commandLine(paint, { args: 'fence' }), { code: 'bad-option' })
})

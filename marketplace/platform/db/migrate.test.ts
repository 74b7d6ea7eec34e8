import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statements } from './migrate.ts'

test('statements end at a semicolon that ends a line', () => {
  assert.deepEqual(statements('create table a (x int);\n\ncreate table b (y int);\n'), [
    'create table a (x int);',
    'create table b (y int);',
  ])
})

test('a function body keeps its semicolons', () => {
  const text =
    'create function f() returns int language sql as $$\n  select 1;\n  select 2;\n$$;\nselect f();\n'
  assert.equal(statements(text).length, 2)
})

test('a last statement without a semicolon counts, a last comment does not', () => {
  assert.deepEqual(statements('select 1;\nselect 2'), ['select 1;', 'select 2'])
  assert.deepEqual(statements('select 1;\n-- the end\n'), ['select 1;'])
})

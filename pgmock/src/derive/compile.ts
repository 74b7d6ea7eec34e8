// Tree → closure with a static type. Everything that can be wrong with an expression is found here, before the first row.

import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Expression } from '../values/generator.ts'
import { BOOL, decimal, JSON_TEXT, NULL, TEXT } from '../values/value-type.ts'
import { compareJsonbKeys } from '../values/literal-value.ts'
import { plainText } from '../formats/value-text.ts'
import { aggregates, compileAggregate } from './aggregates.ts'
import { arithmetic, commonType, compare, converted, isNumeric } from './arithmetic.ts'
import { ExpressionError, type Node } from './expression.ts'
import { followed, unknownColumn } from './follow.ts'
import { functions } from './functions.ts'
import { jsonOf } from './json-value.ts'
import type { Scope } from './scope.ts'

/** Compiles an expression for rows of `scope`. Throws ExpressionError. */
export function compileExpression(node: Node, scope: Scope): Expression {
  switch (node.kind) {
    case 'number':
      return numberLiteral(node.text)
    case 'text':
      return { type: TEXT, value: () => node.value }
    case 'bool':
      return { type: BOOL, value: () => node.value }
    case 'null':
      return { type: NULL, value: () => null }
    case 'path':
      return path(node, scope)
    case 'call':
      return call(node, scope)
    case 'unary':
      return unary(node, scope)
    case 'binary':
      return binary(node, scope)
    case 'is-null': {
      const { value } = compileExpression(node.of, scope)
      const { negated } = node
      return { type: BOOL, value: (row) => (value(row) === null) !== negated }
    }
    case 'in':
      return membership(node, scope)
    case 'case':
      return choice(node, scope)
    case 'object':
      return object(node, scope)
    case 'array': {
      const items = node.items.map((item) => jsonOf(compileExpression(item, scope)))
      return { type: JSON_TEXT, value: (row) => `[${items.map((item) => item(row)).join(', ')}]` }
    }
  }
}

function numberLiteral(text: string): Expression {
  const scale = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
  const units = Number(text.replace('.', ''))
  return { type: decimal(scale), value: () => units }
}

/** Follows references from the row to the last name, a column. */
function path(node: Node & { kind: 'path' }, scope: Scope): Expression {
  if (node.database !== undefined)
    throw new ExpressionError(
      'unknown-name',
      node.at,
      `${node.database}:${node.parts.join('.')} is a table of another database`,
      'Follow a reference column (product_id.price), or aggregate: count(review:reviews).',
    )
  const { owner, rowOf } = followed(node.parts.slice(0, -1), scope, node.at)
  const name = node.parts.at(-1)!
  const column = owner.column(name)
  if (!column) throw unknownColumn(name, owner, node.at)
  if (!rowOf) return column
  const { value } = column
  return {
    type: column.type,
    value: (row) => {
      const at = rowOf(row)
      return at < 0 ? null : value(at)
    },
  }
}

function call(node: Node & { kind: 'call' }, scope: Scope): Expression {
  const { name, args, at } = node
  // min and max of two or more values are meant as least and greatest; of one path, as aggregates
  if (
    aggregates.has(name) &&
    args[0]?.kind === 'path' &&
    (args.length === 1 || !['min', 'max'].includes(name))
  )
    return compileAggregate(node, scope, compileExpression)
  if (name === 'json') {
    if (args.length !== 1) throw new ExpressionError('expression-type', at, 'json takes one value')
    return { type: JSON_TEXT, value: jsonOf(compileExpression(args[0]!, scope)) }
  }
  if (name === 'if') {
    if (args.length !== 3)
      throw new ExpressionError('expression-type', at, 'if takes a condition and two values')
    return choice(
      { kind: 'case', branches: [{ when: args[0]!, then: args[1]! }], otherwise: args[2]!, at },
      scope,
    )
  }
  const make = functions.get(name === 'min' ? 'least' : name === 'max' ? 'greatest' : name)
  if (!make)
    throw new ExpressionError(
      'unknown-function',
      at,
      `there is no function "${name}"`,
      didYouMean(name, [...functions.keys(), ...aggregates, 'json', 'if']) ??
        'docs/schema-language.md lists them.',
    )
  return make({ name, at, scope, args: args.map((arg) => compileExpression(arg, scope)), nodes: args })
}

function unary(node: Node & { kind: 'unary' }, scope: Scope): Expression {
  const of = compileExpression(node.of, scope)
  const { value } = of
  if (node.op === 'not') {
    expectBool(of, node.at)
    return {
      type: BOOL,
      value: (row) => {
        const is = value(row)
        return is === null ? null : is !== true
      },
    }
  }
  if (!isNumeric(of.type) && of.type.kind !== 'interval')
    throw new ExpressionError('expression-type', node.at, `- needs a number, not ${of.type.kind}`)
  return {
    type: of.type,
    value: (row) => {
      const is = value(row)
      return is === null ? null : -Number(is)
    },
  }
}

function binary({ op, left, right, at }: Node & { kind: 'binary' }, scope: Scope): Expression {
  const [a, b] = [compileExpression(left, scope), compileExpression(right, scope)]
  switch (op) {
    case 'and':
    case 'or':
      return logical(op, a, b, at)
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(op, a, b, at)
    case '||':
      return {
        type: TEXT,
        value: (row) => {
          const [x, y] = [a.value(row), b.value(row)]
          return x === null || y === null ? null : plainText(x, a.type) + plainText(y, b.type)
        },
      }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(op, a, b, at)
  }
}

function logical(op: 'and' | 'or', a: Expression, b: Expression, at: number): Expression {
  expectBool(a, at)
  expectBool(b, at)
  const deciding = op === 'or'
  return {
    type: BOOL,
    value: (row) => {
      const x = a.value(row)
      if (x === deciding) return deciding
      const y = b.value(row)
      if (y === deciding) return deciding
      return x === null || y === null ? null : !deciding
    },
  }
}

function expectBool({ type }: Expression, at: number): void {
  if (type.kind !== 'bool' && type.kind !== 'null')
    throw new ExpressionError('expression-type', at, `a condition was expected, not ${type.kind}`)
}

function membership({ of, list, negated, at }: Node & { kind: 'in' }, scope: Scope): Expression {
  const subject = compileExpression(of, scope)
  const tests = list.map((item) => compare('=', subject, compileExpression(item, scope), at))
  return {
    type: BOOL,
    value: (row) => {
      if (subject.value(row) === null) return null
      return tests.some((test) => test.value(row) === true) !== negated
    },
  }
}

function choice({ branches, otherwise, at }: Node & { kind: 'case' }, scope: Scope): Expression {
  const conditions = branches.map(({ when }) => {
    const condition = compileExpression(when, scope)
    expectBool(condition, when.at)
    return condition.value
  })
  const results = branches.map(({ then }) => compileExpression(then, scope))
  const last: Expression = otherwise ? compileExpression(otherwise, scope) : { type: NULL, value: () => null }
  const type = [...results, last].map((result) => result.type).reduce((one, two) => commonType(one, two, at))
  const values = results.map((result) => converted(result, type, at))
  const fallback = converted(last, type, at)
  return {
    type,
    value: (row) => {
      for (let i = 0; i < conditions.length; i++) if (conditions[i]!(row) === true) return values[i]!(row)
      return fallback(row)
    },
  }
}

/** Members in jsonb's order, so that the text is what jsonb prints. */
function object({ members }: Node & { kind: 'object' }, scope: Scope): Expression {
  const parts = members
    .toSorted((a, b) => compareJsonbKeys(a.key, b.key))
    .map(({ key, value }, i) => ({
      head: `${i === 0 ? '' : ', '}${JSON.stringify(key)}: `,
      value: jsonOf(compileExpression(value, scope)),
    }))
  return {
    type: JSON_TEXT,
    value: (row) => {
      let text = '{'
      for (const { head, value } of parts) text += head + value(row)
      return `${text}}`
    },
  }
}

import {
  isRecord,
  pointer as pointerOf,
  pointerSegments,
  valueAt,
} from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { SchemaAt, Source } from '../model.ts'
import { below } from '../schema-walk.ts'
import { decimal } from './decimal.ts'
import { KINDS, type Formula, type Formulas } from './formula.ts'
import type { SameParts } from './same-parts.ts'
import { modernLevel, type Exchange, type Level } from './modern-schema.ts'

/** One thing a schema asks for, and the keyword that asks. */
export type Conjunct = {
  readonly formula: Formula
  readonly keyword: string
  readonly at: SchemaAt
  /** The schema of one property or item, when the keyword holds such. */
  readonly child?: { readonly step: Step; readonly at: SchemaAt }
}

/** The way from a value to a part of it; `*` is any item, or any member of a map. */
export type Step =
  | { readonly property: string }
  | { readonly item: number }
  | { readonly each: 'item' | 'member' }

/** Makes formulas of schemas. One translator serves one comparison. */
export class Translator {
  readonly #formulas: Formulas
  readonly #exchange: Exchange
  readonly #keyOf: SameParts['keyOf']
  /** By document and pointer; what two documents share is one. */
  readonly #done = new Map<unknown, Map<string, Formula | 'begun'>>()
  readonly #conjuncts = new Map<unknown, Map<string, Conjunct[]>>()

  constructor(formulas: Formulas, exchange: Exchange, keyOf: SameParts['keyOf'] = () => undefined) {
    this.#formulas = formulas
    this.#exchange = exchange
    this.#keyOf = keyOf
  }

  formulaOf(at: SchemaAt): Formula {
    const key = this.#keyOf(at.source.root, at.pointer)
    const [owner, name] = key === undefined ? [at.source.root, at.pointer] : ['both', key]
    let known = this.#done.get(owner)
    if (known === undefined) this.#done.set(owner, (known = new Map()))
    const done = known.get(name)
    if (done === 'begun') return this.#recursion(at)
    if (done !== undefined) return done
    known.set(name, 'begun')
    const formula = this.#formulas.and(this.conjunctsOf(at).map((each) => each.formula))
    known.set(name, formula)
    return formula
  }

  #recursion(at: SchemaAt): Formula {
    const key = this.#keyOf(at.source.root, at.pointer)
    return this.#formulas.make({
      op: 'ref',
      key: key === undefined ? `${idOf(at.source.root)} ${at.pointer}` : `both ${key}`,
      target: () => this.formulaOf(at),
    })
  }

  /** What the schema asks for, keyword by keyword; what `allOf` and `$ref` lead to is not looked into. */
  conjunctsOf(at: SchemaAt): readonly Conjunct[] {
    const { root } = at.source
    let known = this.#conjuncts.get(root)
    if (known === undefined) this.#conjuncts.set(root, (known = new Map()))
    const conjuncts = known.get(at.pointer) ?? this.#conjunctsOf(at)
    known.set(at.pointer, conjuncts)
    return conjuncts
  }

  #conjunctsOf(at: SchemaAt): Conjunct[] {
    const level = modernLevel(at, this.#exchange)
    if (level === true) return []
    if (level === false) return [{ formula: this.#formulas.false, keyword: 'false', at }]
    const conjuncts: Conjunct[] = []
    const add = (keyword: string, formula: Formula, child?: Conjunct['child']) =>
      conjuncts.push({ formula, keyword, at, ...(child && { child }) })
    this.#values(level, add)
    this.#limits(level, add)
    this.#members(level, at, add)
    this.#items(level, at, add)
    this.#logic(level, at, add)
    return conjuncts
  }

  #values(level: Level, add: Add): void {
    const make = this.#formulas
    const { type } = level
    if (typeof type === 'string' || Array.isArray(type)) {
      const types = new Set(Array.isArray(type) ? (type as unknown[]) : [type])
      const kinds = KINDS.filter((kind) => types.has(kind) || (kind === 'number' && types.has('integer')))
      add('type', make.make({ op: 'kinds', kinds }))
      if (types.has('integer') && !types.has('number')) add('type', make.make({ op: 'integer' }))
    }
    if (Array.isArray(level['enum']))
      add('enum', make.make({ op: 'values', values: level['enum'] as unknown[] }))
    if (Object.hasOwn(level, 'const')) add('const', make.make({ op: 'values', values: [level['const']] }))
  }

  #limits(level: Level, add: Add): void {
    const make = this.#formulas
    for (const [keyword, op, isOpen] of [
      ['minimum', 'low', false],
      ['maximum', 'high', false],
      ['exclusiveMinimum', 'low', true],
      ['exclusiveMaximum', 'high', true],
    ] as const) {
      const limit = level[keyword]
      if (typeof limit === 'number') add(keyword, make.make({ op, limit: decimal(limit), isOpen }))
    }
    // A 32-bit reader cannot hold more; 64 bits are all that JSON numbers are good for.
    if (level['format'] === 'int32') {
      add('format', make.make({ op: 'low', limit: decimal(-(2 ** 31)), isOpen: false }))
      add('format', make.make({ op: 'high', limit: decimal(2 ** 31 - 1), isOpen: false }))
    }
    const { multipleOf, pattern } = level
    if (typeof multipleOf === 'number' && multipleOf > 0)
      add('multipleOf', make.make({ op: 'multiple', of: decimal(multipleOf) }))
    if (typeof pattern === 'string') add('pattern', make.make({ op: 'pattern', source: pattern }))
    for (const op of COUNTS) {
      const count = level[op]
      if (typeof count !== 'number') continue
      const isNothing = count <= 0 && op.startsWith('min')
      if (!isNothing) add(op, make.make({ op, count }))
    }
    if (level['uniqueItems'] === true) add('uniqueItems', make.make({ op: 'unique' }))
  }

  #members(level: Level, at: SchemaAt, add: Add): void {
    const make = this.#formulas
    const properties = recordOf(level['properties'])
    const patterns = recordOf(level['patternProperties'])
    for (const name of listOf(level['required']))
      if (typeof name === 'string') add('required', make.make({ op: 'has', name }))
    for (const [name, schema] of Object.entries(properties)) {
      const child = below(at, schema, 'properties', name)
      add('properties', make.make({ op: 'property', name, part: this.formulaOf(child) }), {
        step: { property: name },
        at: child,
      })
    }
    for (const [pattern, schema] of Object.entries(patterns))
      add(
        'patternProperties',
        make.make({
          op: 'matching',
          pattern,
          part: this.formulaOf(below(at, schema, 'patternProperties', pattern)),
        }),
      )
    const more = level['additionalProperties']
    if (more !== undefined) {
      const child = below(at, more, 'additionalProperties')
      const rest = make.make({
        op: 'rest',
        names: Object.keys(properties),
        patterns: Object.keys(patterns),
        part: this.formulaOf(child),
      })
      add('additionalProperties', rest, isRecord(more) ? { step: { each: 'member' }, at: child } : undefined)
    }
    const { propertyNames } = level
    if (propertyNames !== undefined)
      add(
        'propertyNames',
        make.make({ op: 'names', part: this.formulaOf(below(at, propertyNames, 'propertyNames')) }),
      )
    const needs = (name: string) => make.not(make.make({ op: 'has', name }))
    for (const [name, list] of Object.entries(recordOf(level['dependentRequired'])))
      for (const other of listOf(list))
        add('dependentRequired', make.or([needs(name), make.make({ op: 'has', name: String(other) })]))
    for (const [name, schema] of Object.entries(recordOf(level['dependentSchemas'])))
      add(
        'dependentSchemas',
        make.or([
          needs(name),
          make.make({ op: 'kinds', kinds: KINDS.filter((kind) => kind !== 'object') }),
          this.formulaOf(below(at, schema, 'dependentSchemas', name)),
        ]),
      )
    this.#unevaluated('unevaluatedProperties', level, at, add)
  }

  /** Closed by what the branches that hold declare: one alternative for each way they may hold. */
  #unevaluated(
    keyword: 'unevaluatedProperties' | 'unevaluatedItems',
    level: Level,
    at: SchemaAt,
    add: Add,
  ): void {
    const more = level[keyword]
    if (more === undefined || more === true) return
    const make = this.#formulas
    const cases = this.#casesOf(at, [])
    if (cases === undefined)
      return add(
        keyword,
        make.make({ op: 'opaque', what: `${keyword} ${idOf(at.source.root)} ${at.pointer}` }),
      )
    const part = this.formulaOf(below(at, more, keyword))
    const close = ({ names, patterns, hasAllNames, prefix, hasAllItems, contained }: Case): Formula[] => {
      if (keyword === 'unevaluatedItems')
        // What `contains` asks for counts as looked at.
        return hasAllItems
          ? []
          : [make.make({ op: 'items', from: prefix, part: make.or([...contained, part]) })]
      return hasAllNames
        ? []
        : [make.make({ op: 'rest', names: [...new Set(names)], patterns: [...new Set(patterns)], part })]
    }
    add(keyword, make.or(cases.map((each) => make.and([...each.conditions, ...close(each)]))))
  }

  /** Which members and items a schema has looked at, for each way its branches may hold; undefined when there are too many. */
  #casesOf(at: SchemaAt, entered: readonly string[]): Case[] | undefined {
    const level = modernLevel(at, this.#exchange)
    if (typeof level === 'boolean' || entered.includes(at.pointer)) return [NOTHING_SEEN]
    const inside = [...entered, at.pointer]
    const isInner = entered.length > 0
    const contains = level['contains']
    const own: Case = {
      conditions: [],
      names: Object.keys(recordOf(level['properties'])),
      patterns: Object.keys(recordOf(level['patternProperties'])),
      hasAllNames:
        level['additionalProperties'] !== undefined ||
        (isInner && level['unevaluatedProperties'] !== undefined),
      prefix: listOf(level['prefixItems']).length,
      hasAllItems: level['items'] !== undefined || (isInner && level['unevaluatedItems'] !== undefined),
      contained: contains === undefined ? [] : [this.formulaOf(below(at, contains, 'contains'))],
    }
    const make = this.#formulas
    const ref = refOf(level)
    const target = ref === undefined ? undefined : targetOf(ref, at)
    const held = (part: SchemaAt, ...conditions: Formula[]) => this.#heldCases(part, conditions, inside)
    const branches = (keyword: string) =>
      listOf(level[keyword]).map((schema, i) => below(at, schema, keyword, i))
    const not = (part: SchemaAt): Case[] => [
      { ...NOTHING_SEEN, conditions: [make.not(this.formulaOf(part))] },
    ]
    const options: (Case[] | undefined)[] = [
      ...(target === undefined ? [] : [held(target)]),
      ...branches('allOf').map((part) => held(part)),
      ...branches('anyOf').map((part) => joined(held(part, this.formulaOf(part)), not(part))),
    ]
    // Exactly one holds: `oneOf` itself sees to that.
    const one = branches('oneOf').map((part) => held(part, this.formulaOf(part)))
    if (one.length > 0) options.push(one.reduce(joined))
    if (level['if'] !== undefined) {
      const condition = below(at, level['if'], 'if')
      const [then, otherwise] = ['then', 'else'].map((word) =>
        level[word] === undefined ? [NOTHING_SEEN] : held(below(at, level[word], word)),
      )
      options.push(
        joined(product(held(condition, this.formulaOf(condition)), then), product(not(condition), otherwise)),
      )
    }
    for (const [name, schema] of Object.entries(recordOf(level['dependentSchemas']))) {
      const has = make.make({ op: 'has', name })
      options.push(
        joined(held(below(at, schema, 'dependentSchemas', name), has), [
          { ...NOTHING_SEEN, conditions: [make.not(has)] },
        ]),
      )
    }
    return options.reduce(product, [own])
  }

  #heldCases(part: SchemaAt, conditions: readonly Formula[], entered: readonly string[]): Case[] | undefined {
    return this.#casesOf(part, entered)?.map((each) => ({
      ...each,
      conditions: [...conditions, ...each.conditions],
    }))
  }

  #items(level: Level, at: SchemaAt, add: Add): void {
    const make = this.#formulas
    const prefix = listOf(level['prefixItems'])
    prefix.forEach((schema, index) => {
      const child = below(at, schema, 'prefixItems', index)
      add('prefixItems', make.make({ op: 'item', index, part: this.formulaOf(child) }), {
        step: { item: index },
        at: child,
      })
    })
    const { items, contains } = level
    if (items !== undefined) {
      const child = below(at, items, 'items')
      const formula = make.make({ op: 'items', from: prefix.length, part: this.formulaOf(child) })
      add('items', formula, prefix.length === 0 ? { step: { each: 'item' }, at: child } : undefined)
    }
    if (contains !== undefined) {
      const min = typeof level['minContains'] === 'number' ? level['minContains'] : 1
      const max = typeof level['maxContains'] === 'number' ? level['maxContains'] : Infinity
      const part = this.formulaOf(below(at, contains, 'contains'))
      if (min > 0 || max < Infinity) add('contains', make.make({ op: 'contains', part, min, max }))
    }
    this.#unevaluated('unevaluatedItems', level, at, add)
  }

  #logic(level: Level, at: SchemaAt, add: Add): void {
    const make = this.#formulas
    const branches = (keyword: string) =>
      listOf(level[keyword]).map((schema, i) => this.formulaOf(below(at, schema, keyword, i)))
    if (Array.isArray(level['allOf'])) add('allOf', make.and(branches('allOf')))
    if (Array.isArray(level['anyOf'])) add('anyOf', make.or(branches('anyOf')))
    if (Array.isArray(level['oneOf'])) add('oneOf', make.one(branches('oneOf')))
    if (level['not'] !== undefined) add('not', make.not(this.formulaOf(below(at, level['not'], 'not'))))
    if (level['if'] !== undefined) {
      const condition = this.formulaOf(below(at, level['if'], 'if'))
      for (const [keyword, premise] of [
        ['then', make.not(condition)],
        ['else', condition],
      ] as const)
        if (level[keyword] !== undefined)
          add(keyword, make.or([premise, this.formulaOf(below(at, level[keyword], keyword))]))
    }
    if (level['$dynamicRef'] !== undefined)
      add(
        '$dynamicRef',
        make.make({ op: 'opaque', what: `$dynamicRef ${idOf(at.source.root)} ${at.pointer}` }),
      )
    const ref = refOf(level)
    if (ref !== undefined) add('$ref', this.#referenced(ref, at))
  }

  #referenced(ref: string, at: SchemaAt): Formula {
    const target = targetOf(ref, at)
    return target === undefined
      ? this.#formulas.make({ op: 'opaque', what: `$ref ${ref}` })
      : this.formulaOf(target)
  }
}

type Add = (keyword: string, formula: Formula, child?: Conjunct['child']) => void

const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const

/** What a reference inside the document leads to: one step, for what stands beside a further reference counts, too. */
export function targetOf(ref: string, at: SchemaAt): SchemaAt | undefined {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined
  const known = targets.get(at.source) ?? new Map<string, SchemaAt | undefined>()
  targets.set(at.source, known)
  if (known.has(ref)) return known.get(ref)
  const target = pointerOf(...pointerSegments(ref))
  const schema = valueAt(at.source.root, target)
  const found = schema === undefined ? undefined : { ...at, schema, pointer: target }
  known.set(ref, found)
  return found
}

const targets = new WeakMap<Source, Map<string, SchemaAt | undefined>>()

/** What was looked at when the conditions hold. */
type Case = {
  readonly conditions: readonly Formula[]
  readonly names: readonly string[]
  readonly patterns: readonly string[]
  readonly hasAllNames: boolean
  /** So many items from the first on. */
  readonly prefix: number
  readonly hasAllItems: boolean
  /** Items of which one of these holds. */
  readonly contained: readonly Formula[]
}

const NOTHING_SEEN: Case = {
  conditions: [],
  names: [],
  patterns: [],
  hasAllNames: false,
  prefix: 0,
  hasAllItems: false,
  contained: [],
}
const MOST_CASES = 64

function joined(a: Case[] | undefined, b: Case[] | undefined): Case[] | undefined {
  return a === undefined || b === undefined ? undefined : [...a, ...b]
}

function product(a: readonly Case[] | undefined, b: readonly Case[] | undefined): Case[] | undefined {
  if (a === undefined || b === undefined || a.length * b.length > MOST_CASES) return undefined
  return a.flatMap((one) =>
    b.map((other) => ({
      conditions: [...one.conditions, ...other.conditions],
      names: [...one.names, ...other.names],
      patterns: [...one.patterns, ...other.patterns],
      hasAllNames: one.hasAllNames || other.hasAllNames,
      prefix: Math.max(one.prefix, other.prefix),
      hasAllItems: one.hasAllItems || other.hasAllItems,
      contained: [...one.contained, ...other.contained],
    })),
  )
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

const ids = new WeakMap<object, number>()
let nextId = 0

function idOf(root: unknown): number {
  if (typeof root !== 'object' || root === null) return -1
  let id = ids.get(root)
  if (id === undefined) ids.set(root, (id = nextId++))
  return id
}

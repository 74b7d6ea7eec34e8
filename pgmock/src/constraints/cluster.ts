// Columns that checks tie together are made together. A row starts with what each generator gives; if a check fails, the
// row is moved until all hold: each failing check changes what it can of itself (term.ts), in an order drawn from the
// row alone. So a cell stays a function of seed, table, row and column, whatever was asked before.

import { CliError } from '@specwright/cli/cli-error.ts'
import { mix, type Draw } from '../bytes/hash.ts'
import type { Value } from '../values/value-type.ts'
import { shuffled, type Term, type Trial } from './term.ts'

/** A member column before any check: its value if it is not NULL, and whether it is. */
export type Member = {
  readonly nonNull: (row: number) => Value
  readonly isNull: (row: number) => boolean
}

/** A reference among the members: which parent a row points to, and how another can be chosen. */
export type MemberLink = {
  readonly choose: (row: number) => number
  readonly isNull: (row: number) => boolean
  /** The slots it fills, and the parent's cells. */
  readonly fills: readonly { readonly slot: number; readonly parent: (row: number) => Value }[]
}

export type NamedTerm = {
  readonly check: string
  readonly term: Term
  /** The columns it names, for messages and for the way out that NULL is. */
  readonly columns: readonly string[]
}

/** Told by the plan where it meets a sample's row; later rows end the run. */
export class Unsolved extends CliError {
  readonly check: string

  constructor(check: string, table: string, columns: string, row: number) {
    super(
      'check-unsatisfiable',
      `${table}, row ${row + 1}: no values of ${columns} were found that ${check} takes`,
      `Look for checks that contradict each other, or pin ${columns} with "values", "generator" or "derive".`,
    )
    this.check = check
  }
}

type Solved = { readonly values: readonly Value[]; readonly parents: readonly number[] }

/** Moves before the row starts afresh, and fresh starts before it is given up. */
const MOVES = 40
const STARTS = 12
const REMEMBERED = 256

export class RowInTrial implements Trial {
  values: Value[] = []
  parents: number[] = []
  row = 0
  #counter = 0
  readonly #draw: Draw

  constructor(draw: Draw) {
    this.#draw = draw
  }

  random(): number {
    const { before, between } = this.#draw
    return mix(this.#counter++, before ^ Math.imul(this.row + 1, 0x9e3779b1), between) / 0x1_0000_0000
  }

  begin(row: number): void {
    this.row = row
    this.#counter = 0
  }

  /** What a nested row must give back: an expression may ask for another row of the same table. */
  state(): readonly [Value[], number[], number, number] {
    return [this.values, this.parents, this.row, this.#counter]
  }

  restore([values, parents, row, counter]: readonly [Value[], number[], number, number]): void {
    this.values = values
    this.parents = parents
    this.row = row
    this.#counter = counter
  }
}

export type Cluster = {
  /** The row's values by slot and parents by link. Throws Unsolved. */
  solve(row: number): Solved
}

export function cluster(
  trial: RowInTrial,
  members: readonly (Member | undefined)[],
  links: readonly MemberLink[],
  terms: readonly NamedTerm[],
  table: string,
  columnOf: (name: string) => Term | undefined,
): Cluster {
  const rows = new Float64Array(REMEMBERED).fill(-1)
  const memory: Solved[] = []

  const start = (row: number): void => {
    trial.values = members.map((member) =>
      member === undefined || member.isNull(row) ? null : member.nonNull(row),
    )
    trial.parents = links.map((link) => (link.isNull(row) ? -1 : link.choose(row)))
    for (const [i, { fills }] of links.entries()) fillFrom(trial, i, fills)
  }
  const failing = () => terms.filter(({ term }) => term.value() === false)

  const search = (row: number): Solved => {
    trial.begin(row)
    start(row)
    let wrong = failing()
    for (let attempt = 0; wrong.length > 0; attempt++) {
      if (attempt === STARTS * MOVES)
        throw new Unsolved(wrong[0]!.check, table, wrong[0]!.columns.join(', '), row)
      if (attempt > 0 && attempt % MOVES === 0) start(row)
      // Mostly the first, so that checks are met in their order; another when that leads in circles.
      const at = trial.random() < 0.6 ? 0 : Math.floor(trial.random() * wrong.length)
      const { term, columns } = wrong[Math.min(at, wrong.length - 1)]!
      // A check that is unknown holds, too: when nothing else helps, a column is left without value.
      if (attempt > (STARTS * MOVES) / 2 && trial.random() < 0.5)
        shuffled(columns, trial).some((name) => columnOf(name)?.becomeNull?.(true) === true)
      else if (term.write?.(true) !== true || trial.random() < 0.02)
        shuffled(columns, trial).some((name) => columnOf(name)?.reroll?.(trial.random()) === true)
      wrong = failing()
    }
    return { values: trial.values, parents: trial.parents }
  }

  return {
    solve(row) {
      const slot = row % REMEMBERED
      if (rows[slot] === row) return memory[slot]!
      const before = trial.state()
      try {
        const solved = search(row)
        rows[slot] = row
        memory[slot] = solved
        return solved
      } finally {
        trial.restore(before)
      }
    },
  }
}

export function fillFrom(trial: RowInTrial, link: number, fills: MemberLink['fills']): void {
  const parent = trial.parents[link]!
  for (const { slot, parent: value } of fills) trial.values[slot] = parent < 0 ? null : value(parent)
}

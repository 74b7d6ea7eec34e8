// What a plugin's function is asked. The whole contract between pgmock and a plugin's author stands in this file.

import { below, fraction, mix } from '../bytes/hash.ts'

/** A value of another column of the row, or what a plugin gives back: what JSON can say. Times are ISO texts. */
export type PluginValue =
  | string
  | number
  | boolean
  | null
  | readonly PluginValue[]
  | { readonly [key: string]: PluginValue }

/** One cell. The same cell gets the same numbers in every run, so `random` is to be used instead of Math.random. */
export type PluginCell = {
  readonly database: string
  readonly table: string
  readonly column: string
  /** As the schema writes it: `numeric(10,2)`. */
  readonly type: string
  readonly nullable: boolean
  readonly unique: boolean
  /** Counted from 1. */
  readonly row: number
  /** Of the table. */
  readonly rows: number
  /** The instant the data looks back from, in ISO form. */
  readonly now: string
  /** 0 to 2^32 - 1, another for every cell. */
  readonly seed: number
  /** What stands beside the generator's name in the schema. */
  readonly options: Readonly<Record<string, unknown>>
  /** Values of the columns that the option `uses` names. */
  readonly columns: Readonly<Record<string, PluginValue>>
  /** 0 to below 1; the next call gives the next number. */
  random(): number
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  pick<T>(list: readonly T[]): T
}

/** Gives a cell its value: a number, text, boolean, null, a Date or ISO text for times, any JSON for json columns. */
export type PluginFunction = (cell: PluginCell) => unknown

/** A plugin that promises more: with `unique`, that no two rows of a table get the same value. */
export type PluginObject = { readonly unique?: boolean; readonly generate: PluginFunction }

/** `facts` and the three functions that draw from its seed. */
export function pluginCell(facts: Omit<PluginCell, 'random' | 'integer' | 'pick'>): PluginCell {
  let draws = 0
  const draw = () => mix(draws++, facts.seed, 0x6a09e667)
  return {
    ...facts,
    random: () => fraction(draw()),
    integer: (min, max) => min + below(draw(), max - min + 1),
    pick: (list) => list[below(draw(), list.length)]!,
  }
}

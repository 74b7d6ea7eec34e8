// `per`: the children of parent 0 come first, then those of parent 1, and so on. Where a parent's children begin is a
// prefix sum; only one sum per block of parents is kept, the rest is recomputed, so 100 million parents cost 3 MB.

import { fraction, type Draw } from '../bytes/hash.ts'

const BLOCK = 256

export type ChildLayout = {
  readonly rows: number
  readonly count: (parent: number) => number
  /** Row of the parent's first child. */
  readonly start: (parent: number) => number
  readonly parent: (row: number) => number
  /** 0-based place among the siblings. */
  readonly ordinal: (row: number) => number
}

/** `countOf` must be pure. Costs one pass over the parents. */
export function childLayout(parents: number, countOf: (parent: number) => number): ChildLayout {
  const blocks = Math.ceil(parents / BLOCK)
  const starts = new Float64Array(blocks + 1)
  for (let block = 0, sum = 0; block < blocks; block++) {
    const end = Math.min(parents, (block + 1) * BLOCK)
    for (let parent = block * BLOCK; parent < end; parent++) sum += countOf(parent)
    starts[block + 1] = sum
  }
  const rows = starts[blocks]!

  // The block looked at last, spelled out: neighbours are asked for one after another. Two, since a row's own layout
  // and an aggregate over another range often alternate.
  let [open, openStarts] = [-1, new Float64Array(BLOCK + 1)]
  let [spare, spareStarts] = [-1, new Float64Array(BLOCK + 1)]
  const within = (block: number): Float64Array => {
    if (block === open) return openStarts
    ;[open, spare] = [spare, open]
    ;[openStarts, spareStarts] = [spareStarts, openStarts]
    if (block === open) return openStarts
    const first = block * BLOCK
    let sum = starts[block]!
    for (let i = 0; i < BLOCK; i++) {
      openStarts[i] = sum
      if (first + i < parents) sum += countOf(first + i)
    }
    openStarts[BLOCK] = sum
    open = block
    return openStarts
  }
  const start = (parent: number): number => within(Math.floor(parent / BLOCK))[parent % BLOCK]!
  const parentOf = (row: number): number => {
    const block =
      open >= 0 && row >= starts[open]! && row < starts[open + 1]! ? open : lastNotAbove(starts, row, blocks)
    return block * BLOCK + lastNotAbove(within(block), row, BLOCK)
  }
  return {
    rows,
    start,
    parent: parentOf,
    count: countOf,
    ordinal: (row) => row - start(parentOf(row)),
  }
}

/** Largest i < size with values[i] ≤ row; equal starts (parents without children) give the last of them. */
function lastNotAbove(values: Float64Array, row: number, size: number): number {
  let [low, high] = [0, size - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (values[middle]! <= row) low = middle
    else high = middle - 1
  }
  return low
}

export type Fanout = {
  readonly min: number
  readonly max: number
  readonly mean: number | undefined
  readonly distribution: 'fixed' | 'uniform' | 'geometric' | 'poisson' | 'zipf'
}

/** Children per parent, min to max, with the wanted mean (the shape's parameter is found by bisection). */
export function fanout({ min, max, mean, distribution }: Fanout, draw: Draw): (parent: number) => number {
  if (distribution === 'fixed' || min === max) return () => min
  const ends = cumulative(weightsWithMean(distribution, max - min + 1, (mean ?? defaultMean(min, max)) - min))
  return (parent) => {
    const part = fraction(draw(parent))
    let [low, high] = [0, ends.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle]! > part) high = middle
      else low = middle + 1
    }
    return min + low
  }
}

function defaultMean(min: number, max: number): number {
  return min + (max - min) * 0.35
}

function weightsWithMean(
  shape: Exclude<Fanout['distribution'], 'fixed'>,
  size: number,
  mean: number,
): Float64Array {
  if (shape === 'uniform') return uniformWithMean(size, mean)
  let [low, high] = shape === 'zipf' ? [-20, 20] : [-30, 30]
  let weights = shaped(shape, size, 0)
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    weights = shaped(shape, size, middle)
    if (meanOf(weights) < mean) low = middle
    else high = middle
  }
  return weights
}

/** A larger parameter gives a larger mean. */
function shaped(shape: 'geometric' | 'poisson' | 'zipf', size: number, parameter: number): Float64Array {
  const logs = new Float64Array(size)
  for (let k = 0, logFactorial = 0; k < size; k++) {
    if (k > 0) logFactorial += Math.log(k)
    if (shape === 'geometric') logs[k] = k * parameter
    else if (shape === 'poisson') logs[k] = k * parameter - logFactorial
    else logs[k] = parameter * Math.log(k + 1)
  }
  const top = logs.reduce((a, b) => Math.max(a, b), -Infinity)
  return logs.map((log) => Math.exp(log - top))
}

/** Even weights have their mean in the middle; another mean tilts them as little as a geometric does. */
function uniformWithMean(size: number, mean: number): Float64Array {
  const even = new Float64Array(size).fill(1)
  return Math.abs(mean - (size - 1) * 0.35) < 1e-9 || Math.abs(meanOf(even) - mean) < 1e-9
    ? even
    : weightsWithMean('geometric', size, mean)
}

function meanOf(weights: Float64Array): number {
  let [sum, moment] = [0, 0]
  for (const [k, weight] of weights.entries()) {
    sum += weight
    moment += k * weight
  }
  return moment / sum
}

function cumulative(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map((weight) => (sum += weight) / total)
}

// Continuous distributions as tables of 4097 points of the inverse cumulative function: one draw costs two loads
// and a multiplication whatever the shape.

const POINTS = 4096

export type Shape = 'uniform' | 'normal' | 'lognormal' | 'exponential' | 'zipf'

export type Range = {
  readonly min: number
  readonly max: number
  readonly mean?: number | undefined
  readonly stddev?: number | undefined
}

/** The value below which `fraction` of all draws lie, for fraction in [0, 1). */
export type Quantile = (fraction: number) => number

/** Every shape is cut to [min, max] by rescaling its cumulative function, so no value piles up at the edges. */
export function quantile(shape: Shape, range: Range): Quantile {
  const { min, max } = range
  if (shape === 'uniform') return (fraction) => min + fraction * (max - min)
  const table = tableOf(shape, range)
  return (fraction) => {
    const scaled = fraction * POINTS
    const i = scaled | 0
    return table[i]! + (scaled - i) * (table[i + 1]! - table[i]!)
  }
}

/** A millisecond and 32 kB each, and many columns of a schema ask for the same one. */
const tables = new Map<string, Float64Array>()

function tableOf(shape: Exclude<Shape, 'uniform'>, range: Range): Float64Array {
  const { min, max, mean, stddev } = range
  const key = `${shape} ${min} ${max} ${mean} ${stddev}`
  let table = tables.get(key)
  if (!table) tables.set(key, (table = tabulate(density(shape, range), min, max)))
  return table
}

function density(shape: Exclude<Shape, 'uniform'>, { min, max, mean, stddev }: Range): (x: number) => number {
  const span = max - min || 1
  switch (shape) {
    case 'normal': {
      const centre = mean ?? (min + max) / 2
      const width = stddev ?? span / 6
      return (x) => Math.exp(-0.5 * ((x - centre) / width) ** 2)
    }
    case 'lognormal': {
      // Median a tenth into the range unless told; sigma from mean and stddev if both are given.
      const centre = Math.max((mean ?? min + span / 8) - min, span / 1e6)
      const sigma = stddev === undefined ? 0.8 : Math.sqrt(Math.log(1 + (stddev / centre) ** 2))
      const mu = Math.log(centre) - (mean === undefined ? 0 : sigma ** 2 / 2)
      return (x) => {
        const z = x - min + span / 1e6
        return Math.exp(-0.5 * ((Math.log(z) - mu) / sigma) ** 2) / z
      }
    }
    case 'exponential': {
      const scale = Math.max((mean ?? min + span / 5) - min, span / 1e6)
      return (x) => Math.exp(-(x - min) / scale)
    }
    case 'zipf':
      return (x) => 1 / (x - min + 1 + span / 1e4) ** 1.2
  }
}

const STEPS = 1 << 16

/** A megabyte that every table is made in. */
const scratch = { grid: new Float64Array(0), mass: new Float64Array(0) }

/** Integrates on a grid dense near `min` (square spacing), where the skewed shapes have their mass. */
function tabulate(density: (x: number) => number, min: number, max: number): Float64Array {
  if (scratch.grid.length === 0) {
    scratch.grid = new Float64Array(STEPS + 1)
    scratch.mass = new Float64Array(STEPS + 1)
  }
  const { grid, mass } = scratch
  for (let i = 0; i <= STEPS; i++) {
    const part = i / STEPS
    grid[i] = min + part * part * (max - min)
    if (i === 0) continue
    const width = grid[i]! - grid[i - 1]!
    mass[i] = mass[i - 1]! + Math.max(0, density((grid[i]! + grid[i - 1]!) / 2)) * width
  }
  const total = mass[STEPS]!
  const table = new Float64Array(POINTS + 1)
  let at = 0
  for (let point = 0; point <= POINTS; point++) {
    const target = (point / POINTS) * total
    while (at < STEPS && mass[at + 1]! < target) at++
    const width = (mass[at + 1] ?? total) - mass[at]!
    const part = width > 0 ? Math.min(1, (target - mass[at]!) / width) : 0
    table[point] = grid[at]! + part * ((grid[at + 1] ?? max) - grid[at]!)
  }
  table[POINTS] = max
  return table
}

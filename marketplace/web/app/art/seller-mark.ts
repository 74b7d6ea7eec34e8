import { n, rect, shape } from './brush.ts'
import { oklch } from './colour.ts'
import { randomFrom } from './random.ts'

const CELL = 100

/** The mark of a shop as SVG text, 200 by 200: four tiles out of arches and circles, the same for the same seller. */
export function sellerMark({ seller, hue }: { readonly seller: string; readonly hue: number }): string {
  const random = randomFrom(seller)
  const inks = [
    oklch(0.42, 0.12, hue),
    oklch(0.62, 0.15, hue + random.pick([0, 40, -40])),
    oklch(0.8, 0.12, hue + random.pick([60, 150, 190])),
    oklch(0.94, 0.025, hue + 60),
  ]
  const tiles = [0, 1, 2, 3].map((i) => {
    const ground = random.pick(inks)
    const figure = random.pick(inks.filter((ink) => ink !== ground))
    const turn = random.pick([0, 90, 180, 270])
    const x = (i % 2) * CELL
    const y = Math.floor(i / 2) * CELL
    return `<g transform="translate(${x} ${y})">${rect(0, 0, CELL, CELL, 0, ground)}<g transform="rotate(${turn} 50 50)">${random.pick(figures)(figure)}</g></g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">${tiles.join('')}</svg>`
}

const figures: readonly ((fill: string) => string)[] = [
  (fill) => shape('M20 100V50A30 30 0 0 1 80 50V100Z', fill),
  (fill) => shape('M0 100A100 100 0 0 1 100 0V100Z', fill),
  (fill) => shape('M0 50A50 50 0 0 1 100 50Z', fill),
  (fill) => `<circle cx="50" cy="50" r="34" fill="${fill}"/>`,
  (fill) => shape('M0 0L100 100H0Z', fill),
  (fill) => [10, 43.3, 76.6].map((x) => rect(n(x), 0, 14, CELL, 0, fill)).join(''),
  (fill) => shape('M0 100V50A50 50 0 0 1 100 50V100H76V50A26 26 0 0 0 24 50V100Z', fill),
]

import type { Motif } from './brush.ts'
import { chair, clock, lamp, mirror, pendant, shelf, stool, table } from './furnishings.ts'
import {
  board,
  blocks,
  books,
  bouquet,
  box,
  headphones,
  necklace,
  notebook,
  pan,
  pouch,
  print,
  ring,
  soap,
  speaker,
  tool,
  toy,
  watch,
} from './small-things.ts'
import { backpack, bag, blanket, cushion, hat, plush, rug, scarf, shirt, shoe } from './textiles.ts'
import { basket, bottle, bowl, candle, cup, jar, plant, plate, teapot, tin, vase } from './vessels.ts'

/** What the catalogue's `art.motif` may name. Every one of them paints endless variations. */
export const motifs = {
  backpack,
  bag,
  basket,
  blanket,
  blocks,
  board,
  books,
  bottle,
  bouquet,
  bowl,
  box,
  candle,
  chair,
  clock,
  cup,
  cushion,
  hat,
  headphones,
  jar,
  lamp,
  mirror,
  necklace,
  notebook,
  pan,
  pendant,
  plant,
  plate,
  plush,
  pouch,
  print,
  ring,
  rug,
  scarf,
  shelf,
  shirt,
  shoe,
  soap,
  speaker,
  stool,
  table,
  teapot,
  tin,
  tool,
  toy,
  vase,
  watch,
} as const satisfies Record<string, Motif>

export type MotifName = keyof typeof motifs

export const motifNames = Object.keys(motifs) as MotifName[]

/** A name from elsewhere may be unknown here: then the closed box stands in, which is never wrong. */
export function motifNamed(name: string): Motif {
  return Object.hasOwn(motifs, name) ? motifs[name as MotifName] : box
}

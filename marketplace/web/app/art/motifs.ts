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

// What a catalogue may say instead.
const otherNames: Readonly<Record<string, MotifName>> = {
  beanie: 'hat',
  book: 'books',
  brush: 'tool',
  coffee: 'pouch',
  cutlery: 'tool',
  earrings: 'ring',
  flowers: 'bouquet',
  frame: 'print',
  honey: 'jar',
  jacket: 'shirt',
  mug: 'cup',
  pillow: 'cushion',
  planter: 'plant',
  poster: 'print',
  pot: 'pan',
  puzzle: 'blocks',
  sweater: 'shirt',
  tea: 'tin',
  throw: 'blanket',
  tote: 'bag',
  towel: 'blanket',
}

/** A name may be unknown here, for catalogues change sooner than painters: then a gift box stands in. */
export function motifNamed(name: string): Motif {
  const known = Object.hasOwn(otherNames, name) ? otherNames[name]! : name
  return Object.hasOwn(motifs, known) ? motifs[known as MotifName] : box
}

// What a row of products is about: its category, noun, brand and seed, and the texts and prices that follow from them.

import { pick, zipfDictionary } from '../bytes/dictionary.ts'
import { below, fraction, mix } from '../bytes/hash.ts'
import { withArticle } from './article.ts'
import type { GeneratorContext } from './generator.ts'
import { brands, categories, type Category } from './words/commerce.ts'

export const brandNames = zipfDictionary(brands)
const categoryIndex = new Map(
  categories.flatMap(({ name, slug }, i) => [[name, i] as const, [slug, i] as const]),
)

type Product = { category: Category; noun: Category['nouns'][number]; seed: number; brand: string }

/** The product of a row, remembered for as long as the row's other columns ask for it. */
export function productOf(context: GeneratorContext): (row: number) => Product {
  const category = categoryOf(context)
  const draw = context.shared('product')
  const brand = context.shared('brand')
  let lastRow = -1
  let last: Product | undefined
  return (row) => {
    if (row === lastRow && last) return last
    const seed = draw(row)
    const of = category(row)
    lastRow = row
    last = {
      category: of,
      seed,
      noun: of.nouns[below(mix(1, seed, 0x632be5ab), of.nouns.length)]!,
      brand: brandNames.words[pick(brandNames.picks, brand(row))]!,
    }
    return last
  }
}

/** Of the table's context, or drawn. */
export function categoryOf(context: GeneratorContext): (row: number) => Category {
  const given = context.context('category')
  const draw = context.shared('category')
  return (row) => {
    const index = given && categoryIndex.get(String(given.value(row)))
    return categories[index ?? below(draw(row), categories.length)]!
  }
}

/** One of `list`, by the seed of the thing and a lane of its own. */
export function choose<T>(list: readonly T[], seed: number, lane: number): T {
  return list[below(mix(lane, seed, 0x8f1bbcdc), list.length)]!
}

export function productName({ category, noun, seed, brand }: Product): string {
  return choose(category.patterns, seed, 2)
    .replace('{brand}', brand)
    .replace('{adjective}', choose(category.adjectives, seed, 3))
    .replace('{material}', titleCase(choose(category.materials, seed, 4)))
    .replace('{noun}', noun.name)
    .replace(
      '{model}',
      `${choose(Array.from('ABCEHKLMRSTVXZ'), seed, 5)}${100 + 10 * below(mix(6, seed, 7), 90)}`,
    )
}

export function description({ category, noun, seed, brand }: Product): string {
  const material = choose(category.materials, seed, 4).toLowerCase()
  const [one, two] = [choose(category.features, seed, 8), choose(category.features, seed, 9)]
  const opening = choose(
    [
      `${withArticle(noun.name.toLowerCase())} for ${choose(category.uses, seed, 10)}.`,
      `Made for ${choose(category.uses, seed, 10)}.`,
      `The ${noun.name.toLowerCase()} we reach for ourselves.`,
      `From ${brand}, made the slow way.`,
      `Think of ${choose(category.uses, seed, 10)}, then think of ${brand}.`,
    ],
    seed,
    11,
  )
  const middle = category.slug === 'books' ? capital(one) : `${capital(material)}, ${one}`
  const ending = one === two ? '' : ` ${capital(two)}.`
  return `${opening} ${middle}.${ending}`
}

/** Cents that look like a price: .99 mostly, .95, .00 and .50 now and then; from about 100 on, whole tens less one. */
export function priceCents({ noun, seed }: Product): number {
  const spread = fraction(mix(12, seed, 0x1b873593)) ** 1.6
  const units = Math.max(1, Math.round(noun.low + spread * (noun.high - noun.low)))
  const ending = below(mix(13, seed, 0xcc9e2d51), 100)
  if (units >= 100) return (Math.round(units / 10) * 10 - 1) * 100 + (ending < 60 ? 0 : 99)
  return ending < 62
    ? units * 100 - 1
    : ending < 80
      ? units * 100 - 5
      : ending < 92
        ? units * 100
        : units * 100 + 50
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function titleCase(text: string): string {
  return text.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
}

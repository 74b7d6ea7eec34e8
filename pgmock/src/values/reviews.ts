// What buyers say: stars, headlines and texts that agree with one another and with the product.

import { pick, pickTable } from '../bytes/dictionary.ts'
import { below, mix } from '../bytes/hash.ts'
import { plainCell } from './cell.ts'
import { categoryOf, choose } from './products.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { proseOf } from './markov.ts'
import { chainOf } from './prose.ts'
import { scaleOf, TEXT, valueTypeOf, type Value } from './value-type.ts'
import { ratingWeights, reviewTitles, type Category } from './words/commerce.ts'

const ratings = pickTable([...ratingWeights])

export const reviewGenerators: readonly Generator[] = [
  {
    name: 'rating',
    family: 'commerce',
    summary: '1 to 5 stars as shops have them: more than half are fives',
    range: [1, 5],
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const type = valueTypeOf(context.type)
      const rating = ratingOf(context)
      return plainCell(type, (row) => rating(row) * 10 ** scaleOf(type))
    },
  },
  {
    name: 'review_title',
    family: 'commerce',
    summary: 'Headline that fits the stars of the row',
    fits: TEXT_KINDS,
    make: (context) => {
      const rating = ratingOf(context)
      const draw = context.draw()
      return plainCell(TEXT, (row) => choose(reviewTitles[rating(row)], draw(row), 1), 40)
    },
  },
  {
    name: 'review_text',
    family: 'commerce',
    summary:
      'Two to four sentences that fit the stars and, with a context `product` and `category`, the product',
    fits: TEXT_KINDS,
    make: (context) => {
      const rating = ratingOf(context)
      const category = categoryOf(context)
      const product = context.context('product')
      const draw = context.draw()
      const most = Math.min(context.maxChars, 600)
      return plainCell(
        TEXT,
        (row) => reviewText(draw(row), rating(row), category(row), product?.value(row), most),
        most,
      )
    },
  },
]

function stars(value: Value): 1 | 2 | 3 | 4 | 5 {
  const rounded = Math.round(Number(value))
  return rounded <= 1 ? 1 : rounded >= 5 ? 5 : (rounded as 2 | 3 | 4)
}

/** The stars a review goes with: the table's context or column `rating`, else drawn as real shops show them. */
function ratingOf(context: GeneratorContext): (row: number) => 1 | 2 | 3 | 4 | 5 {
  const given = context.column === 'rating' ? undefined : context.context('rating')
  if (given) return (row) => stars(given.value(row))
  const draw = context.shared('rating')
  return (row) => stars(pick(ratings, draw(row)) + 1)
}

function reviewText(
  seed: number,
  rating: 1 | 2 | 3 | 4 | 5,
  { uses, nouns }: Category,
  product: Value | undefined,
  maxChars: number,
): string {
  const named =
    typeof product === 'string' ? nouns.find(({ name }) => product.includes(name))?.name : undefined
  const thing = named?.toLowerCase() ?? 'item'
  const wanted = 2 + below(mix(1, seed, 2), 3)
  return proseOf(chainOf(moodOf(rating, seed)), seed, wanted, maxChars)
    .replaceAll('{thing}', thing)
    .replaceAll('{use}', choose(uses, seed, 7))
    .slice(0, maxChars)
}

/** Four stars have a reservation now and then, two stars a good word. */
function moodOf(rating: 1 | 2 | 3 | 4 | 5, seed: number): 'review-good' | 'review-mixed' | 'review-bad' {
  const lukewarm = below(mix(9, seed, 11), 4) === 0
  if (rating === 3 || (lukewarm && (rating === 4 || rating === 2))) return 'review-mixed'
  return rating > 3 ? 'review-good' : 'review-bad'
}

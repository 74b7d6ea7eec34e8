import { addressGenerators } from './address.ts'
import { basicGenerators } from './basic.ts'
import { businessGenerators } from './business.ts'
import { commerceGenerators } from './commerce.ts'
import { deviceGenerators } from './devices.ts'
import { financeGenerators } from './finance.ts'
import type { Generator } from './generator.ts'
import { healthGenerators } from './health.ts'
import { idGenerators } from './ids.ts'
import { internetGenerators } from './internet.ts'
import { mediaGenerators } from './media.ts'
import { patternGenerators } from './pattern.ts'
import { personGenerators } from './person.ts'
import { proseGenerators } from './prose.ts'
import { reviewGenerators } from './reviews.ts'
import { softwareGenerators } from './software.ts'
import { textGenerators } from './text.ts'
import { timeGenerators } from './time.ts'

/** Every built-in generator by name. */
export const generators: ReadonlyMap<string, Generator> = new Map(
  [
    ...personGenerators,
    ...addressGenerators,
    ...businessGenerators,
    ...commerceGenerators,
    ...reviewGenerators,
    ...financeGenerators,
    ...softwareGenerators,
    ...healthGenerators,
    ...mediaGenerators,
    ...deviceGenerators,
    ...internetGenerators,
    ...timeGenerators,
    ...textGenerators,
    ...proseGenerators,
    ...idGenerators,
    ...basicGenerators,
    ...patternGenerators,
  ].map((generator) => [generator.name, generator]),
)

/** Other words people use, for the same generator. */
const ALIASES: Readonly<Record<string, string>> = {
  postcode: 'postal_code',
  zip: 'postal_code',
  zip_code: 'postal_code',
  name: 'full_name',
  street: 'street_address',
  region: 'state',
  integer: 'number',
  decimal: 'number',
  float: 'number',
  serial: 'sequence',
  uuid_v4: 'uuid',
  color_name: 'color',
  description: 'product_description',
  product_title: 'product_name',
  regex: 'pattern',
  constant: 'values',
  currency: 'currency_code',
  text: 'paragraph',
  review: 'review_text',
  comment: 'comment_text',
}

export function generatorNamed(name: string): Generator | undefined {
  return generators.get(name) ?? generators.get(ALIASES[name] ?? '')
}

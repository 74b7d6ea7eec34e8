import { addressGenerators } from './address.ts'
import { basicGenerators } from './basic.ts'
import { businessGenerators } from './business.ts'
import { commerceGenerators } from './commerce.ts'
import type { Generator } from './generator.ts'
import { idGenerators } from './ids.ts'
import { internetGenerators } from './internet.ts'
import { patternGenerators } from './pattern.ts'
import { personGenerators } from './person.ts'
import { textGenerators } from './text.ts'
import { timeGenerators } from './time.ts'

/** Every built-in generator by name. */
export const generators: ReadonlyMap<string, Generator> = new Map(
  [
    ...personGenerators,
    ...addressGenerators,
    ...businessGenerators,
    ...commerceGenerators,
    ...internetGenerators,
    ...timeGenerators,
    ...textGenerators,
    ...idGenerators,
    ...basicGenerators,
    ...patternGenerators,
  ].map((generator) => [generator.name, generator]),
)

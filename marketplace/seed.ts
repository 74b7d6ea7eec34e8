import { fileURLToPath } from 'node:url'
import { loadSet } from '@specwright/pgmock/load.ts'
import { databaseOf, type Environment } from './platform/environment.ts'
import { rateProducts } from './rate-products.ts'

const SEED = 2026

/** Fills the migrated, empty databases with the demo data of data/shop.set.json. Resolves to the number of rows. */
export async function seed(environment: Environment, scale: number): Promise<number> {
  const loaded = await loadSet({
    files: [fileURLToPath(new URL('data/shop.set.json', import.meta.url))],
    seed: SEED,
    scale,
    now: new Date(),
    connect: (database) => databaseOf(environment, database),
  })
  await rateProducts(environment)
  return loaded.reduce((sum, { rows }) => sum + rows, 0)
}

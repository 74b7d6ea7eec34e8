import { fileURLToPath } from 'node:url'
import { databaseOf, type Environment } from './platform/environment.ts'

/** Accounts that exist in every demo data set; every other buyer of it has the same password. */
export const demoAccounts = [{ email: 'buyer@example.com', password: 'correct horse battery' }] as const

const SEED = 2026

/** Fills the migrated, empty databases with the demo data of data/shop.set.json. Resolves to the number of rows. */
export async function seed(environment: Environment, scale: number): Promise<number> {
  // Only the first start needs the generator.
  const { loadSet } = await import('@specwright/pgmock/load.ts')
  const loaded = await loadSet({
    files: [fileURLToPath(new URL('data/shop.set.json', import.meta.url))],
    seed: SEED,
    scale,
    now: new Date(),
    connect: (database) => databaseOf(environment, database),
  })
  return loaded.reduce((sum, { rows }) => sum + rows, 0)
}

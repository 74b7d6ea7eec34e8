// Brings every service's database up to date, or fills them with demo data: `prepare.ts migrate`, `prepare.ts seed
// [scale]`. A process of its own, as in a deployment: what it needs to load is gone from memory when it has ended.

import { readEnvironment } from './platform/environment.ts'
import { migrateService } from './platform/service.ts'
import { services } from './services.ts'

export type Prepared =
  | { readonly rows: number }
  | { readonly error: { name: string; message: string; hint?: string; stack?: string } }

const [what, scale = '1'] = process.argv.slice(2)
try {
  const rows = what === 'seed' ? await seedAll() : await migrateAll()
  answer({ rows })
} catch (error) {
  const { name, message, stack, hint } = error as Error & { hint?: string }
  answer({
    error: { name, message, ...(stack !== undefined && { stack }), ...(hint !== undefined && { hint }) },
  })
  process.exitCode = 1
}

async function migrateAll(): Promise<number> {
  const environment = readEnvironment()
  await Promise.all(Object.values(services).map(async (load) => migrateService(await load(), environment)))
  return 0
}

async function seedAll(): Promise<number> {
  const { seed } = await import('./seed.ts') // only the first start needs the generator
  return await seed(readEnvironment(), Number(scale))
}

function answer(prepared: Prepared): void {
  process.send?.(prepared)
}

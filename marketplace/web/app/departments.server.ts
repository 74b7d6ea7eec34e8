import type { Category } from '../../services/catalog-service/contracts/api.ts'
import type { Gateway } from './gateway.server.ts'

const KEPT_MS = 60_000 // departments change by the month; the header needs them on every page

let kept: { readonly departments: Category[]; readonly untilMs: number } | undefined

/** The catalogue's categories in display order. Empty when the catalogue is away: pages without it still open. */
export async function listDepartments(shop: Gateway): Promise<Category[]> {
  if (kept !== undefined && kept.untilMs > Date.now()) return kept.departments
  const answer = await shop.catalog.listCategories({}).catch(() => undefined)
  if (answer?.status !== 200) return kept?.departments ?? []
  kept = { departments: answer.body.data, untilMs: Date.now() + KEPT_MS }
  return kept.departments
}

import { client } from '../../../platform/http/client.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import {
  contract as catalogContract,
  type Operations as CatalogOperations,
} from '../../catalog-service/contracts/api.ts'
import { entryOf } from './catalogue-entry.ts'
import { copyCatalogue, type CopyPorts } from './copy-catalogue.ts'
import { searchStore } from './postgres.ts'
import { readModel } from './read-model.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'
import type { Named } from './suggest.ts'

// Events keep the copy up to date; reading all of it now and then also brings what no event tells, such as ratings.
const COPY_EVERY_MS = 900_000
const CATEGORIES_FOR_MS = 60_000

export const searchService: ServiceDefinition = {
  name: 'search-service',
  database: 'search',
  folder: new URL('..', import.meta.url),
  start({ environment, db, clock }) {
    const store = searchStore(db)
    const model = readModel(db)
    const catalog = client<CatalogOperations>(environment, 'search-service', catalogContract)
    const readPortion: CopyPorts['readPortion'] = async (after, limit) => {
      const query = { limit, ...(after !== undefined && { after }) }
      const { status, body } = await catalog.readCatalogue({ query })
      if (status !== 200) throw new Error(`catalog-service refused to be copied: ${body.code}`)
      return body.data.map(entryOf)
    }

    let filled = false // never unfilled again
    const isFilled = async () => (filled ||= (await model.lastCopied()) !== undefined)

    let categories: { readonly named: Promise<Named[]>; readonly untilMs: number } | undefined
    const rememberedCategories = () => {
      if (categories === undefined || categories.untilMs < performance.now())
        categories = { named: store.categories(), untilMs: performance.now() + CATEGORIES_FOR_MS }
      categories.named.catch(() => (categories = undefined))
      return categories.named
    }

    return {
      handlers: routes({ ...store, isFilled, categories: rememberedCategories }),
      subscriptions,
      background: [
        {
          name: 'copy of the catalogue',
          everyMs: COPY_EVERY_MS,
          async run(signal) {
            const last = await model.lastCopied()
            if (last !== undefined && clock().getTime() - last.getTime() < COPY_EVERY_MS / 2) return
            await copyCatalogue({ ...model, readPortion }, signal)
          },
        },
      ],
    }
  },
}

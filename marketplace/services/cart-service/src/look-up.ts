import type { Environment } from '../../../platform/environment.ts'
import { client } from '../../../platform/http/client.ts'
import {
  contract as catalogContract,
  type Operations as CatalogOperations,
} from '../../catalog-service/contracts/api.ts'
import {
  contract as inventoryContract,
  type Operations as InventoryOperations,
} from '../../inventory-service/contracts/api.ts'
import type { LookUpPorts } from './view-cart.ts'

/** Catalogue and stock over HTTP. Both take a hundred SKUs at once, twice what a cart holds. */
export function lookUpPorts(environment: Environment): LookUpPorts {
  const catalog = client<CatalogOperations>(environment, 'cart-service', catalogContract)
  const inventory = client<InventoryOperations>(environment, 'cart-service', inventoryContract)
  return {
    async lookUpProducts(skus) {
      const { status, body } = await catalog.lookupProducts({ body: { skus: [...skus] } })
      if (status !== 200) throw new Error(`catalog-service refused a look-up: ${body.code}`)
      return body.data
    },
    async lookUpStock(skus) {
      const { status, body } = await inventory.getStock({ query: { skus: skus.join(',') } })
      if (status !== 200) throw new Error(`inventory-service refused a look-up: ${body.code}`)
      return body.data
    },
  }
}

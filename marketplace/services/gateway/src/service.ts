import { serviceUrl } from '../../../platform/environment.ts'
import type { Handlers } from '../../../platform/http/serve.ts'
import type { ServiceDefinition } from '../../../platform/service.ts'
import type { Operations } from '../contracts/api.ts'
import { joinContracts, listOperations } from './join-contracts.ts'
import { publicRoutes, readContracts } from './public-routes.ts'
import { addGateway } from './routes.ts'

const limit = { burst: 200, perSecond: 100 }
const forwarding = { timeoutMs: 10_000, bodyLimitBytes: 1_000_000 }

export const gateway: ServiceDefinition = {
  name: 'gateway',
  folder: new URL('..', import.meta.url),
  async start({ environment }) {
    const contracts = await readContracts(new URL('../../', import.meta.url))
    const routes = publicRoutes(contracts)
    const list = {
      data: { name: 'Marketplace API', documentation: '/openapi.json', operations: listOperations(routes) },
    }
    const document = joinContracts(contracts, routes)
    const handlers: Handlers<Operations> = {
      listApis: () => ({ status: 200, body: list }),
      getOpenApi: () => ({ status: 200, body: document }),
    }
    return {
      handlers,
      extend: (app) =>
        addGateway(app, { routes, urlOf: (service) => serviceUrl(environment, service), limit, forwarding }),
    }
  },
}

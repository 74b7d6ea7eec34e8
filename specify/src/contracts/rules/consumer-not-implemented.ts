import type { ContractRule } from './rule.ts'
import { serviceMeant } from './service-meant.ts'

export const consumerNotImplemented: ContractRule = {
  code: 'consumer-not-implemented',
  severity: 'warning',
  about: 'events',
  why: 'An event for a service that has no code yet is heard by nobody.',
  example: {
    wrong: '"consumers": ["order-service"] without such a service',
    right: 'services/order-service with its code',
  },
  check: ({ services, consumptions }) =>
    consumptions
      .filter(({ saidBy }) => saidBy === 'producer')
      .filter(({ service }) => {
        const found = services.find(({ name }) => name === service)
        return found === undefined
          ? serviceMeant(
              service,
              services.map(({ name }) => name),
            ) === undefined
          : !found.isImplemented
      })
      .map(({ service, eventType, from, file, line }) => ({
        file,
        line,
        message: `${service} listed as consumer but not yet implemented (event ${eventType}).`,
        hint: `Implement ${service} to complete the dependency chain, or take it off the list.`,
        service: from,
      })),
}

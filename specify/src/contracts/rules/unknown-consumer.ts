import type { ContractRule } from './rule.ts'
import { serviceMeant } from './service-meant.ts'

export const unknownConsumer: ContractRule = {
  code: 'unknown-consumer',
  severity: 'error',
  about: 'events',
  why: 'A misspelled consumer is missed when the event changes.',
  example: { wrong: '"consumers": ["order-servise"]', right: '"consumers": ["order-service"]' },
  check: ({ services, consumptions }) => {
    const names = services.map(({ name }) => name)
    return consumptions
      .filter(({ saidBy, service }) => saidBy === 'producer' && !names.includes(service))
      .flatMap(({ service, eventType, from, file, line }) => {
        // A name like no other is a service still to come: see consumer-not-implemented.
        const meant = serviceMeant(service, names)
        if (meant === undefined) return []
        return [
          {
            file,
            line,
            message: `${service}, listed as consumer of ${eventType}, does not exist.`,
            hint: `Did you mean "${meant}"?`,
            service: from,
          },
        ]
      })
  },
}

import type { ContractRule } from './rule.ts'

export const consumerNotListed: ContractRule = {
  code: 'consumer-not-listed',
  severity: 'warning',
  about: 'events',
  why: 'The publisher does not know whom a change hurts when a consumer is missing on its list.',
  example: {
    wrong: '"consumers": [] while a spec consumes the event',
    right: '"consumers": ["order-service"]',
  },
  check: ({ events, consumptions }) => {
    // Only a list of events has a place for its consumers.
    const lists = Map.groupBy(
      events.filter(({ form }) => form === 'list'),
      ({ eventType }) => eventType,
    )
    return consumptions
      .filter(({ saidBy }) => saidBy === 'consumer')
      .flatMap(({ service, eventType, file, line }) => {
        const described = lists.get(eventType) ?? []
        if (
          described.length === 0 ||
          described.some((event) => event.consumers.some((each) => each.service === service))
        )
          return []
        const [event] = described
        return [
          {
            file,
            line,
            message: `${service} consumes ${eventType}, but ${event!.source.file}:${event!.line} does not list it.`,
            hint: `Add "${service}" to "consumers" there.`,
            service,
          },
        ]
      })
  },
}

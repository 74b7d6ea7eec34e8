import type { ContractRule } from './rule.ts'

export const eventOnlyAnnounced: ContractRule = {
  code: 'event-only-announced',
  severity: 'info',
  about: 'events',
  why: 'What a consumer expects of an event can be held against a schema, not against a sentence.',
  example: {
    wrong: '"Events Published" in the spec alone',
    right: 'the event also in contracts/events/ of its publisher',
  },
  check: ({ events, services, consumptions }) => {
    const described = new Set(events.map(({ eventType }) => eventType))
    return consumptions
      .filter(({ saidBy, eventType }) => saidBy === 'consumer' && !described.has(eventType))
      .flatMap(({ service, eventType, file, line }) => {
        const publisher = services.find(({ announces }) => announces.includes(eventType))
        if (publisher === undefined) return []
        return [
          {
            file,
            line,
            message: `${service} consumes ${eventType}, which the spec of ${publisher.name} announces and no contract describes.`,
            hint: `Describe it in ${publisher.path}/contracts/events/.`,
            service,
          },
        ]
      })
  },
}

import { didYouMean } from '@specwright/cli/nearest.ts'
import type { ContractRule } from './rule.ts'

export const eventWithoutPublisher: ContractRule = {
  code: 'event-without-publisher',
  severity: 'error',
  about: 'events',
  why: 'A service waiting for an event nobody publishes waits forever.',
  example: { wrong: '### Event: user.profile.creatd', right: '### Event: user.profile.created' },
  check: ({ events, services, consumptions }) => {
    // A spec that announces the event is a publisher, too: contracts often follow later.
    const types = new Set([
      ...events.map(({ eventType }) => eventType),
      ...services.flatMap(({ announces }) => announces),
    ])
    return consumptions
      .filter(({ saidBy, eventType }) => saidBy === 'consumer' && !types.has(eventType))
      .map(({ service, eventType, from, file, line }) => ({
        file,
        line,
        message: `${service} consumes ${eventType}, which nobody publishes.`,
        hint:
          didYouMean(eventType, types) ??
          `Describe it in contracts/events/ of ${from ?? 'the service that publishes it'}.`,
        service,
      }))
  },
}

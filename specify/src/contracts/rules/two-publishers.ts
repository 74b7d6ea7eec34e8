import type { ContractRule } from './rule.ts'

export const twoPublishers: ContractRule = {
  code: 'event-described-twice',
  severity: 'error',
  about: 'events',
  why: 'Of two descriptions of one event nobody knows which one holds.',
  example: { wrong: 'order.order.placed in two files', right: 'one of them' },
  check: ({ events }) =>
    [...Map.groupBy(events, ({ eventType, version }) => `${eventType} ${version ?? ''}`).values()].flatMap(
      ([first, ...rest]) =>
        rest.map(({ eventType, source, line }) => ({
          file: source.file,
          line,
          message: `The event ${eventType} is described already in ${first!.source.file}:${first!.line}.`,
          hint: 'Keep the one of the service that owns it; give a new shape a new version.',
          service: source.service,
        })),
    ),
}

import type { ContractRule } from './rule.ts'

export const eventDescription: ContractRule = {
  code: 'event-without-description',
  severity: 'warning',
  about: 'events',
  scope: 'file',
  why: 'The description says when an event is published; the name alone does not.',
  example: {
    wrong: '{"eventType": "order.order.placed"}',
    right: '{"eventType": "order.order.placed", "description": "Published when …"}',
  },
  check: ({ events }) =>
    events
      .filter(({ description }) => description === undefined)
      .map(({ eventType, source, line }) => ({
        file: source.file,
        line,
        message: `The event ${eventType} has no description.`,
        hint: 'Say when it is published.',
        service: source.service,
      })),
}

import type { ContractRule } from './rule.ts'

export const eventSchema: ContractRule = {
  code: 'event-without-schema',
  severity: 'warning',
  about: 'events',
  scope: 'file',
  why: 'Consumers of an event without a schema find out in production what is in it.',
  example: {
    wrong: '{"eventType": "user.profile.updated"}',
    right: '{"eventType": "user.profile.updated", "schema": {…}}',
  },
  check: ({ events }) =>
    events
      .filter(({ form, schema }) => form === 'list' && schema === undefined)
      .map(({ eventType, source, line }) => ({
        file: source.file,
        line,
        message: `The event ${eventType} has no schema.`,
        hint: 'Describe eventId, eventType, timestamp and data.',
        service: source.service,
      })),
}

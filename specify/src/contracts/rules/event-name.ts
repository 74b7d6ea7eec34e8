import type { ContractRule } from './rule.ts'

export const eventName: ContractRule = {
  code: 'event-name',
  severity: 'warning',
  about: 'events',
  scope: 'file',
  why: 'Names of one form, domain.entity.action, can be routed and found by prefix.',
  example: { wrong: 'OrderPlaced', right: 'order.order.placed' },
  check: ({ events }) =>
    events
      .filter(
        ({ eventType, form }) =>
          form === 'list' && !/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){2,}$/.test(eventType),
      )
      .map(({ eventType, source, pointer }) => ({
        file: source.file,
        line: source.lineOf(`${pointer}/eventType`),
        message: `"${eventType}" is not named domain.entity.action.`,
        hint: 'Three or more words in small letters, joined by dots: order.order.placed.',
        service: source.service,
      })),
}

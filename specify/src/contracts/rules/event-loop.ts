import { eventCycles, ringText } from '../graph.ts'
import type { ContractRule } from './rule.ts'

export const eventLoop: ContractRule = {
  code: 'event-loop',
  severity: 'info',
  about: 'events',
  why: 'Services that answer each other with events may go on for ever; somebody should have looked at where it ends.',
  example: {
    wrong: 'order.order.placed → stock-service → stock.item.reserved → order-service → order.order.placed',
    right: 'a state that ends the exchange, and a note of it in the spec',
  },
  check: (graph) =>
    eventCycles(graph).map((ring) => {
      const [first, second] = [ring[0]!, ring[1] ?? ring[0]!]
      const { publishes } = graph.services.find(({ name }) => name === first)!
      const heard = new Set(
        graph.consumptions.filter(({ service }) => service === second).map(({ eventType }) => eventType),
      )
      const event = publishes.find(({ eventType }) => heard.has(eventType))!
      return {
        file: event.source.file,
        line: event.line,
        message: `Events go round: ${ringText(ring)}.`,
        hint: 'See that some state ends the exchange, and that repeats are recognised by eventId.',
        service: first,
      }
    }),
}

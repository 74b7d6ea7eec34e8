import { callCycles, ringText } from '../graph.ts'
import type { ContractRule } from './rule.ts'

export const callCycle: ContractRule = {
  code: 'call-cycle',
  severity: 'error',
  about: 'system',
  why: 'Services that call each other in a ring can only fail together, and start only together.',
  example: {
    wrong: 'order-service → stock-service → order-service',
    right: 'one of the calls replaced by an event',
  },
  check: (graph) =>
    callCycles(graph).map((ring) => {
      const [first, second] = [ring[0]!, ring[1] ?? ring[0]!]
      const { file, line } = graph.calls.find(({ from, to }) => from === first && to === second)!
      return {
        file,
        line,
        message: `Circular dependency: ${ringText(ring)}.`,
        hint: 'Replace one of the calls by an event, or move what both need into a third service.',
        service: first,
      }
    }),
}

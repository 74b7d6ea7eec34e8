import type { Graph, LatencyTarget } from '../graph.ts'
import type { ContractRule, Problem } from './rule.ts'

export const chainTooSlow: ContractRule = {
  code: 'chain-too-slow',
  severity: 'warning',
  about: 'system',
  why: 'Who waits for others cannot promise to be faster than they are together.',
  example: {
    wrong: 'SC-001: P95 < 200 ms, calling a service with P95 < 300 ms',
    right: 'SC-001: P95 < 400 ms',
  },
  check: (graph) => graph.targets.flatMap((target) => problemsOf(target, graph)),
}

function problemsOf({ service, id, limitMs, file, line }: LatencyTarget, graph: Graph): Problem[] {
  const chain = slowestChain(service, graph, [service])
  if (chain.totalMs < limitMs) return []
  return [
    {
      file,
      line,
      message: `${id} of ${service} promises ${limitMs} ms, and the calls ${chain.path.join(' → ')} may take ${chain.totalMs} ms.`,
      hint: 'Raise the limit, call fewer services one after the other, or lower what they promise.',
      service,
    },
  ]
}

type Chain = { readonly totalMs: number; readonly path: readonly string[] }

/** What the services called promise already counts those they call; who promises nothing takes as long as they do. */
function slowestChain(service: string, graph: Graph, path: readonly string[]): Chain {
  const called = [...new Set(graph.calls.filter(({ from }) => from === service).map(({ to }) => to))]
  const chains = called
    .filter((to) => !path.includes(to))
    .map((to): Chain => {
      const limits = graph.targets.filter((each) => each.service === to).map(({ limitMs }) => limitMs)
      return limits.length > 0
        ? { totalMs: Math.max(...limits), path: [...path, to] }
        : slowestChain(to, graph, [...path, to])
    })
  return chains.reduce((slowest, chain) => (chain.totalMs > slowest.totalMs ? chain : slowest), {
    totalMs: 0,
    path,
  })
}

// node specify/bench/portal.ts [services]: what the portal costs over a platform of that many services (1,000), each with
// a feature: gathering, every page, a change while somebody looks, and the largest pages.

import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openGatherer } from '../src/portal/gather.ts'
import { siteOf } from '../src/portal/site.ts'
import { writeLargePlatform } from './large-platform.ts'
import { writeLargeWorkspace } from './large-workspace.ts'

const services = Number(process.argv[2] ?? 1000)
const root = mkdtempSync(join(tmpdir(), 'specify-portal-'))
try {
  writeLargeWorkspace(root, services)
  writeLargePlatform(root, services)
  const { signal } = new AbortController()
  const gatherer = openGatherer(root, signal)
  const cold = await timed('gather, cold', () => gatherer.gather(undefined))
  console.log(
    `  ${cold.catalog.services.length} services, ${cold.graph.operations.length} operations, ${cold.catalog.edges.length} edges, ${cold.features.length} features, ${cold.findings.length} findings, ${cold.tokens.total} tokens`,
  )
  const spec = join(root, cold.features[0]!.feature.files.spec!)
  appendFileSync(spec, '\n')
  const portal = await timed('gather after one spec changed', () => gatherer.gather(undefined))
  const contract = join(root, portal.contracts.apis[0]!.source.file)
  appendFileSync(contract, statSync(contract).size > 0 ? '\n' : '')
  await timed('gather after one contract changed', () => gatherer.gather(undefined))

  const sizes: { path: string; ms: number; kilobytes: number }[] = []
  await timed('write every page', () => {
    const site = siteOf(portal)
    for (const path of site.paths) {
      const startedAt = performance.now()
      const { text } = site.file(path)!
      sizes.push({ path, ms: performance.now() - startedAt, kilobytes: Buffer.byteLength(text) / 1000 })
    }
  })
  const total = sizes.reduce((sum, { kilobytes }) => sum + kilobytes, 0)
  console.log(`  ${sizes.length} files, ${(total / 1000).toFixed(1)} MB`)
  for (const { path, ms, kilobytes } of sizes.toSorted((a, b) => b.kilobytes - a.kilobytes).slice(0, 12))
    console.log(`  ${path.padEnd(44)} ${kilobytes.toFixed(0).padStart(6)} kB ${ms.toFixed(0).padStart(5)} ms`)
  console.log(
    `peak memory ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB, ${cpus()[0]?.model ?? 'unknown processor'}`,
  )
} finally {
  rmSync(root, { recursive: true })
}

async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    `${what}: ${(performance.now() - startedAt).toFixed(0)} ms, processor ${((user + system) / 1000).toFixed(0)} ms`,
  )
  return result
}

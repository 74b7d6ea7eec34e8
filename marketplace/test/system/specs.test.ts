import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { services } from '../../services.ts'
import { freeBasePort, startMarketplace, type TestMarketplace } from '../marketplace.ts'

const marketplace = fileURLToPath(new URL('../..', import.meta.url))
const specify = fileURLToPath(new URL('../../../specify/bin/specify.js', import.meta.url))
const catalogSpec = 'services/catalog-service/specs/001-browse-and-search/spec.md'
let shop: TestMarketplace
let folder: string

before(async () => {
  shop = await startMarketplace({ services: Object.keys(services).filter((name) => name !== 'web') })
  folder = mkdtempSync(join(tmpdir(), 'specwright-specs-'))
})
after(async () => {
  await shop.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Finding = { code: string; severity: string; file: string; line: number; message: string }
type Report = { data: { counts: Record<string, number> }; findings: Finding[] }

function run(cwd: string, ...args: string[]): Promise<{ exitCode: number | null; report: Report }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [specify, ...args, '--json'], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, MARKETPLACE_ENVIRONMENT: join(shop.folder, 'environment.json') },
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode, report: JSON.parse(out) as Report })
    })
  })
}

/** The workspace without its code: specs, contracts, config. */
function copyOfWorkspace(): string {
  const copy = mkdtempSync(join(folder, 'copy-'))
  for (const part of ['.speckit.config.json', 'constitution.md', 'services'])
    cpSync(join(marketplace, part), join(copy, part), {
      recursive: true,
      filter: (path) => !/\/(src|node_modules)(\/|$)/.test(path),
    })
  return copy
}

for (const args of [['validate', '--all'], ['validate-contracts'], ['service-catalog', '--dry-run']]) {
  test(`specify ${args.join(' ')} finds nothing wrong`, async () => {
    const { exitCode, report } = await run(marketplace, ...args)
    assert.deepEqual(
      report.findings.filter(({ severity }) => severity !== 'info'),
      [],
    )
    assert.equal(exitCode, 0)
  })
}

test('every scenario with a block passes against the running shop', async () => {
  const { exitCode, report } = await run(marketplace, 'test', '--base-url', shop.gatewayUrl)
  assert.deepEqual(
    report.findings.filter(({ severity }) => severity === 'error'),
    [],
  )
  assert.equal(exitCode, 0)
  const { passed, failed } = report.data.counts
  assert.ok(passed! >= 25, `only ${passed} scenarios passed`)
  assert.equal(failed, 0)
})

test('a field that leaves the contract is missed where a scenario asks for it', async () => {
  const copy = copyOfWorkspace()
  const contract = join(copy, 'services/catalog-service/contracts/api-spec.yaml')
  writeFileSync(contract, readFileSync(contract, 'utf8').replaceAll(/\bpriceCents\b/g, 'priceInCents'))
  const { exitCode, report } = await run(copy, 'test', '--check')
  assert.equal(exitCode, 1)
  assertPointsAtPrice(copy, report)
})

test('a field that leaves the answer is missed where a scenario asks for it', async () => {
  const proxy = await renamingProxy(shop.gatewayUrl, 'priceCents', 'priceInCents')
  try {
    const { exitCode, report } = await run(
      marketplace,
      'test',
      '--service',
      'catalog-service',
      '--base-url',
      proxy.url,
    )
    assert.equal(exitCode, 1)
    assertPointsAtPrice(marketplace, report)
  } finally {
    proxy.server.close()
  }
})

function assertPointsAtPrice(workspace: string, { findings }: Report): void {
  const lines = readFileSync(join(workspace, catalogSpec), 'utf8').split('\n')
  const here = findings.filter(({ file, severity }) => file === catalogSpec && severity === 'error')
  assert.ok(here.length > 0, JSON.stringify(findings.slice(0, 5)))
  for (const { line, message } of here) assert.match(lines[line - 1]!, /priceCents/, message)
}

/** Stands before the gateway and renames a field of every answer, as a careless change of a service would. */
async function renamingProxy(
  target: string,
  from: string,
  to: string,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    forwardRenamed(request, response).catch((error: Error) => response.destroy(error))
  })
  const port = await freeBasePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${port}` }

  async function forwardRenamed(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method!,
      headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
      ...(body.length > 0 && { body }),
    })
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    })
    response.end((await answer.text()).replaceAll(`"${from}"`, `"${to}"`))
  }
}

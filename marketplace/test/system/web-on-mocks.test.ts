// The generated clients and the pages of the storefront on nothing but contracts: "specify mock" answers for every
// service, no database runs.

import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import test, { after, before } from 'node:test'
import { compileSchema } from '@specwright/json-schema/compile-schema.ts'
import { isRecord, pointer, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import type { ContractTable } from '../../platform/contract/contract-table.ts'
import type { Environment } from '../../platform/environment.ts'
import { client } from '../../platform/http/client.ts'
import { startService, type RunningService } from '../../platform/service.ts'
import { portsFrom } from '../../installation.ts'
import { web } from '../../web/service.ts'
import { freeBasePort } from '../marketplace.ts'

const marketplace = fileURLToPath(new URL('../..', import.meta.url))
const specify = fileURLToPath(new URL('../../../specify/src/cli.ts', import.meta.url))

type Mock = { readonly child: ChildProcess; readonly services: readonly { name: string; url: string }[] }

const mocks: Mock[] = []
let shop: RunningService
let environment: Environment

before(async () => {
  const ports = portsFrom(await freeBasePort())
  environment = {
    host: '127.0.0.1',
    ports,
    publicUrl: 'http://127.0.0.1',
    logLevel: 'error',
    serviceSecret: 'a secret that nobody checks here',
  } as Environment
  // One stands where the gateway would, one gives each service a port of its own.
  mocks.push(
    await startMock('--port', String(ports['gateway'])),
    await startMock('--port', '0', '--port-each'),
  )
  shop = await startService(web, environment)
})
after(async () => {
  await shop?.stop()
  for (const { child } of mocks) {
    child.kill('SIGINT')
    if (child.exitCode === null) await once(child, 'exit')
  }
})

async function startMock(...args: string[]): Promise<Mock> {
  const child = spawn(process.execPath, [specify, 'mock', '--json', ...args], {
    cwd: marketplace,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk.toString()
    if (text.includes('\n')) break
  }
  return { child, ...(JSON.parse(text) as { data: { services: Mock['services'] } }).data }
}

type Request = {
  operationId: string
  method: string
  path: string
  params: object
  query: object
  body: unknown
}
type Call = (input: object) => Promise<{ readonly status: number; readonly body: unknown }>

test('every operation of every generated client gets an answer its contract documents', async (t) => {
  const { services } = mocks[1]!
  const ports = Object.fromEntries(services.map(({ name, url }) => [name, Number(new URL(url).port)]))
  for (const { name, url } of services)
    await t.test(name, async () => {
      const { contract } = (await import(`../../services/${name}/contracts/api.ts`)) as {
        contract: ContractTable
      }
      const calls = client({ ...environment, ports }, 'test', contract) as Readonly<Record<string, Call>>
      const requests = (await (await fetch(`${url}/_mock/requests`)).json()) as Request[]
      // Deleting comes last: what is deleted answers nothing else.
      const inOrder = [
        ...requests.filter(({ method }) => method !== 'DELETE'),
        ...requests.filter(({ method }) => method === 'DELETE'),
      ]
      assert.deepEqual(
        new Set(requests.map((one) => one.operationId)),
        new Set(Object.keys(contract.operations)),
      )
      for (const { operationId, method, path, params, query, body } of inOrder) {
        const answer = await calls[operationId]!({ params, query, ...(body !== undefined && { body }) })
        assert.ok(answer.status < 400, `${method} ${path}: ${JSON.stringify(answer)}`)
        assert.deepEqual(
          problemsOf(name, { method, path }, answer),
          [],
          `${method} ${path}: ${JSON.stringify(answer)}`,
        )
      }
    })
})

/** What is wrong with an answer by the contract, as somebody else reads it. */
function problemsOf(
  service: string,
  { method, path }: { readonly method: string; readonly path: string },
  { status, body }: { readonly status: number; readonly body: unknown },
): string[] {
  const file = new URL(`../../services/${service}/contracts/api-spec.yaml`, import.meta.url)
  const { value: root } = parseDocument(readFileSync(file, 'utf8'), 'yaml')
  let at = `${pointer('paths', path)}/${method.toLowerCase()}/responses/${status}`
  const ref = refOf(valueAt(root, at))
  const target = ref === undefined ? undefined : resolveRef(root, ref)
  if (target?.outcome === 'found') at = target.pointer
  const response = valueAt(root, at)
  if (!isRecord(response)) return [`${status} is not documented`]
  const schema = valueAt(root, `${at}/content${pointer('application/json')}/schema`)
  if (schema === undefined) return body === undefined ? [] : ['there is a body']
  return compileSchema(schema, { dialect: 'openapi-3.0', root })(body).map(({ message }) => message)
}

const pages: readonly (readonly [path: string, text: RegExp])[] = [
  ['/', /<h1|<h2/],
  ['/search?q=mug', /product-card/],
  ['/shops', /<h1/],
  ['/p/speckled-stoneware-mug', /Add to basket|Sold out/],
  ['/cart', /basket/i],
  ['/sign-in', /Password/],
  ['/register', /Password/],
]

test('the pages of the storefront are rendered from mocks', async (t) => {
  for (const [path, text] of pages)
    await t.test(path, async () => {
      const answer = await fetch(shop.url + path)
      const html = await answer.text()
      assert.equal(answer.status, 200, html.replaceAll(/<[^>]+>/g, ' ').slice(-400))
      assert.match(html, text)
      assert.doesNotMatch(html, /taking a break|cannot be shown at the moment/)
    })
})

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { loadContractFiles, loadContracts } from '../contracts/load-contracts.ts'
import type { Api } from '../contracts/model.ts'
import { HttpClient, NoAnswer } from '../scenarios/hurl/http-client.ts'
import { startService, withPort, type RunningService } from '../scenarios/start-service.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'
import { readText } from '../workspace/read-text.ts'
import { serverPath } from '../verify/contract-details.ts'
import { credentialsFrom } from '../verify/credentials.ts'
import { KnownValues } from '../verify/known-values.ts'
import { knownFindingsIn, knownFor, type KnownFinding } from '../verify/known-findings.ts'
import {
  failureFinding,
  overFinding,
  reportedFailure,
  reportJunit,
  reportText,
  silentFindings,
  type Reporting,
} from '../verify/report.ts'
import { operationsOf, runVerify } from '../verify/run-verify.ts'
import { Session } from '../verify/session.ts'

export const verify = command({
  name: 'verify',
  summary: 'Hold a running service to its contract with requests made from its schemas',
  description: `Requests that fit the contract must be answered as it says: a documented status, the right type, a body by its
schema, the promised headers. Requests that break it in one place must be refused, and nothing may make the service
fail: edges of every constraint, odd characters, huge and deep bodies, missing and wrong credentials, other methods and
types. What was created must be read back as it was written, and be gone once deleted.

Each failure is made as small as it gets and shown with a curl line, a block for spec.md and the command that repeats it.
The same seed asks the same. Known failures are listed under "verify" in the acknowledged.yaml beside the contract:
{ code, operation, owner, reason, until }.

Requests write and delete. Only addresses of this machine are asked, unless --allow-remote is given; --read-only sends
nothing but reads.`,
  options: {
    service: {
      type: 'string',
      placeholder: 'name',
      summary: 'The service of the workspace whose contract is meant',
    },
    url: {
      type: 'string',
      placeholder: 'url',
      summary: 'Where it runs; else it is started as the config says',
    },
    contract: {
      type: 'string',
      placeholder: 'file',
      file: true,
      summary: 'An OpenAPI document instead of a service of the workspace',
    },
    operations: {
      type: 'string',
      placeholder: 'pattern',
      multiple: true,
      summary: 'Only these: an operationId, "GET /orders", with * for any text; !pattern leaves some out',
    },
    'max-examples': {
      type: 'string',
      placeholder: 'number',
      default: '25',
      summary: 'Random requests per operation',
    },
    seed: { type: 'string', placeholder: 'text', default: '1', summary: 'What chance begins with' },
    case: { type: 'string', placeholder: 'id', summary: 'Only this case, as a failure names it' },
    auth: {
      type: 'string',
      placeholder: 'scheme=value',
      multiple: true,
      summary: 'The credential of a security scheme',
    },
    header: {
      type: 'string',
      placeholder: 'name: value',
      multiple: true,
      summary: 'A header of every request',
    },
    known: {
      type: 'string',
      placeholder: 'name=value',
      multiple: true,
      summary: 'Something the service has: sku=CER-00042, for members and parameters of that name',
    },
    'read-only': { type: 'boolean', summary: 'Send nothing that writes' },
    'allow-remote': { type: 'boolean', summary: 'Ask a service that is not on this machine' },
    timeout: {
      type: 'string',
      placeholder: 'seconds',
      default: '10',
      summary: 'How long an answer may take',
    },
    wait: {
      type: 'string',
      placeholder: 'seconds',
      default: '10',
      summary: 'How long to wait for the service to listen',
    },
    patience: {
      type: 'string',
      placeholder: 'seconds',
      default: '60',
      summary: 'How long to wait in all where it answers 429',
    },
    rate: { type: 'string', placeholder: 'number', summary: 'Requests per second at most' },
    'max-time': { type: 'string', placeholder: 'seconds', summary: 'When to stop, whatever is left' },
    junit: {
      type: 'string',
      placeholder: 'file',
      file: true,
      summary: 'Write the results as JUnit XML, too',
    },
  },
  examples: [
    {
      run: 'specify verify --service order-service --url http://127.0.0.1:4017',
      does: 'Hold a running service to its contract',
    },
    {
      run: 'specify verify --contract api.yaml --url http://127.0.0.1:8080 --auth token=abc --read-only',
      does: 'Only read, with a credential',
    },
  ],

  async run({ options, cwd, env, signal, progress, say }) {
    const startedAt = performance.now()
    const seconds = (name: 'timeout' | 'wait' | 'patience') =>
      wholeNumber(options[name], `--${name}`, { min: name === 'wait' || name === 'patience' ? 0 : 1 }) * 1000
    const maxExamples = wholeNumber(options['max-examples'], '--max-examples', { min: 0, max: 100_000 })
    const rate = options.rate === undefined ? undefined : wholeNumber(options.rate, '--rate', { min: 1 })
    const maxTimeMs =
      options['max-time'] === undefined
        ? undefined
        : wholeNumber(options['max-time'], '--max-time', { min: 1 }) * 1000
    const exists = givenValues(options.known)
    const given = options.url === undefined ? undefined : checkedUrl(options.url, options['allow-remote'])

    const { api, title, findings, known, place, start } = await chosenContract({
      cwd,
      service: options.service,
      contract: options.contract,
    })
    const operations = operationsOf(api, options.operations)
    if (operations.length === 0) throw noOperations(api, options.operations)
    const credentials = credentialsFrom(api, options.auth, options.header)

    const service =
      given === undefined ? await start({ signal, env, healthTimeoutMs: seconds('wait'), say }) : undefined
    const url = given ?? checkedUrl(service?.baseUrl ?? '', options['allow-remote'])
    const origin = url.origin
    const session = new Session({
      origin,
      basePath: url.pathname === '/' ? serverPath(api) : url.pathname.replace(/\/+$/, ''),
      credentialsOf: credentials.of,
      timeoutMs: seconds('timeout'),
      patienceMs: seconds('patience'),
      signal,
      rate,
    })
    const task = progress.start('verify', operations.length, 'operations')
    try {
      await untilListening(origin, { waitMs: seconds('wait'), signal })
      const report = await runVerify({
        api,
        operations,
        session,
        seed: options.seed,
        maxExamples,
        known: exists,
        readOnly: options['read-only'],
        only: options.case,
        hasCredentials: credentials.suffice,
        onOperation: (done) => task.update(done),
        maxTimeMs,
      })
      const reporting: Reporting = { origin, again: againCommand(options, url), secrets: credentials.secrets }
      const today = new Date()
      const all = report.failures.map((failure) => ({
        failure,
        reported: reportedFailure(failure, reporting),
        acknowledged: knownFor(known, failure, today),
      }))
      const open = all
        .filter(({ acknowledged }) => acknowledged === undefined)
        .map(({ reported }) => reported)
      if (options.junit !== undefined)
        await writeFileAtomic(resolve(cwd, options.junit), reportJunit(report, open, title))
      const durationMs = performance.now() - startedAt
      const isWhole =
        options.operations.length === 0 && options.case === undefined && report.over === undefined
      const used = new Set(all.map(({ acknowledged }) => acknowledged))
      const own: Finding[] = [
        ...all.map(({ failure, reported, acknowledged }) => failureFinding(failure, reported, acknowledged)),
        ...(options.case === undefined
          ? silentFindings(report, ({ operation }) => credentials.suffice(operation), options['read-only'])
          : []),
        ...(isWhole && !options['read-only']
          ? known.filter((each) => !used.has(each)).map(unusedFinding)
          : []),
      ]
      return {
        data: {
          service: title,
          url: url.href,
          seed: options.seed,
          requests: report.requests,
          durationMs: Math.round(durationMs),
          operations: report.operations.map(
            ({ operation: { method, path }, requests, succeeded, statuses }) => ({
              method,
              path,
              requests,
              succeeded,
              statuses,
            }),
          ),
          failures: open,
        },
        findings: [...findings, ...own.map(place), ...overFinding(report, reporting)],
        text: () => reportText(report, open, { title, seed: options.seed, durationMs }),
      }
    } finally {
      task.finish()
      session.close()
      await service?.stop()
    }
  },
})

type Starting = {
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly healthTimeoutMs: number
  readonly say: (line: string) => void
}

type Chosen = {
  readonly api: Api
  readonly title: string
  readonly findings: readonly Finding[]
  readonly known: readonly KnownFinding[]
  /** A finding with its file as seen from the working directory. */
  readonly place: (finding: Finding) => Finding
  readonly start: (starting: Starting) => Promise<RunningService>
}

async function chosenContract({
  cwd,
  service,
  contract,
}: {
  cwd: string
  service: string | undefined
  contract: string | undefined
}): Promise<Chosen> {
  if (contract !== undefined) {
    if (!existsSync(resolve(cwd, contract)))
      throw new CliError('no-such-path', `There is no "${contract}" here.`)
    const read = (file: string) => textIfThere(resolve(cwd, file))
    const { apis, findings } = await loadContractFiles([contract], read)
    const api = theApi(apis, contract, findings)
    const own = await knownBeside([contract], read)
    return {
      api,
      title: service ?? (api.title || contract),
      findings: [...findings, ...own.findings],
      known: own.known,
      place: (finding) => finding,
      start: () =>
        Promise.reject(
          new CliError('no-url', 'Say where the service runs.', 'Add --url http://127.0.0.1:8080.'),
        ),
    }
  }
  if (service === undefined)
    throw new CliError(
      'no-service',
      'Say which service is meant.',
      'Add --service <name>, or --contract <file>.',
    )
  const { workspace, findings: opening } = await openWorkspace(cwd)
  if (!workspace.services.some(({ name }) => name === service)) {
    const names = workspace.services.map(({ name }) => name)
    throw new CliError(
      'no-such-service',
      `There is no service "${service}" here.`,
      didYouMean(service, names) ?? `Services: ${names.join(', ') || 'none'}.`,
    )
  }
  const contracts = await loadContracts(workspace)
  const mine = contracts.apis.filter(({ source }) => source.service === service)
  const place = (finding: Finding) => seenFrom(cwd, workspace.root, finding)
  const files = workspace.services.find(({ name }) => name === service)!.apiFiles
  const findings = contracts.findings.filter(({ file }) => file !== undefined && files.includes(file))
  const api = theApi(mine, service, findings)
  const own = await knownBeside(files, (file) => textIfThere(join(workspace.root, file)))
  return {
    api,
    title: service,
    findings: [...opening, ...[...findings, ...own.findings].map(place)],
    known: own.known,
    place,
    async start(starting) {
      const config = workspace.config.services[service]
      if (config?.baseUrl === undefined && config?.healthUrl === undefined)
        throw new CliError(
          'no-url',
          `Nothing says where ${service} runs.`,
          `Add --url http://127.0.0.1:8080, or "services": {"${service}": {"start": "…", "baseUrl": "…"}} to .speckit.config.json.`,
        )
      const client = new HttpClient(starting.signal)
      try {
        return await startService(service, await withPort(config), {
          root: workspace.root,
          client,
          ...starting,
        })
      } finally {
        client.close()
      }
    },
  }
}

function theApi(apis: readonly Api[], name: string, findings: readonly Finding[]): Api {
  const [api] = apis.toSorted((a, b) => b.operations.length - a.operations.length)
  if (api !== undefined && api.operations.length > 0) return api
  const [problem] = findings
  throw new CliError(
    'no-operations',
    `${name} has no OpenAPI contract with operations.${problem === undefined ? '' : ` ${problem.file}:${problem.line ?? 1}: ${problem.message}`}`,
    'Write contracts/api-spec.yaml, or give one with --contract.',
  )
}

async function textIfThere(path: string): Promise<string | undefined> {
  return existsSync(path) ? await readText(path) : undefined
}

async function knownBeside(files: readonly string[], read: (file: string) => Promise<string | undefined>) {
  const known: KnownFinding[] = []
  const findings: Finding[] = []
  for (const folder of new Set(files.map((file) => dirname(file))))
    for (const name of ['acknowledged.yaml', 'acknowledged.yml', 'acknowledged.json']) {
      const file = folder === '.' ? name : `${folder}/${name}`
      const text = await read(file)
      if (text === undefined) continue
      const own = knownFindingsIn(text, file)
      known.push(...own.known)
      findings.push(...own.findings)
    }
  return { known, findings }
}

function unusedFinding({ code, operation, until, file, line }: KnownFinding): Finding {
  const isOver = until < new Date().toISOString().slice(0, 10)
  return {
    code: 'verify-acknowledgement',
    severity: 'warning',
    message: isOver
      ? `The acknowledgement of ${code} at ${operation} ran out on ${until}.`
      : `Nothing was found that the acknowledgement of ${code} at ${operation} speaks of.`,
    hint: isOver ? 'Mend the service, or give it a later day.' : 'Take it out when the service is mended.',
    file,
    line,
  }
}

function givenValues(list: readonly string[]): KnownValues {
  const known = new KnownValues()
  for (const text of list) {
    const [name = '', value = ''] = text.split(/=(.*)/s)
    if (name === '' || value === '')
      throw new CliError(
        'bad-known',
        `--known needs a name and a value, not "${text}".`,
        'For example --known sku=CER-00042.',
      )
    known.give(name, value)
  }
  return known
}

function noOperations(api: Api, patterns: readonly string[]): CliError {
  const names = api.operations.map(({ operationId, method, path }) => operationId ?? `${method} ${path}`)
  return new CliError(
    'no-operations',
    `No operation fits ${patterns.join(', ')}.`,
    didYouMean(patterns[0] ?? '', names) ?? `Operations: ${names.slice(0, 10).join(', ')}.`,
  )
}

function checkedUrl(text: string, allowRemote: boolean): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new CliError(
      'bad-url',
      `--url needs an http or https address, not "${text}".`,
      'For example http://127.0.0.1:8080.',
    )
  const url = new URL(text)
  const isLocal = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (isLocal || allowRemote) return url
  throw new CliError(
    'remote-url',
    `${url.host} is not on this machine: requests would write and delete there.`,
    'Add --allow-remote if it is yours to test, and --read-only if nothing may change.',
  )
}

const POLL_MS = 100

/** Any answer will do: what it answers is looked at later. */
async function untilListening(
  origin: string,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<void> {
  const client = new HttpClient(signal)
  const until = performance.now() + waitMs
  try {
    for (;;) {
      try {
        await client.send({
          method: 'GET',
          url: new URL(origin),
          headers: [],
          body: undefined,
          timeoutMs: Math.max(1000, waitMs),
          insecure: true,
        })
        return
      } catch (error) {
        signal.throwIfAborted()
        const reason = error instanceof NoAnswer ? error.message : String(error)
        if (performance.now() >= until)
          throw new CliError(
            'service-not-answering',
            `The service does not answer: ${reason}.`,
            'Start it first, or give it longer with --wait <seconds>.',
          )
      }
      await sleep(POLL_MS, undefined, { signal })
    }
  } finally {
    client.close()
  }
}

/** Credentials are named, not told. */
function againCommand(
  options: {
    readonly service: string | undefined
    readonly contract: string | undefined
    readonly seed: string
    readonly 'max-examples': string
    readonly auth: readonly string[]
    readonly header: readonly string[]
    readonly known: readonly string[]
    readonly 'read-only': boolean
    readonly 'allow-remote': boolean
  },
  url: URL,
): string {
  const parts = ['specify verify']
  if (options.contract !== undefined) parts.push(`--contract ${options.contract}`)
  else parts.push(`--service ${options.service ?? ''}`)
  parts.push(`--url ${url.href.replace(/\/$/, '')}`, `--seed ${options.seed}`)
  if (options['max-examples'] !== '25') parts.push(`--max-examples ${options['max-examples']}`)
  for (const known of options.known) parts.push(`--known '${known}'`)
  for (const header of options.header) parts.push(`--header '${header.split(':')[0]}: …'`)
  for (const scheme of options.auth) parts.push(`--auth ${scheme.split('=')[0]}=…`)
  if (options['read-only']) parts.push('--read-only')
  if (options['allow-remote']) parts.push('--allow-remote')
  return parts.join(' ')
}

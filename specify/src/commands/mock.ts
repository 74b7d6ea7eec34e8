import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { loadFileMock, loadWorkspaceMocks, type LoadedMocks, type MockSettings } from '../mock/load-mocks.ts'
import type { MockEvent } from '../mock/changes.ts'
import { eventLine } from '../mock/mock-workspace.ts'
import { serveMocks, type MockServer } from '../mock/serve-mocks.ts'
import { watchFiles } from '../mock/watch-files.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'

export const mock = command({
  name: 'mock',
  summary: 'Answer as the services will, from their contracts and the examples of their scenarios',
  description: `Answers come from the contract's examples, else from its schemas, and are valid by them. What a scenario asks in full it
gets as the scenario says. What is created can be read, listed, changed and deleted; what is deleted is gone. Requests that
break the contract are refused as problem details with the place and the reason. The same seed gives the same answers.

One service stands at the root; several stand under their names (/order-service/…), which may be left out where only one
contract has the path, or on a port each. A request can ask for an answer: "Prefer: code=404", "Prefer: example=empty", "Prefer: dynamic=true". Events that changes set off are sent to
whoever listens at /_mock/events, and written to --events; /_mock/requests lists a request for every operation. When a contract or spec changes, the mocks begin anew.`,
  args: '[folder | contract]',
  options: {
    service: {
      type: 'string',
      placeholder: 'name',
      multiple: true,
      summary: 'Only this service, at the root; several under their names',
    },
    all: {
      type: 'boolean',
      summary: 'Every service under its name, which is what happens without --service',
    },
    port: {
      type: 'string',
      placeholder: 'number',
      default: '4010',
      summary: 'Where to listen; 0 for any free port',
    },
    'port-each': { type: 'boolean', summary: 'A port for each service, counted up from --port' },
    host: {
      type: 'string',
      placeholder: 'address',
      default: '127.0.0.1',
      summary: 'The address to listen on',
    },
    seed: {
      type: 'string',
      placeholder: 'text',
      default: '1',
      summary: 'Other values, the same for the same seed',
    },
    dynamic: { type: 'boolean', summary: 'New values for every answer, never the examples' },
    latency: {
      type: 'string',
      placeholder: 'ms',
      default: '0',
      summary: 'How long answers take: 50, or 50-200 for something between',
    },
    faults: {
      type: 'string',
      placeholder: 'percent',
      default: '0',
      summary: 'How many of a hundred answers fail: 500, 503, or a broken connection',
    },
    events: {
      type: 'string',
      placeholder: 'file',
      file: true,
      summary: 'Write events to this file, one JSON document on each line; - for stderr',
    },
  },
  examples: [
    {
      run: 'specify mock',
      does: 'Mock every service of the workspace: http://127.0.0.1:4010/order-service/…',
    },
    { run: 'specify mock --service order-service --port 8103', does: 'Mock one service at the root' },
    { run: 'specify mock contracts/api-spec.yaml --latency 50-200', does: 'Mock one contract, slowly' },
    {
      run: 'specify mock --port-each --events events.ndjson',
      does: 'A port for each service, events to a file',
    },
  ],

  async run({ args, options, cwd, signal, say, announce }) {
    const port = wholeNumber(options.port, '--port', { max: 65_535 })
    const latencyMs = latencyOf(options.latency)
    const faultPercent = wholeNumber(options.faults, '--faults', { max: 100 })
    const servers: MockServer[] = []
    const events = eventWriter(options.events, cwd, say)
    const settings: MockSettings = {
      seed: options.seed,
      isDynamic: options.dynamic,
      onEvent: (event) => {
        for (const server of servers) server.tell(event)
        events.write(event)
      },
    }
    const load = () => loadMocks(cwd, args[0], options.service, settings)
    const { mocks, findings, isFile } = await load()
    if (mocks.services.length === 0)
      return { data: { services: [] }, findings, text: () => 'No contract could be read.' }
    const isPrefixed = !options['port-each'] && (mocks.services.length > 1 || options.all)
    const groups = options['port-each'] ? mocks.services.map((each) => [each]) : [mocks.services]
    try {
      for (const [i, services] of groups.entries())
        servers.push(
          await serveMocks({
            services,
            port: port === 0 ? 0 : port + i,
            host: options.host,
            isPrefixed,
            latencyMs,
            faultPercent,
            seed: options.seed,
          }),
        )
      const host = options.host.includes(':') ? `[${options.host}]` : options.host
      const listed = mocks.services.map(({ name }, i) => ({
        name,
        url: `http://${host}:${(servers[i] ?? servers[0]!).port}${isPrefixed ? `/${name}` : ''}`,
      }))
      announce({
        data: {
          services: listed,
          operations: mocks.operations,
          scenarioExamples: mocks.scenarioExamples,
          events: `http://${host}:${servers[0]!.port}/_mock/events`,
        },
        findings,
        text: () => startText(listed, mocks, isFile),
      })
      watchFiles(mocks.files, signal, () => void renew(load, servers, { isEach: options['port-each'], say }))
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      await Promise.all(servers.map((server) => server.close()))
      await events.end()
    }
    return { data: {}, findings: [], text: () => '' }
  },
})

/** A contract that cannot be read while somebody writes it leaves the mocks as they are. */
async function renew(
  load: () => Promise<{ readonly mocks: LoadedMocks }>,
  servers: readonly MockServer[],
  { isEach, say }: { readonly isEach: boolean; readonly say: (line: string) => void },
): Promise<void> {
  try {
    const { services, findings } = (await load()).mocks
    if (services.length === 0 || findings.length > 0) {
      say(`The mocks stay as they were: ${findings[0]?.message ?? 'there is no contract any more.'}`)
      return
    }
    for (const [i, server] of servers.entries()) server.replace(isEach ? services.slice(i, i + 1) : services)
    say('A contract or spec changed: the mocks begin anew.')
  } catch (error) {
    say(`The mocks stay as they were: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function startText(
  services: readonly { readonly name: string; readonly url: string }[],
  { operations, scenarioExamples }: LoadedMocks,
  isFile: boolean,
): string {
  const width = Math.max(...services.map(({ name }) => name.length))
  const lines = services.map(({ name, url }) => `${name.padEnd(width)}  ${url}`)
  const examples = isFile ? '' : `, ${scenarioExamples} examples from scenarios`
  return [...lines, `${operations} operations${examples}. Ctrl-C ends it.`].join('\n')
}

async function loadMocks(
  cwd: string,
  typed: string | undefined,
  names: readonly string[],
  settings: MockSettings,
): Promise<{ mocks: LoadedMocks; findings: Finding[]; isFile: boolean }> {
  const place = resolve(cwd, typed ?? '.')
  const info = await stat(place).catch(() => undefined)
  if (info === undefined) throw new CliError('no-such-path', `There is no "${typed}" here.`)
  if (info.isFile()) {
    const folder = dirname(place)
    const mocks = await loadFileMock(folder, basename(place), settings)
    return { mocks, findings: mocks.findings.map((each) => seenFrom(cwd, folder, each)), isFile: true }
  }
  const { workspace, findings } = await openWorkspace(cwd, typed)
  const mocks = await loadWorkspaceMocks(workspace, names, settings)
  const own = mocks.findings.map((each) => seenFrom(cwd, workspace.root, each))
  return { mocks, findings: [...findings, ...own], isFile: false }
}

function latencyOf(text: string): [number, number] {
  const parts = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text)
  const min = Number(parts?.[1])
  const max = Number(parts?.[2] ?? parts?.[1])
  if (parts === null || max < min)
    throw new CliError('bad-number', `--latency needs milliseconds, not "${text}".`, 'Write 50, or 50-200.')
  return [min, max]
}

type EventWriter = { write(event: MockEvent): void; end(): Promise<void> }

function eventWriter(file: string | undefined, cwd: string, say: (line: string) => void): EventWriter {
  if (file === undefined) return { write: () => {}, end: async () => {} }
  if (file === '-') return { write: (event) => say(eventLine(event)), end: async () => {} }
  const stream = createWriteStream(resolve(cwd, file))
  stream.on('error', (error) => say(`Events cannot be written to ${file}: ${error.message}`))
  return {
    write: (event) => stream.write(`${eventLine(event)}\n`),
    end: () => new Promise((done) => stream.end(() => done())),
  }
}

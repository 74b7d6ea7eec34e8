import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { loadContracts } from '../contracts/load-contracts.ts'
import type { Contracts } from '../contracts/model.ts'
import { keepLastRun } from '../portal/last-run.ts'
import { withMocks } from '../mock/mock-workspace.ts'
import { builtinVariables } from '../scenarios/builtins.ts'
import { checkScenarios } from '../scenarios/check-scenarios.ts'
import { chooseScenarios, type NamedScenario } from '../scenarios/choose-scenarios.ts'
import { parseVariable } from '../scenarios/hurl/read-options.ts'
import { EvaluationProblem, type HurlValue } from '../scenarios/hurl/value.ts'
import { readSpecs } from '../scenarios/read-specs.ts'
import { countOutcomes, failureFindings, reportJunit, reportText } from '../scenarios/report.ts'
import { loadFindings, loadText } from '../scenarios/load/report-load.ts'
import { reportHtml } from '../scenarios/report-html.ts'
import { runScenarios } from '../scenarios/run-scenarios.ts'
import { suggestBlocks, withDrafts } from '../scenarios/suggest/suggest-blocks.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import { openWorkspace, seenFrom } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import { readText } from '../workspace/read-text.ts'

export const test = command({
  name: 'test',
  summary: 'Run the scenarios of the specs against the real service',
  description: `A scenario is run by the blocks below it: \`hurl\` sends requests and checks the answers, \`console\` runs commands
in a throw-away folder, \`event\` publishes events and waits for those of others ("events": {"bus": "…"} in the config
says through what; without it they are only checked against their contracts). Before anything runs, every block is held
against the contracts; --check stops there. Scenarios without a block are listed as unbound and never count as passed.

Requests go to --base-url, or to what .speckit.config.json says: "services": {"order-service": {"start": "…",
"healthUrl": "…", "baseUrl": "…"}}, else "baseUrl". A service with "start" is started and stopped; {port} in its
settings becomes a free port, passed as PORT, too.

Scenarios that ask the same address run one after the other, in the order of the specs: what one leaves behind cannot
disturb another that runs at the same moment. Stories that share no data say so: --independent, or "independent": true
in the config of their service. Different services are always asked side by side.

With --load a success criterion with numbers ("p95 < 200 ms", "≥ 50 req/s", "under 2 seconds", "error rate below 1 %")
is held against the scenarios bound to it: those it names (US1, US1.2), and those whose blocks hold a comment "# SC-001".
They run over and over for --load-seconds; the ratio of failed runs counts, too. Criteria bound to nothing are unbound.

Variables of every scenario, new for each, beside its captures and {{name-of-a-service}} for that service's address:
${Object.entries(builtinVariables)
  .map(([name, what]) => `  {{${name}}}`.padEnd(16) + what)
  .join('\n')}
Hurl's own functions: {{newUuid}} and {{newDate}}, new at every use.`,
  args: '[path]',
  options: {
    'base-url': { type: 'string', placeholder: 'url', summary: 'Where all requests go; nothing is started' },
    mock: { type: 'boolean', summary: 'Ask mocks made from the contracts instead of the services' },
    service: { type: 'string', placeholder: 'name', summary: 'Only the scenarios of this service' },
    scenario: {
      type: 'string',
      placeholder: 'id',
      multiple: true,
      summary: 'Only this scenario, story or feature: order-service/001#US1.2, US1.2, US1',
    },
    jobs: {
      type: 'string',
      placeholder: 'number',
      default: '4',
      summary: 'Services asked at the same time; with --independent, stories',
    },
    independent: {
      type: 'boolean',
      summary: 'Stories share no data: those of one service run at the same time, too',
    },
    junit: {
      type: 'string',
      placeholder: 'file',
      file: true,
      summary: 'Write the results as JUnit XML, too',
    },
    html: {
      type: 'string',
      placeholder: 'file',
      file: true,
      summary: 'Write the results as one page for a browser, too',
    },
    load: {
      type: 'boolean',
      summary: 'Hold success criteria with numbers against the scenarios bound to them, too',
    },
    'load-seconds': {
      type: 'string',
      placeholder: 'number',
      default: '10',
      summary: 'How long the load of each criterion lasts',
    },
    'load-users': {
      type: 'string',
      placeholder: 'number',
      default: '8',
      summary: 'Scenarios under way at the same time in a load',
    },
    check: { type: 'boolean', summary: 'Only hold the blocks against the contracts; run nothing' },
    suggest: {
      type: 'boolean',
      summary: 'Draft blocks for unbound scenarios from the contracts; print them, run nothing',
    },
    write: {
      type: 'boolean',
      summary: 'With --suggest: put the drafts below their scenarios; each skips itself until you read it',
    },
    variable: {
      type: 'string',
      placeholder: 'name=value',
      multiple: true,
      summary: 'Set a variable for every scenario',
    },
    'health-timeout': {
      type: 'string',
      placeholder: 'seconds',
      default: '60',
      summary: 'How long a started service may take to answer',
    },
  },
  examples: [
    { run: 'specify test', does: 'Run every scenario of the feature or workspace you are in' },
    { run: 'specify test --check', does: 'Hold the scenarios against the contracts without running them' },
    {
      run: 'specify test --service order-service --base-url http://127.0.0.1:8103',
      does: 'Ask a running service',
    },
    { run: 'specify test --suggest', does: 'Draft blocks for scenarios that have none' },
    { run: 'specify test --scenario order-service/001#US1.2', does: 'Run one scenario' },
  ],

  async run({ args, options, cwd, env, signal, progress, say }) {
    const startedAt = performance.now()
    const jobs = wholeNumber(options.jobs, '--jobs', { min: 1, max: 256 })
    const healthTimeoutMs = wholeNumber(options['health-timeout'], '--health-timeout', { min: 1 }) * 1000
    const loadOptions = {
      seconds: wholeNumber(options['load-seconds'], '--load-seconds', { min: 1, max: 3600 }),
      users: wholeNumber(options['load-users'], '--load-users', { min: 1, max: 1000 }),
    }
    const baseUrl = options['base-url'] === undefined ? undefined : checkedUrl(options['base-url'])
    const variables = readVariables(options.variable)

    const { workspace, findings: opening } = await openWorkspace(cwd, args[0])
    const features = await chosenFeatures(workspace, { cwd, env, path: args[0], service: options.service })
    const { specs, findings: reading } = await readSpecs(workspace, features)
    const scenarios = chooseScenarios(specs, options.scenario)
    const contracts = await loadContracts(workspace)
    const checked = checkChosen(workspace, scenarios, contracts, variables)
    const before: Finding[] = [
      ...opening,
      ...[...reading, ...checked].map((each) => seenFrom(cwd, workspace.root, each)),
    ]
    if (options.suggest)
      return await suggestResult(workspace, scenarios, contracts, {
        write: options.write,
        seen: (file) => pathFrom(cwd, workspace.root, file),
      })
    if (options.check) return checkResult(scenarios, before, (file) => pathFrom(cwd, workspace.root, file))
    if (scenarios.length === 0)
      throw new CliError(
        'no-scenarios',
        'There are no scenarios here.',
        'Write one in spec.md: **Given** …, **When** …, **Then** …',
      )

    const task = progress.start('test', scenarios.length, 'scenarios')
    let done = 0
    const runIn = (place: Workspace) =>
      runScenarios(place, scenarios, {
        baseUrl,
        variables,
        jobs,
        independent: options.independent,
        ...(options.load && { load: loadOptions }),
        versionOfEvent: (eventType) =>
          contracts.eventFiles.flatMap(({ events }) => events).find((event) => event.eventType === eventType)
            ?.version,
        healthTimeoutMs,
        env,
        signal,
        say,
        onResult: () => task.update(++done),
      })
    const {
      results: ran,
      load,
      crashes,
    } = options.mock ? await withMocks(workspace, '1', runIn) : await runIn(workspace)
    task.finish()
    // What mocks answer proves nothing about the service.
    if (workspace.config.cache !== false && !options.mock)
      keepLastRun(workspace.root, { at: new Date().toISOString(), results: ran })
    const results = ran.map((result) => ({ ...result, file: pathFrom(cwd, workspace.root, result.file) }))
    if (options.junit !== undefined) {
      await writeFileAtomic(resolve(cwd, options.junit), reportJunit(results))
    }
    const durationMs = performance.now() - startedAt
    const measured = load.map((each) => ({ ...each, file: pathFrom(cwd, workspace.root, each.file) }))
    if (options.html !== undefined)
      await writeFileAtomic(
        resolve(cwd, options.html),
        reportHtml({ results, load: measured, durationMs, at: new Date() }),
      )
    return {
      data: {
        counts: countOutcomes(results),
        durationMs: Math.round(durationMs),
        scenarios: results,
        ...(options.load && { load: measured }),
      },
      findings: [
        ...before,
        ...crashes.map(crashFinding),
        ...failureFindings(results),
        ...loadFindings(measured),
      ],
      text: () =>
        [reportText(results, durationMs), ...(measured.length > 0 ? [loadText(measured)] : [])].join('\n\n'),
    }
  },
})

function crashFinding(message: string): Finding {
  return {
    code: 'service-crashed',
    severity: 'error',
    message,
    hint: 'The scenarios it did not answer failed for this reason.',
  }
}

async function chosenFeatures(
  workspace: Workspace,
  {
    service,
    ...where
  }: {
    readonly cwd: string
    readonly env: Readonly<Record<string, string | undefined>>
    readonly path: string | undefined
    readonly service: string | undefined
  },
): Promise<readonly Feature[]> {
  if (where.path !== undefined && !existsSync(resolve(where.cwd, where.path)))
    throw new CliError('no-such-path', `There is no "${where.path}" here.`)
  if (service === undefined) return await chooseFeatures(workspace, where)
  const found = workspace.services.find(({ name }) => name === service)
  if (found !== undefined) return found.features
  const names = workspace.services.map(({ name }) => name)
  throw new CliError(
    'no-such-service',
    `There is no service "${service}" here.`,
    didYouMean(service, names) ?? `Services: ${names.join(', ') || 'none'}.`,
  )
}

function checkChosen(
  workspace: Workspace,
  scenarios: readonly NamedScenario[],
  contracts: Contracts,
  variables: ReadonlyMap<string, HurlValue>,
): Finding[] {
  const specs = [...new Set(scenarios.map(({ spec }) => spec))]
  const chosen = new Set(scenarios.map(({ scenario }) => scenario))
  const narrowed = specs.map((spec) => ({
    ...spec,
    stories: spec.stories.map((story) => ({
      ...story,
      scenarios: story.scenarios.filter((scenario) => chosen.has(scenario)),
    })),
  }))
  return [
    ...contracts.findings,
    ...checkScenarios(workspace, narrowed, contracts, { variables: variables.keys() }),
  ]
}

function checkResult(
  scenarios: readonly NamedScenario[],
  findings: readonly Finding[],
  seen: (file: string) => string,
) {
  const rows = scenarios.map(({ id, spec, scenario }) => ({
    id,
    file: seen(spec.file),
    line: scenario.line,
    blocks: scenario.blocks.length,
  }))
  const bound = rows.filter(({ blocks }) => blocks > 0).length
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return {
    data: { scenarios: rows, counts: { bound, unbound: rows.length - bound } },
    findings,
    text: () =>
      [
        ...(errors === 0 ? [`✅ ${counted(bound, 'scenario fits', 'scenarios fit')} the contracts`] : []),
        ...(rows.length > bound
          ? [`○  ${counted(rows.length - bound, 'scenario is', 'scenarios are')} unbound (no block to run)`]
          : []),
      ].join('\n'),
  }
}

async function suggestResult(
  workspace: Workspace,
  scenarios: readonly NamedScenario[],
  contracts: Contracts,
  { write, seen }: { readonly write: boolean; readonly seen: (file: string) => string },
) {
  const { drafts, without } = suggestBlocks(scenarios, contracts)
  if (write)
    for (const [file, list] of Map.groupBy(drafts, ({ file }) => file)) {
      const path = join(workspace.root, file)
      await writeFileAtomic(path, withDrafts(await readText(path), list))
    }
  const shown = drafts.map(({ endLine: _endLine, ...draft }) => ({ ...draft, file: seen(draft.file) }))
  return {
    data: { drafts: shown, without, written: write },
    findings: [],
    text: () =>
      [
        ...shown.map(({ id, file, line, operation, block }) =>
          write
            ? `${id}  ${file}:${line}  ${operation}`
            : `${id}  ${file}:${line}  ${operation}\n\n${block}\n`,
        ),
        ...(without.length === 0
          ? []
          : contracts.apis.length === 0
            ? [
                `There is no contract to draft from: ${counted(without.length, 'scenario stays', 'scenarios stay')} unbound`,
              ]
            : [`No operation fits the words of: ${without.join(', ')}`]),
        `${counted(shown.length, 'draft', 'drafts')} ${write ? 'written: each skips itself, and counts as unbound, until you read it' : 'printed; --write puts them below their scenarios'}`,
      ].join('\n'),
  }
}

function readVariables(list: readonly string[]): Map<string, HurlValue> {
  try {
    return new Map(list.map(parseVariable))
  } catch (error) {
    if (!(error instanceof EvaluationProblem)) throw error
    throw new CliError('bad-variable', `--variable: ${error.message}.`, 'Write --variable token=abc.')
  }
}

function checkedUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new CliError(
    'bad-url',
    `--base-url needs an http or https address, not "${text}".`,
    'For example http://127.0.0.1:8080.',
  )
}

function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

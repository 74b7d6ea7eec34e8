// Runs every case of hurl-cases.ts with our runner and, when it is installed, with the real Hurl, and writes where the
// two differ into hurl.md:
//
//   node scripts/node24.js specify/conformance/hurl.ts [path of the hurl program] [--write]

import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CookieJar } from '../src/scenarios/hurl/cookie-jar.ts'
import { HttpClient } from '../src/scenarios/hurl/http-client.ts'
import type { Entry } from '../src/scenarios/hurl/model.ts'
import { parseHurl } from '../src/scenarios/hurl/parse.ts'
import { runEntry } from '../src/scenarios/hurl/run-entry.ts'
import { EvaluationProblem, type HurlValue } from '../src/scenarios/hurl/value.ts'
import { hurlCases, hurlFiles, type HurlCase } from './hurl-cases.ts'
import { startHurlServer } from './hurl-server.ts'

export type Verdict = { readonly outcome: HurlCase['outcome']; readonly at?: string; readonly why?: string }

/** What our runner makes of a case. */
export async function judgeByUs(text: string, port: number, client: HttpClient): Promise<Verdict> {
  const { entries, problems } = parseHurl(text)
  const [problem] = problems
  if (problem !== undefined)
    return { outcome: 'refused', at: `${problem.at.line}:${problem.at.column}`, why: problem.message }
  return await runEntries(entries, port, client)
}

async function runEntries(entries: readonly Entry[], port: number, client: HttpClient): Promise<Verdict> {
  const session = {
    variables: new Map<string, HurlValue>(Object.entries(givenVariables(port))),
    cookies: new CookieJar(),
    secrets: new Set<string>(),
    client,
    signal: new AbortController().signal,
    readFile: (path: string) => {
      const text = hurlFiles[path]
      if (text === undefined) throw new EvaluationProblem(`there is no file ${path} beside the spec`)
      return Buffer.from(text)
    },
  }
  for (const entry of entries) {
    const { outcome, failures } = await runEntry(entry, session)
    const [failure] = failures
    if (outcome === 'failed')
      return {
        outcome: 'fails',
        at: `${failure?.at.line}:${failure?.at.column}`,
        why: `${failure?.message} expected ${failure?.expected} actual ${failure?.actual}`,
      }
  }
  return { outcome: 'passes' }
}

function givenVariables(port: number): Record<string, string | number> {
  return { base: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, port, title: 'Ada Lovelace', age: 36 }
}

/** What the real program makes of it: exit code 2 is a file it cannot read, 3 and 4 a run that fails. */
async function judgeByHurl(program: string, folder: string, text: string, port: number): Promise<Verdict> {
  const file = join(folder, 'case.hurl')
  writeFileSync(file, text)
  const given = Object.entries(givenVariables(port)).flatMap(([name, value]) => [
    '--variable',
    `${name}=${value}`,
  ])
  try {
    await promisify(execFile)(program, ['--no-color', '--no-output', '--file-root', folder, ...given, file], {
      timeout: 20_000,
    })
    return { outcome: 'passes' }
  } catch (error) {
    const { code, stderr } = error as { code?: number; stderr?: string }
    const at = /case\.hurl:(\d+:\d+)/.exec(stderr ?? '')?.[1]
    const why = /^error: (.*)$/m.exec(stderr ?? '')?.[1] ?? `exit code ${code}`
    return { outcome: code === 2 ? 'refused' : 'fails', ...(at !== undefined && { at }), why }
  }
}

async function main(program: string | undefined, write: boolean): Promise<void> {
  const version = program === undefined ? undefined : versionOf(program)
  const folder = mkdtempSync(join(tmpdir(), 'specify-hurl-'))
  for (const [name, text] of Object.entries(hurlFiles)) writeFileSync(join(folder, name), text)
  const ours = await startHurlServer()
  const client = new HttpClient(new AbortController().signal)
  const rows: string[] = []
  const reasons: string[] = []
  const places: string[] = []
  let asWritten = 0
  const byUs: Verdict[] = []
  for (const { title, text, outcome } of hurlCases) {
    const verdict = await judgeByUs(text, ours.port, client)
    byUs.push(verdict)
    if (verdict.outcome === outcome) asWritten++
    else
      rows.push(
        `table: ${title}: expected ${outcome}, ours ${verdict.outcome} at ${verdict.at}: ${verdict.why}`,
      )
  }
  client.close()
  ours.stop()
  const theirs = await startHurlServer()
  let agreed = 0
  let samePlace = 0
  let refusals = 0
  if (program !== undefined && version !== undefined)
    for (const [i, each] of hurlCases.entries()) {
      const { title, text, because } = each
      const real = await judgeByHurl(program, folder, text, theirs.port)
      const our = byUs[i]!
      if (real.outcome === our.outcome) agreed++
      else if (because !== undefined)
        reasons.push(`- ${title}: Hurl ${real.outcome}, ours ${our.outcome}. ${because}`)
      else
        rows.push(
          `- \`${title.replaceAll('\n', '⏎')}\`: Hurl ${real.outcome} (${real.why ?? ''}), ours ${our.outcome} (${our.why ?? ''})`,
        )
      if (real.outcome !== 'refused' || our.outcome !== 'refused') continue
      refusals++
      if (real.at === our.at) samePlace++
      else places.push(`- ${title}: Hurl ${real.at} (${real.why}), ours ${our.at} (${our.why})`)
    }
  theirs.stop()
  rmSync(folder, { recursive: true, force: true })
  const head = [
    `${hurlCases.length} cases, ${asWritten} as the table says with our runner.`,
    version === undefined
      ? 'The real Hurl is not installed: name its program to compare.'
      : `${agreed} of ${hurlCases.length} as ${version} decides; ${samePlace} of ${refusals} refusals at the same line and column.`,
  ]
  process.stdout.write(`${[...head, '', ...reasons, '', ...rows].join('\n')}\n`)
  if (write) {
    const page = join(import.meta.dirname, 'hurl.md')
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(
      page,
      [
        '# Beside the real Hurl',
        '',
        `Written by \`hurl.ts\` on ${date}.`,
        '',
        ...head,
        '',
        '## Differences with a reason',
        '',
        ...reasons,
        '',
        '## Refused at another place',
        '',
        'What is not closed is shown where it begins, not where the reader noticed.',
        '',
        ...places,
        '',
        '## Other differences',
        '',
        ...(rows.length === 0 ? ['None.'] : rows),
        '',
      ].join('\n'),
    )
  }
}

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).split(/\s+/).slice(0, 2).join(' ')
  } catch {
    return undefined
  }
}

if (process.argv[1] === import.meta.filename)
  await main(
    process.argv.slice(2).find((each) => !each.startsWith('--')),
    process.argv.includes('--write'),
  )

import { countFindings } from '@specwright/cli/finding.ts'
import { fullness } from '../../context/token-ledger.ts'
import { html, nothing, type Html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import {
  bar,
  counted,
  empty,
  grouped,
  legend,
  levelShares,
  moment,
  outcomeMark,
  outcomeShares,
  placeLink,
  severityMark,
  type Share,
} from '../parts.ts'
import { scenariosOf } from '../scenario-rows.ts'
import { featureTable } from './features.ts'

const MOST_FINDINGS = 6
const MOST_FEATURES = 10

/** How the workspace is, at a glance, and what to look at first. */
export function overviewPage(view: View): Page {
  const { portal, to } = view
  const { catalog, features, graph, findings, tokens, run } = portal
  const requirements = features.flatMap((feature) => feature.requirements)
  const tasks = features.flatMap(({ documents }) => documents.tasks?.tasks ?? [])
  const done = tasks.filter(({ isDone }) => isDone).length
  const outcomes = features.flatMap((feature) => scenariosOf(view, feature).map(({ outcome }) => outcome))
  const failed = outcomes.filter((one) => one === 'failed').length
  const counts = countFindings(findings)
  const worst = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ]
  const open = features.toSorted((a, b) => openness(b) - openness(a))
  const lede = [
    counted(catalog.services.length, 'service'),
    counted(graph.operations.length, 'operation'),
    counted(portal.addresses.event.size, 'event'),
    counted(features.length, 'feature'),
    counted(requirements.length, 'requirement'),
  ]
  const findingShares: Share[] = [
    { kind: 'error', label: 'errors', count: counts.errors },
    { kind: 'warning', label: 'warnings', count: counts.warnings },
    { kind: 'info', label: 'remarks', count: counts.infos },
  ]
  return {
    title: portal.name,
    section: 'index.html',
    body: html`<p class="lede">${lede.join(', ')}.</p>
<div class="tiles">
${tile('Proof', to('proof.html'), share(requirements.filter(({ level }) => level === 'test-exists' || level === 'test-ran' || level === 'scenario-passed').length, requirements.length), 'of requirements have a test or scenario', levelShares(requirements))}
${tile('Scenarios', to('scenarios.html'), run === undefined ? grouped(outcomes.filter((one) => one !== 'unbound').length) : share(outcomes.filter((one) => one === 'passed').length, outcomes.length), run === undefined ? html`of ${grouped(outcomes.length)} can run; none ran yet` : html`passed, last run ${moment(run.at)}`, outcomeShares(outcomes))}
${tile('Tasks', to('features.html'), share(done, tasks.length), 'are done', [
  { kind: 'passed', label: 'done', count: done },
  { kind: 'unbound', label: 'open', count: tasks.length - done },
])}
${tile('Findings', to('findings.html'), grouped(counts.errors + counts.warnings), counts.errors + counts.warnings === 0 ? 'all rules hold' : 'errors and warnings', findingShares)}
${tile('Token budget', to('budget.html'), grouped(tokens.total), html`tokens; the largest file has ${grouped(tokens.files[0]?.tokens ?? 0)} (${fullness(tokens.files[0]?.tokens ?? 0, tokens.window)})`, [])}
${tile('Dependencies', to('graph.html'), grouped(catalog.edges.length), html`between services: ${counted(catalog.edges.filter(({ kind }) => kind === 'calls').length, 'call')}, ${counted(catalog.edges.filter(({ kind }) => kind === 'events').length, 'event link')}`, [])}
</div>
<section aria-labelledby="attention"><h2 id="attention">Look at first</h2>
${failed > 0 && html`<p>${outcomeMark('failed')} <a href="${to('scenarios.html')}">${counted(failed, 'scenario')}</a> of the last run.</p>`}
${worst.length === 0 && failed > 0 ? nothing : worst.length === 0 ? empty('Nothing stands out.', 'No rule found an error or a warning in specs and contracts.') : html`<ul class="findings">${worst.slice(0, MOST_FINDINGS).map(({ severity, message, file, line, code }) => html`<li>${severityMark(severity)} <span>${message} ${file !== undefined && placeLink(view, file, line)} <a class="code" href="${to('findings.html')}?code=${code}">${code}</a></span></li>`)}</ul>${worst.length > MOST_FINDINGS && html`<p><a href="${to('findings.html')}">All ${grouped(worst.length)} errors and warnings</a></p>`}`}</section>
<section aria-labelledby="progress"><h2 id="progress">Features with the most left to do</h2>
${features.length === 0 ? empty('There is no feature yet.', html`Start one: <code>specify specify "what you want to build"</code>.`) : html`${featureTable(view, open.slice(0, MOST_FEATURES))}${features.length > MOST_FEATURES && html`<p><a href="${to('features.html')}">All ${grouped(features.length)} features</a></p>`}`}</section>`,
  }
}

function openness({ documents }: View['portal']['features'][number]): number {
  return documents.tasks?.tasks.filter(({ isDone }) => !isDone).length ?? 0
}

function tile(
  name: string,
  href: string,
  figure: string,
  about: Html | string,
  shares: readonly Share[],
): Html {
  const isShown = shares.some(({ count }) => count > 0)
  return html`<section class="tile"><h2><a href="${href}">${name}</a></h2><p class="figure">${figure}</p><p class="quiet">${about}</p>${isShown ? html`${bar(shares)}${legend(shares.filter(({ count }) => count > 0))}` : nothing}</section>`
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`
}

import { html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { bar, counted, empty, grouped, legend, moment, outcomeShares } from '../parts.ts'
import { runButton, scenarioItem, scenariosOf } from '../scenario-rows.ts'
import { featureLink } from './features.ts'

/** Beyond so many, those that passed are shown on the pages of their features only. */
const MOST_IN_FULL = 600

/** What ran, what failed and why, and what cannot run. */
export function scenariosPage(view: View): Page {
  const { portal, live } = view
  const groups = portal.features
    .map((feature) => ({ feature, scenarios: scenariosOf(view, feature) }))
    .filter(({ scenarios }) => scenarios.length > 0)
  const all = groups.flatMap(({ scenarios }) => scenarios)
  const shares = outcomeShares(all.map(({ outcome }) => outcome))
  const isMany = all.length > MOST_IN_FULL
  return {
    title: 'Scenarios',
    section: 'scenarios.html',
    body:
      all.length === 0
        ? empty(
            'There is no scenario yet.',
            html`A scenario is a numbered <b>Given</b>, <b>When</b>, <b>Then</b> below a user story of <code>spec.md</code>.`,
          )
        : html`<div class="run-bar"><p>${portal.run === undefined ? (live ? 'Nothing ran yet.' : html`Nothing ran yet: <code>specify serve</code> runs scenarios, or <code>specify test</code>.`) : html`Last run ${moment(portal.run.at)}.`} ${counted(all.length, 'scenario')}.</p>${runButton(
            '',
            all.some(({ scenario }) => scenario.blocks.length > 0),
            'Run all',
          )}<p class="run-state" role="status" data-run-state></p></div>
${bar(shares)}${legend(shares.filter(({ count }) => count > 0))}
${groups.map(({ feature, scenarios }) => {
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  const shown = isMany ? failed : scenarios
  const outcomes = scenarios.map(({ outcome }) => outcome)
  return html`<details class="group"${failed.length > 0 && html` open`}><summary><h2>${feature.title}</h2> <span class="quiet">${feature.name} · ${outcomes.filter((one) => one === 'passed').length}/${grouped(outcomes.length)} passed</span>${bar(outcomeShares(outcomes))}</summary><p class="more">${featureLink(view, feature)}</p>${shown.length > 0 && html`<ol class="scenarios">${shown.map((one) => scenarioItem(one))}</ol>`}${isMany && shown.length < scenarios.length && html`<p class="quiet">${counted(scenarios.length - shown.length, 'more')} on the page of the feature.</p>`}</details>`
})}`,
  }
}

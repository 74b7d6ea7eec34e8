import type { Scenario, Story } from '../spec/model.ts'
import type { ScenarioResult } from '../scenarios/scenario-result.ts'
import { html, nothing, type Html } from './html.ts'
import type { PortalFeature, View } from './model.ts'
import { outcomeMark, type Outcome } from './parts.ts'

export type ShownScenario = {
  /** `order-service/001#US1.2`. */
  readonly id: string
  readonly story: Story
  readonly scenario: Scenario
  readonly outcome: Outcome
  readonly result: ScenarioResult | undefined
}

/** The scenarios of a feature with what their last run said; those with nothing to run are unbound, run or not. */
export function scenariosOf(view: View, { name, documents }: PortalFeature): ShownScenario[] {
  const results = resultsOf(view)
  const stories = documents.spec?.spec.stories ?? []
  return stories.flatMap((story) =>
    story.scenarios.map((scenario): ShownScenario => {
      const id = `${name}#${scenario.id}`
      const result = results.get(id)
      const outcome = result?.outcome ?? (scenario.blocks.length === 0 ? 'unbound' : 'not run')
      return { id, story, scenario, outcome, result }
    }),
  )
}

const known = new WeakMap<object, ReadonlyMap<string, ScenarioResult>>()

function resultsOf({ portal: { run } }: View): ReadonlyMap<string, ScenarioResult> {
  if (run === undefined) return new Map()
  let results = known.get(run)
  if (results === undefined) known.set(run, (results = new Map(run.results.map((each) => [each.id, each]))))
  return results
}

/** One scenario: its steps, its blocks to open, and why it failed. */
export function scenarioItem({ id, scenario, outcome, result }: ShownScenario, anchorId?: string): Html {
  return html`<li${anchorId !== undefined && html` id="${anchorId}"`} class="scenario"><div class="scenario-head"><code class="id">${scenario.id}</code>${outcomeMark(outcome)}${result !== undefined && result.outcome !== 'unbound' && html`<span class="quiet">${Math.round(result.durationMs)} ms</span>`}${runButton(id, scenario.blocks.length > 0)}</div>
<p class="steps">${scenario.steps.map(({ keyword, text }) => html`<span><b>${keyword}</b> ${text}</span> `)}</p>
${outcome === 'unbound' && html`<p class="quiet">${result?.reason ?? 'Prose only: nothing below it can run.'}</p>`}
${result?.failures.map((failure) => html`<div class="failure"><p>${failure.message} <span class="quiet">line ${failure.line}</span></p>${(failure.expected ?? failure.actual) !== undefined && html`<dl class="pair">${failure.expected !== undefined && html`<dt>expected</dt><dd><code>${failure.expected}</code></dd>`}${failure.actual !== undefined && html`<dt>actual</dt><dd><code>${failure.actual}</code></dd>`}</dl>`}${failure.reproduce !== undefined && html`<pre tabindex="0" data-copy><code>${failure.reproduce}</code></pre>`}${failure.answer !== undefined && html`<details><summary>Answer</summary><pre tabindex="0"><code>${failure.answer}</code></pre></details>`}</div>`)}
${scenario.blocks.map(({ language, text }) => html`<details class="block"><summary>${language}</summary><pre tabindex="0"><code>${text}</code></pre></details>`)}</li>`
}

/** Shown by the page's script where somebody can run scenarios. */
export function runButton(wanted: string, isRunnable: boolean, label = 'Run'): Html {
  return isRunnable
    ? html`<button type="button" class="run" data-run="${wanted}" aria-label="${label} ${wanted}" hidden>${label}</button>`
    : nothing
}

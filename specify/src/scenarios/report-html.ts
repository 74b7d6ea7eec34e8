import { countOutcomes } from './report.ts'
import { describeMeasure } from './load/report-load.ts'
import type { LoadResult } from './load/run-load.ts'
import type { ScenarioFailure, ScenarioResult } from './scenario-result.ts'

export type HtmlReport = {
  readonly results: readonly ScenarioResult[]
  readonly load: readonly LoadResult[]
  readonly durationMs: number
  readonly at: Date
}

/** The results as one page that needs nothing else: no script, no font, no network. Light and dark by the reader's choice. */
export function reportHtml({ results, load, durationMs, at }: HtmlReport): string {
  const { passed, failed, unbound } = countOutcomes(results)
  const verdict = failed > 0 ? `${failed} failed` : 'No scenario failed'
  const features = [...Map.groupBy(results, ({ id }) => id.split('#')[0] ?? id)]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(verdict)} of ${results.length} scenarios</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escape(verdict)}</h1>
<p><time datetime="${at.toISOString()}">${escape(at.toISOString().slice(0, 16).replace('T', ' '))} UTC</time>, ${(durationMs / 1000).toFixed(1)} s</p>
<ul class="counts">
<li class="passed">${passed} passed</li>
<li class="failed">${failed} failed</li>
<li class="unbound">${unbound} unbound</li>
</ul>
</header>
<main>
${failed > 0 ? failedFirst(results) : ''}
${load.length > 0 ? loadSection(load) : ''}
<section aria-labelledby="all">
<h2 id="all">All scenarios</h2>
${features.map(([feature, list]) => featureTable(feature, list)).join('\n')}
</section>
</main>
</body>
</html>
`
}

function failedFirst(results: readonly ScenarioResult[]): string {
  const failed = results.filter(({ outcome }) => outcome === 'failed')
  return `<section aria-labelledby="failures">
<h2 id="failures">Failures</h2>
${failed
  .map(
    ({ id, title, file, failures }) => `<article id="${anchor(id)}" aria-labelledby="${anchor(id)}-title">
<h3 id="${anchor(id)}-title">${escape(id)}</h3>
<p>${escape(title)}</p>
${failures.map((failure) => failureBlock(failure, file)).join('\n')}
</article>`,
  )
  .join('\n')}
</section>`
}

function failureBlock(
  { message, line, column, expected, actual, reproduce, answer }: ScenarioFailure,
  file: string,
): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const rows = [
    ['expected', expected],
    ['actual', actual],
    ['answer', answer],
    ['again', reproduce],
  ] as const
  return `<p class="message"><code>${escape(place)}</code> ${escape(message)}</p>
<dl>
${rows.map(([name, value]) => (value === undefined ? '' : `<dt>${name}</dt><dd class="${name}"><pre tabindex="0">${escape(value)}</pre></dd>`)).join('')}
</dl>`
}

function loadSection(load: readonly LoadResult[]): string {
  return `<section aria-labelledby="load">
<h2 id="load">Success criteria</h2>
<table>
<thead><tr><th scope="col">Criterion</th><th scope="col">Outcome</th><th scope="col">Measured</th></tr></thead>
<tbody>
${load
  .map(
    ({ id, text, outcome, measures, reason }) =>
      `<tr class="${outcome}"><th scope="row">${escape(id)}<br><span>${escape(text)}</span></th><td>${outcome}</td><td>${escape([...measures.map(describeMeasure), ...(reason === undefined ? [] : [reason])].join(', '))}</td></tr>`,
  )
  .join('\n')}
</tbody>
</table>
</section>`
}

function featureTable(feature: string, list: readonly ScenarioResult[]): string {
  return `<table>
<caption>${escape(feature)}</caption>
<thead><tr><th scope="col">Scenario</th><th scope="col">Outcome</th><th scope="col">Time</th></tr></thead>
<tbody>
${list.map(row).join('\n')}
</tbody>
</table>`
}

function row({ id, title, file, line, outcome, reason, durationMs }: ScenarioResult): string {
  const name = escape(id.slice(id.indexOf('#') + 1))
  const shown = outcome === 'failed' ? `<a href="#${anchor(id)}">failed</a>` : outcome
  const note = reason === undefined ? '' : ` <span>${escape(reason)}</span>`
  return `<tr class="${outcome}"><th scope="row">${name} <span>${escape(`${file}:${line}`)}</span><br>${escape(title)}</th><td>${shown}${note}</td><td class="time">${Math.round(durationMs)} ms</td></tr>`
}

function anchor(id: string): string {
  return `s-${id.replaceAll(/[^A-Za-z0-9]+/g, '-')}`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

// Colours hold 4.5:1 and more against their ground in both schemes; outcome is said in words, never by colour alone.
const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c2128, #e6e9ee); --ground: light-dark(#fff, #14181d); --soft: light-dark(#57606a, #9aa4b0);
  --line: light-dark(#d5dae0, #323a44); --panel: light-dark(#f5f7f9, #1c2229); --good: light-dark(#116329, #6fdd8b); --bad: light-dark(#a40e26, #ff9aa2); --open: light-dark(#7a4d00, #f2c46d) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
h1 { margin: 0; font-size: 1.75rem } h2 { margin: 2rem 0 .5rem; font-size: 1.25rem } h3 { margin: 0; font-size: 1rem }
header p, th span, td span { color: var(--soft); font-weight: 400 }
.counts { display: flex; flex-wrap: wrap; gap: 1.5rem; padding: 0; list-style: none; font-weight: 600 }
.passed td:nth-of-type(1), .met td:nth-of-type(1), li.passed { color: var(--good) }
.failed td:nth-of-type(1), .missed td:nth-of-type(1), li.failed { color: var(--bad) }
.unbound td:nth-of-type(1), li.unbound { color: var(--open) }
td a { color: inherit }
table { width: 100%; margin: 0 0 1.5rem; border-collapse: collapse } caption { padding: .5rem 0; text-align: start; font-weight: 600 }
th, td { padding: .4rem .5rem; border-block-start: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere }
tbody th { min-width: 6rem; font-weight: 400 } thead th { overflow-wrap: normal } td.time { white-space: nowrap }
article { margin: 0 0 1rem; padding: 1rem; border: 1px solid var(--line); border-inline-start: 4px solid var(--bad); background: var(--panel) }
.message { font-weight: 600 }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .25rem 1rem; margin: 0 } dt { color: var(--soft) } dd { margin: 0 }
pre { margin: 0; max-height: 20rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.45 ui-monospace, monospace }
dd.expected { color: var(--good) } dd.actual { color: var(--bad) }
@media print { pre { max-height: none } }
`

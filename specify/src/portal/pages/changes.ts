import type { BreakingChange } from '../../contracts/breaking-change.ts'
import { html, type Html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { counted, empty, listed, placeLink, serviceLink, table } from '../parts.ts'

/** What the contracts promise differently than at a git revision, with proof and whom it hurts. */
export function changesPage(view: View): Page {
  const { comparison, live } = view
  return {
    title: 'Breaking changes',
    section: 'changes.html',
    body: html`${live && html`<form class="filters" action="changes.html"><label>Compared with <input name="ref" value="${comparison?.revision ?? 'HEAD'}" placeholder="a git revision" autocomplete="off" spellcheck="false" required></label><button type="submit">Compare</button></form>`}
${comparison === undefined ? empty('Nothing was compared.', html`<code>specify site --compare-with origin/main</code> compares the contracts with a branch, tag or commit.`) : comparison.outcome === 'refused' ? empty('They could not be compared.', comparison.message) : compared(view, comparison)}`,
  }
}

function compared(
  view: View,
  { revision, found }: Extract<NonNullable<View['comparison']>, { outcome: 'compared' }>,
): Html {
  const changes = found?.changes ?? []
  const steps = (found?.versions ?? []).filter(({ needed }) => needed !== 'none')
  if (changes.length === 0 && steps.length === 0)
    return empty(
      `Nothing that matters changed since ${revision}.`,
      'Every request that was fine is fine, every answer that may come was to be expected.',
    )
  return html`<p class="lede">${counted(changes.filter(({ verdict }) => verdict === 'breaking').length, 'breaking change')} since <code>${revision}</code>, ${counted(changes.length, 'finding')} in all.</p>
${changes.map((change) => changeCard(view, change))}
${
  steps.length > 0 &&
  html`<section aria-labelledby="versions"><h2 id="versions">Version numbers</h2>${table(
    'Version numbers',
    ['Contract', 'Before', 'Now', 'Step needed', 'Because'],
    steps.map(({ subject, before, now, needed, made, reason }) => [
      subject,
      before ?? '–',
      html`${now ?? '–'}${made !== undefined && made !== needed && html` <span class="tag">${made}</span>`}`,
      html`<b>${needed}</b>`,
      reason,
    ]),
  )}</section>`
}
${found !== undefined && found.deploy.length > 0 && html`<section aria-labelledby="deploy"><h2 id="deploy">Order of deployment</h2><ul>${found.deploy.map(({ service, order, consumers }) => html`<li>${serviceLink(view, service)}: ${order}${consumers.length > 0 && html`, with ${listed(consumers.map((name) => serviceLink(view, name)))}`}</li>`)}</ul></section>`}`
}

function changeCard(view: View, change: BreakingChange): Html {
  const {
    code,
    where,
    message,
    before,
    after,
    verdict,
    consumers,
    advice,
    alsoAt,
    file,
    line,
    recommendation,
    path,
  } = change
  return html`<article class="card change ${verdict}"><h2><span class="tag ${verdict}">${verdict}</span> ${message}</h2>
<p class="quiet">${where}${path !== '' && html` · <code>${path}</code>`} · ${placeLink(view, file, line)} · <code>${code}</code></p>
<dl class="pair"><dt>before</dt><dd><code>${before}</code></dd><dt>after</dt><dd><code>${after}</code></dd></dl>
${'witness' in change && html`<p>A value that shows it:</p><pre tabindex="0"><code>${JSON.stringify(change.witness, null, 2)}</code></pre>`}
<p>Hurts ${listed(
    consumers.map((name) => serviceLink(view, name)),
    'nobody who is known',
  )}. ${recommendation}.</p>
${advice.length > 0 && html`<ol>${advice.map((step) => html`<li>${step}</li>`)}</ol>`}
${alsoAt.length > 0 && html`<details><summary>Reaches ${counted(alsoAt.length, 'more place')}</summary><ul>${alsoAt.map((place) => html`<li>${place}</li>`)}</ul></details>`}</article>`
}

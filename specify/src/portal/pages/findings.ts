import type { Finding } from '@specwright/cli/finding.ts'
import { html, jsonForScript, type Html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { empty, grouped, placeLink, severityMark } from '../parts.ts'

/** In the page itself; the script has all of them, and narrows down. */
const MOST_IN_PAGE = 150

/** What the rules say about specs and contracts; the filters stand in the address, so that a view can be sent to somebody. */
export function findingsPage(view: View): Page {
  const { findings } = view.portal
  const codes = [...Map.groupBy(findings, ({ code }) => code)].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    title: 'Findings',
    section: 'findings.html',
    body:
      findings.length === 0
        ? empty('Nothing to mend.', 'Every rule holds for every spec and contract.')
        : html`<form class="filters" action="findings.html" data-findings="${view.to(FINDINGS_DATA)}"><label>Severity <select name="severity"><option value="">all</option><option value="error">errors</option><option value="warning">warnings</option><option value="info">remarks</option></select></label><label>Rule <select name="code"><option value="">all</option>${codes.map(([code, list]) => html`<option value="${code}">${code} (${list.length})</option>`)}</select></label><label>Words or path <input type="search" name="q" autocomplete="off"></label></form>
<p class="quiet" role="status" data-shown>${grouped(Math.min(findings.length, MOST_IN_PAGE))} of ${grouped(findings.length)} findings</p>
<ul class="findings long" data-list>${findings.slice(0, MOST_IN_PAGE).map((finding) => item(view, finding))}</ul>
<p><button type="button" data-more hidden>Show more</button></p>`,
  }
}

export const FINDINGS_DATA = 'data/findings.js'

/** The same for the script: `[severity, code, message, hint, file, line, link]`. */
export function findingsData({ portal }: View): Html {
  const rows = portal.findings.map(({ severity, code, message, hint, file, line }) => [
    severity,
    code,
    message,
    hint ?? '',
    file ?? '',
    line ?? 0,
    (file !== undefined && portal.addresses.document.get(file)) || '',
  ])
  return html`window.specifyFindings = ${jsonForScript(rows)}\n`
}

function item(view: View, { severity, code, message, hint, file, line }: Finding): Html {
  return html`<li>${severityMark(severity)}<div><p>${message}</p>${hint !== undefined && html`<p class="quiet">${hint}</p>`}<p class="quiet">${file !== undefined && html`${placeLink(view, file, line)} · `}<code>${code}</code></p></div></li>`
}

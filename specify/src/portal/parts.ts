// Small pieces that several pages are made of.

import type { Severity } from '@specwright/cli/finding.ts'
import type { ScenarioResult } from '../scenarios/scenario-result.ts'
import type { Level } from '../trace/trace-feature.ts'
import { levels } from '../trace/trace-feature.ts'
import { html, nothing, type Html, type Part } from './html.ts'
import type { View } from './model.ts'

export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
}

export function grouped(n: number): string {
  return n.toLocaleString('en-US')
}

/** A table that scrolls by itself where the window is narrow. `filter` names what can be typed to narrow it down. */
export function table(
  caption: string,
  heads: readonly (string | { readonly label: string; readonly isNumber: true })[],
  rows: readonly (readonly Part[])[],
  filter?: string,
): Html {
  const cells = heads.map((head) => (typeof head === 'string' ? { label: head, isNumber: false } : head))
  const numeric = cells.map(({ isNumber }) => isNumber)
  return html`${filter === undefined || rows.length < 8 ? nothing : html`<p class="narrow" hidden><label>${filter} <input type="search" data-narrows autocomplete="off"></label> <span role="status"></span></p>`}<div class="scroll" tabindex="0" role="region" aria-label="${caption} (table)"><table><caption class="hidden">${caption}</caption><thead><tr>${cells.map(({ label, isNumber }) => html`<th scope="col"${isNumber && html` class="n"`}>${label}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${numeric[i]! && html` class="n"`}>${cell}</td>`))}</tr>`)}</tbody></table></div>`
}

export type Share = { readonly kind: string; readonly label: string; readonly count: number }

/** A bar of parts, with the same in words for those who do not see it. */
export function bar(
  shares: readonly Share[],
  total = shares.reduce((sum, { count }) => sum + count, 0),
): Html {
  const said = shares.filter(({ count }) => count > 0).map(({ count, label }) => `${grouped(count)} ${label}`)
  let x = 0
  const parts = shares.map(({ kind, count }) => {
    const width = total === 0 ? 0 : (100 * count) / total
    x += width
    return width === 0
      ? nothing
      : html`<rect class="${kind}" x="${fixed(x - width)}" width="${fixed(width)}" height="8"/>`
  })
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${said.join(', ') || 'none'}"><rect class="rest" width="100" height="8"/>${parts}</svg>`
}

export function legend(shares: readonly Share[]): Html {
  return html`<ul class="legend">${shares.map(({ kind, label, count }) => html`<li><i class="${kind}"></i>${label} <b>${grouped(count)}</b></li>`)}</ul>`
}

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  unnamed: 'named nowhere',
  named: 'in a task',
  'path-exists': 'has files',
  'test-exists': 'has a test',
  'test-ran': 'test passed',
  'scenario-passed': 'scenario passed',
}

/** How many requirements stand at each level of proof, the best first. */
export function levelShares(requirements: readonly { readonly level: Level }[]): Share[] {
  return levels.toReversed().map((level) => ({
    kind: `level-${levels.indexOf(level)}`,
    label: LEVEL_WORDS[level],
    count: requirements.filter((each) => each.level === level).length,
  }))
}

export function levelMark(level: Level): Html {
  return html`<span class="level"><i class="level-${levels.indexOf(level)}"></i>${LEVEL_WORDS[level]}</span>`
}

export type Outcome = ScenarioResult['outcome'] | 'not run'

const OUTCOME_SIGNS: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '✕',
  unbound: '○',
  'not run': '·',
}

export function outcomeMark(outcome: Outcome): Html {
  return html`<span class="mark ${outcome.replace(' ', '-')}"><span aria-hidden="true">${OUTCOME_SIGNS[outcome]}</span> ${outcome}</span>`
}

export function outcomeShares(outcomes: readonly Outcome[]): Share[] {
  return (['passed', 'failed', 'not run', 'unbound'] as const).map((kind) => ({
    kind: kind.replace(' ', '-'),
    label: kind,
    count: outcomes.filter((each) => each === kind).length,
  }))
}

const SEVERITY_SIGNS: Readonly<Record<Severity, string>> = { error: '✕', warning: '!', info: 'i' }

export function severityMark(severity: Severity): Html {
  return html`<span class="mark ${severity}"><span aria-hidden="true">${SEVERITY_SIGNS[severity]}</span> ${severity}</span>`
}

/** What stands where there is nothing yet: what would be here, and how it gets here. */
export function empty(what: string, how: Part): Html {
  return html`<div class="empty"><p><b>${what}</b></p><p>${how}</p></div>`
}

export function methodMark(method: string): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`
}

/** The name of a service, a link where it has a page. */
export function serviceLink({ portal, to }: View, name: string): Html {
  const path = portal.addresses.service.get(name)
  return path === undefined
    ? html`<span class="absent">${name}</span>`
    : html`<a href="${to(path)}">${name}</a>`
}

export function eventLink({ portal, to }: View, type: string): Html {
  const path = portal.addresses.event.get(type)
  return path === undefined
    ? html`<code>${type}</code>`
    : html`<a href="${to(path)}"><code>${type}</code></a>`
}

export function listed(parts: readonly Html[], none = '–'): Part {
  return parts.length === 0
    ? html`<span class="quiet">${none}</span>`
    : parts.map((part, i) => (i === 0 ? part : html`, ${part}`))
}

/** `path/to/file.md:12`, a link where the file has a page. */
export function placeLink({ portal, to }: View, file: string, line?: number): Html {
  const text = html`<code class="place">${file}${line === undefined ? '' : `:${line}`}</code>`
  const path = portal.addresses.document.get(file)
  return path === undefined ? text : html`<a href="${to(path)}">${text}</a>`
}

/** When something was, for people; the page's script says it in the reader's time. */
export function moment(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

function fixed(value: number): number {
  return Math.round(value * 100) / 100
}

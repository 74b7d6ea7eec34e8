import { isWebAddress, renderMarkdown } from '../render-markdown.ts'
import { posix } from 'node:path'
import { parseMarkdown } from '../../spec/markdown.ts'
import { html, nothing, type Html } from '../html.ts'
import type { PortalFeature, View } from '../model.ts'
import type { Page } from '../page.ts'
import {
  bar,
  counted,
  empty,
  levelMark,
  levelShares,
  legend,
  listed,
  outcomeShares,
  serviceLink,
  severityMark,
  table,
} from '../parts.ts'
import { runButton, scenarioItem, scenariosOf } from '../scenario-rows.ts'

const number = (label: string) => ({ label, isNumber: true as const })

export function featuresPage(view: View): Page {
  const { features } = view.portal
  return {
    title: 'Features',
    section: 'features.html',
    body:
      features.length === 0
        ? empty(
            'There is no feature yet.',
            html`Start one: <code>specify specify "what you want to build"</code>.`,
          )
        : featureTable(view, features, 'Narrow down'),
  }
}

export function featureTable(view: View, features: readonly PortalFeature[], filter?: string): Html {
  return table(
    'Features',
    ['Feature', 'Name', number('Requirements'), 'Proof', 'Scenarios', 'Tasks'],
    features.map((one) => {
      const tasks = one.documents.tasks?.tasks ?? []
      const done = tasks.filter(({ isDone }) => isDone).length
      const outcomes = scenariosOf(view, one).map(({ outcome }) => outcome)
      return [
        featureLink(view, one),
        html`<span class="quiet nowrap">${one.name}</span>`,
        one.requirements.length,
        one.requirements.length === 0 ? dash : bar(levelShares(one.requirements)),
        outcomes.length === 0 ? dash : bar(outcomeShares(outcomes)),
        tasks.length === 0
          ? dash
          : html`<span class="nowrap">${done}/${tasks.length}</span> ${bar([{ kind: 'passed', label: 'done', count: done }], tasks.length)}`,
      ]
    }),
    filter,
  )
}

const dash = html`<span class="quiet">–</span>`

export function featureLink({ portal, to }: View, { feature, title }: PortalFeature): Html {
  return html`<a href="${to(portal.addresses.feature.get(feature.path)!)}">${title}</a>`
}

/** A feature: stories with their scenarios, requirements with their proof, tasks with their state. */
export function featurePage(view: View, one: PortalFeature): Page {
  const { portal, to } = view
  const { feature, documents, requirements, name } = one
  const spec = documents.spec?.spec
  const scenarios = scenariosOf(view, one)
  const byStory = Map.groupBy(scenarios, ({ story }) => story)
  const findings = portal.index.findingsIn.get(feature.path) ?? []
  const files = Object.entries(feature.files)
  const tasks = documents.tasks?.tasks ?? []
  const open = (spec?.clarifications ?? []).filter(({ answer }) => answer === undefined)
  return {
    title: one.title,
    section: 'features.html',
    crumbs: [{ label: 'Features', path: 'features.html' }],
    aside: html`<p class="quiet">${name}${feature.service !== undefined && html` · ${serviceLink(view, feature.service)}`} · <code>${feature.path}</code></p>`,
    body: html`<p class="documents">${files.map(([, file]) => html`<a href="${to(portal.addresses.document.get(file)!)}">${posix.basename(file)}</a> `)}${runButton(
      name,
      scenarios.some(({ scenario }) => scenario.blocks.length > 0),
      'Run scenarios of',
    )}</p>
${spec === undefined && empty('There is no spec.md.', html`Write one, or start with <code>specify specify</code>.`)}
${open.length > 0 && html`<section aria-labelledby="open"><h2 id="open">Open questions</h2><ul>${open.map(({ question }) => html`<li>${question}</li>`)}</ul></section>`}
${
  spec !== undefined &&
  html`<section aria-labelledby="stories"><h2 id="stories">Stories</h2>${spec.stories.length === 0 ? empty('The spec tells no story.', html`A story is <code>### User Story 1 - … (Priority: P1)</code> with numbered <b>Given</b>, <b>When</b>, <b>Then</b> below it.`) : spec.stories.map((story) => html`<article class="story" aria-labelledby="${story.id}"><h3 id="${story.id}"><code class="id">${story.id}</code> ${story.title}${story.priority !== undefined && html` <span class="tag">${story.priority}</span>`}${story.withdrawn === true && html` <span class="tag">withdrawn</span>`}</h3>${byStory.has(story) ? html`<ol class="scenarios">${byStory.get(story)!.map((each) => scenarioItem(each, each.scenario.id))}</ol>` : html`<p class="quiet">No scenario.</p>`}</article>`)}</section>
<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2>${requirements.length === 0 ? html`<p class="quiet">None.</p>` : html`${bar(levelShares(requirements))}${legend(levelShares(requirements).filter(({ count }) => count > 0))}${requirementTable(view, one)}`}</section>`
}
<section aria-labelledby="tasks"><h2 id="tasks">Tasks</h2>${tasks.length === 0 ? empty('No tasks yet.', html`Once the plan stands: <code>specify tasks</code>.`) : html`<p class="quiet">${tasks.filter(({ isDone }) => isDone).length} of ${counted(tasks.length, 'task')} done.</p><ul class="tasks">${tasks.map((task) => html`<li${task.id !== undefined && html` id="${task.id.replaceAll(/[^\w.-]+/g, '-')}"`}><span class="box ${task.isDone ? 'ticked' : ''}" role="img" aria-label="${task.isDone ? 'done' : 'open'}"></span><div><code class="id">${task.id ?? `line ${task.line}`}</code>${task.isParallel && html` <span class="tag">parallel</span>`} ${task.text}</div></li>`)}</ul>`}</section>
${findings.length > 0 && html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2><ul class="findings">${findings.slice(0, 20).map(({ severity, message, hint, file, line }) => html`<li>${severityMark(severity)} <span>${message} <code class="place">${posix.basename(file ?? '')}${line === undefined ? '' : `:${line}`}</code>${hint !== undefined && html`<br><span class="quiet">${hint}</span>`}</span></li>`)}</ul>${findings.length > 20 ? html`<p><a href="${to('findings.html')}?q=${encodeURIComponent(feature.path)}">All ${findings.length}</a></p>` : nothing}</section>`}`,
  }
}

/** Requirements against what proves them: the trace matrix of one feature. */
export function requirementTable(view: View, { feature, requirements }: PortalFeature): Html {
  const page = view.portal.addresses.feature.get(feature.path)!
  const isHere = view.path === page
  const link = (id: string) => html`<a href="${view.to(page)}#${id.replaceAll(/[^\w.-]+/g, '-')}">${id}</a>`
  return table(
    `Requirements of ${feature.id}`,
    ['Id', 'Requirement', 'Proof', 'Tasks', 'Files', 'Tests', 'Scenarios'],
    requirements.map(({ id, text, level, tasks, files, tests, scenarios, failed }) => [
      isHere ? html`<code class="id" id="${id}">${id}</code>` : html`<code class="id">${link(id)}</code>`,
      html`<span class="sentence">${text}</span>`,
      html`${levelMark(level)}${failed.length > 0 && html` <span class="mark failed">✕ ${failed.length} failed</span>`}`,
      listed(
        tasks.map(
          ({ task, isDone }) => html`<span class="nowrap${isDone ? ' struck' : ''}">${link(task)}</span>`,
        ),
      ),
      count(files),
      count(tests),
      listed(scenarios.map((scenario) => link(scenario))),
    ]),
  )
}

function count(names: readonly string[]): Html {
  if (names.length === 0) return dash
  return html`<details class="few"><summary>${names.length}</summary>${names.map((name) => html`<code class="place">${name}</code> `)}</details>`
}

/** A Markdown file of the workspace, with an anchor at everything that has an id. */
export function documentPage(view: View, file: string, text: string): Page {
  const { portal } = view
  const owner = portal.index.featureOfFile.get(file)
  const markdown = parseMarkdown(text, file)
  const anchors = new Map<number, string>()
  const spec = owner?.documents.spec?.markdown.file === file ? owner.documents.spec.spec : undefined
  for (const { id, line } of [
    ...(spec?.requirements ?? []),
    ...(spec?.criteria ?? []),
    ...(spec?.stories ?? []),
    ...(spec?.stories ?? []).flatMap((story) => story.scenarios),
  ])
    anchors.set(line, id.replaceAll(/[^\w.-]+/g, '-'))
  const href = (url: string) => linkFrom(view, file, url)
  return {
    title: posix.basename(file),
    section: owner === undefined ? 'index.html' : 'features.html',
    crumbs:
      owner === undefined
        ? []
        : [
            { label: 'Features', path: 'features.html' },
            { label: owner.title, path: portal.addresses.feature.get(owner.feature.path)! },
          ],
    aside: html`<p class="quiet"><code>${file}</code></p>`,
    body: html`<article class="prose">${renderMarkdown(markdown, { anchors, href })}</article>`,
  }
}

/** The web, an anchor of the same page, or another document of the workspace; anything else has no page here. */
function linkFrom({ portal, to }: View, file: string, url: string): string | undefined {
  if (isWebAddress(url)) return url
  if (/^#[\w.-]+$/.test(url)) return url
  const [path = '', fragment] = url.split('#')
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(path)) return undefined
  const page = portal.addresses.document.get(posix.normalize(posix.join(posix.dirname(file), path)))
  if (page === undefined) return undefined
  return to(page) + (fragment !== undefined && /^[\w.-]+$/.test(fragment) ? `#${fragment}` : '')
}

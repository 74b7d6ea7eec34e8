import { operationName } from '../../contracts/model.ts'
import { anchor } from '../addresses.ts'
import { html, jsonForScript, type Html } from '../html.ts'
import type { View } from '../model.ts'
import { sectionsOf, type Page } from '../page.ts'
import { scenariosOf } from '../scenario-rows.ts'
import { operationPath } from './contracts.ts'

export const SEARCH_DATA = 'data/search.js'

export function searchPage(view: View): Page {
  return {
    title: 'Search',
    section: 'search.html',
    body: html`<form class="filters" action="search.html" data-search="${view.to(SEARCH_DATA)}"><label>Search for <input type="search" name="q" autocomplete="off" spellcheck="false"></label><label>Kind <select name="kind"><option value="">everything</option>${KINDS.map((kind) => html`<option>${kind}</option>`)}</select></label></form>
<p class="quiet" role="status" data-shown>Services, operations, events, features, requirements, scenarios and tasks, by words or ids.</p>
<ol class="results" data-list></ol>
<noscript><p>Searching needs JavaScript.</p></noscript>`,
  }
}

const KINDS = [
  'page',
  'service',
  'feature',
  'operation',
  'event',
  'story',
  'requirement',
  'scenario',
  'task',
] as const
type Kind = (typeof KINDS)[number]

/** `[kind, title, more words, path]`: what can be found. */
type Entry = readonly [kind: Kind, title: string, words: string, path: string]

const LONGEST = 160
/** Beyond so many the index would be slower to load than to do without the smallest things. */
const MOST_ENTRIES = 60_000

export function searchData(view: View): Html {
  const { portal } = view
  const { addresses, contracts, catalog, features } = portal
  const entries: Entry[] = [
    ...sectionsOf(view).flatMap(({ entries }) =>
      entries.map(({ label, path }): Entry => ['page', label, '', path]),
    ),
    ...catalog.services.map(({ name, type }): Entry => ['service', name, type, addresses.service.get(name)!]),
    ...features.map(({ title, name, feature }): Entry => [
      'feature',
      title,
      `${name} ${feature.id}`,
      addresses.feature.get(feature.path)!,
    ]),
    ...contracts.apis.flatMap((api, i) =>
      api.operations.map((operation, n): Entry => [
        'operation',
        operationName(operation),
        [operation.summary, operation.operationId, api.source.service].filter(Boolean).join(' '),
        operationPath(addresses.api[i]!, n, operation),
      ]),
    ),
    ...[...addresses.event].map(([type, path]): Entry => ['event', type, '', path]),
  ]
  const small: Entry[] = []
  for (const one of features) {
    const page = addresses.feature.get(one.feature.path)!
    const add = (kind: Kind, id: string, words: string) =>
      small.push([kind, `${one.name}#${id}`, shortened(words), `${page}#${anchor(id)}`])
    for (const { id, title } of one.documents.spec?.spec.stories ?? []) add('story', id, title)
    for (const { id, text } of one.requirements) add('requirement', id, text)
    for (const { scenario } of scenariosOf(view, one))
      add('scenario', scenario.id, scenario.steps.map(({ text }) => text).join(' '))
    for (const { id, text } of one.documents.tasks?.tasks ?? []) if (id !== undefined) add('task', id, text)
  }
  const room = MOST_ENTRIES - entries.length
  const kept =
    small.length <= room
      ? small
      : small.filter(([kind]) => kind === 'requirement' || kind === 'story').slice(0, Math.max(0, room))
  return html`window.specifySearch = ${jsonForScript([...entries, ...kept])}\n`
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`
}

import { join } from 'node:path'
import { decodeText, readBytes } from '../workspace/read-text.ts'
import { assets } from './assets.ts'
import { linkBetween } from './addresses.ts'
import { html, type Html } from './html.ts'
import type { Comparison, Portal, View } from './model.ts'
import { framed, type Page } from './page.ts'
import { budgetPage } from './pages/budget.ts'
import { changesPage } from './pages/changes.ts'
import { apiPages, contractsPage } from './pages/contracts.ts'
import { eventPage, eventsPage } from './pages/events.ts'
import { documentPage, featurePage, featuresPage } from './pages/features.ts'
import { FINDINGS_DATA, findingsData, findingsPage } from './pages/findings.ts'
import { graphPage } from './pages/graph.ts'
import { overviewPage } from './pages/overview.ts'
import { proofPage } from './pages/proof.ts'
import { scenariosPage } from './pages/scenarios.ts'
import { SEARCH_DATA, searchData, searchPage } from './pages/search.ts'
import { servicePage, servicesPage } from './pages/services.ts'

export type SiteFile = { readonly type: string; readonly text: string }

export type Around = {
  readonly live?: { readonly token: string }
  readonly comparison?: Comparison | undefined
}

export type Site = {
  /** Of every file, in a stable order. */
  readonly paths: readonly string[]
  /** Written when asked for; undefined: there is no such file. */
  file(path: string, around?: Around): SiteFile | undefined
}

const HTML = 'text/html; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

/** Every file of the portal by its path: one list, written by `site` and answered by `serve`. */
export function siteOf(portal: Portal): Site {
  const pages = new Map<string, (view: View) => Page>([
    ['index.html', overviewPage],
    ['services.html', servicesPage],
    ['graph.html', graphPage],
    ['contracts.html', contractsPage],
    ['events.html', eventsPage],
    ['features.html', featuresPage],
    ['scenarios.html', scenariosPage],
    ['proof.html', proofPage],
    ['findings.html', findingsPage],
    ['changes.html', changesPage],
    ['budget.html', budgetPage],
    ['search.html', searchPage],
  ])
  const { addresses, catalog, features, contracts } = portal
  for (const service of catalog.services)
    pages.set(addresses.service.get(service.name)!, (view) => servicePage(view, service))
  for (const one of features)
    pages.set(addresses.feature.get(one.feature.path)!, (view) => featurePage(view, one))
  for (const [type, path] of addresses.event) pages.set(path, (view) => eventPage(view, type))
  for (const [file, path] of addresses.document)
    pages.set(path, (view) => documentPage(view, file, textOf(portal, file)))
  for (const i of contracts.apis.keys())
    for (const path of apiPages(viewOf(portal, 'index.html'), i).keys())
      pages.set(path, (view) => apiPages(view, i).get(path)!())
  const data = new Map<string, (view: View) => Html>([
    [FINDINGS_DATA, findingsData],
    [SEARCH_DATA, searchData],
  ])

  return {
    paths: [...pages.keys(), ...data.keys(), ...assets.keys()],
    file(path, around = {}) {
      const asset = assets.get(path)
      if (asset !== undefined) return asset()
      const view = viewOf(portal, path, around)
      const write = data.get(path)
      if (write !== undefined) return { type: SCRIPT, text: write(view).text }
      const page = pages.get(path)
      return page && { type: HTML, text: framed(view, page(view)).text }
    },
  }
}

/** What is answered where there is nothing. */
export function notFound(portal: Portal, around: Around): SiteFile {
  const view = viewOf(portal, '404.html', around)
  const body = html`<p class="lede">There is no such page. What it was about may have been renamed or removed.</p><p><a href="/index.html">Overview</a></p>`
  return { type: HTML, text: framed(view, { title: 'Not found', section: '', body }).text }
}

function viewOf(portal: Portal, path: string, { live, comparison }: Around = {}): View {
  return { portal, path, to: (other) => linkBetween(path, other), live, comparison }
}

function textOf({ workspace }: Portal, file: string): string {
  try {
    return decodeText(readBytes(join(workspace.root, file)))
  } catch (error) {
    return `This file cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

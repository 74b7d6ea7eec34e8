import { html, nothing, type Html } from './html.ts'
import type { View } from './model.ts'

export type Crumb = { readonly label: string; readonly path: string }

export type Page = {
  readonly title: string
  /** Path of the entry in the navigation that this page belongs to. */
  readonly section: string
  readonly crumbs?: readonly Crumb[]
  /** Beside the title, such as where the thing is written. */
  readonly aside?: Html
  readonly body: Html
}

type Entry = { readonly path: string; readonly label: string; readonly count?: number }

/** The whole document around a page. */
export function framed(view: View, { title, section, crumbs = [], aside = nothing, body }: Page): Html {
  const { portal, to, live } = view
  const isHome = view.path === 'index.html'
  return html`<!doctype html>
<html lang="en" data-root="${to('index.html').replace(/index\.html$/, '')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${live && html`<meta name="specify-live" content="${live.token}">`}
<title>${isHome ? portal.name : `${title} · ${portal.name}`}</title>
<link rel="icon" href="${to('assets/icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${to('assets/portal.css')}">
<script src="${to('assets/theme.js')}"></script>
<script src="${to('assets/portal.js')}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="${to('index.html')}">${MARK}<span>${portal.name}</span></a>
<form class="find" role="search" action="${to('search.html')}"><label class="hidden" for="find">Search everything</label><input id="find" name="q" type="search" placeholder="Search" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></form>
${live && html`<span class="live" role="status">live</span>`}
<button class="theme" type="button" hidden>Theme</button>
<button class="menu" type="button" aria-expanded="false" aria-controls="sections" hidden>Menu</button>
</header>
<div class="frame">
<nav id="sections" class="sections" aria-label="Sections">${sectionsOf(view).map(({ name, entries }) => html`<p id="nav-${name.toLowerCase()}">${name}</p><ul aria-labelledby="nav-${name.toLowerCase()}">${entries.map((entry) => html`<li><a href="${to(entry.path)}"${entry.path === section ? html` aria-current="${entry.path === view.path ? 'page' : 'true'}"` : nothing}>${entry.label}${entry.count === undefined ? nothing : html` <span class="count">${entry.count.toLocaleString('en-US')}</span>`}</a></li>`)}</ul>`)}</nav>
<main id="main" tabindex="-1">
${crumbs.length > 0 && html`<nav class="crumbs" aria-label="You are here"><ol>${crumbs.map(({ label, path }) => html`<li><a href="${to(path)}">${label}</a></li>`)}</ol></nav>`}
<div class="title"><h1>${title}</h1>${aside}</div>
${body}
</main>
</div>
<footer class="foot"><p>Made by <b>specify</b> from the files of <b>${portal.name}</b>.</p></footer>
</body>
</html>
`
}

const MARK = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><rect x="1" y="1" width="18" height="18" rx="5"/><path d="M5.5 10.5l3 3 6-7"/></svg>`

export function sectionsOf({ portal }: View): { name: string; entries: Entry[] }[] {
  const { index } = portal
  return [
    {
      name: 'Workspace',
      entries: [{ path: 'index.html', label: 'Overview' }],
    },
    {
      name: 'System',
      entries: [
        { path: 'services.html', label: 'Services', count: portal.catalog.services.length },
        { path: 'graph.html', label: 'Dependencies', count: portal.catalog.edges.length },
        { path: 'contracts.html', label: 'Contracts', count: portal.contracts.apis.length },
        { path: 'events.html', label: 'Events', count: portal.addresses.event.size },
      ],
    },
    {
      name: 'Specifications',
      entries: [
        { path: 'features.html', label: 'Features', count: portal.features.length },
        { path: 'scenarios.html', label: 'Scenarios', count: index.scenarios },
        { path: 'proof.html', label: 'Proof' },
      ],
    },
    {
      name: 'Health',
      entries: [
        { path: 'findings.html', label: 'Findings', count: index.problems },
        { path: 'changes.html', label: 'Breaking changes' },
        { path: 'budget.html', label: 'Token budget' },
      ],
    },
  ]
}

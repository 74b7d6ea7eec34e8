import { clientFile } from './client-file.ts'
import type { SiteFile } from './site.ts'

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' }

/** The scripts that make up portal.js, in their order. */
const PARTS = ['portal.js', 'filter.js', 'findings.js', 'search.js', 'graph.js', 'try.js', 'live.js']

/** Those that make up portal.css, likewise: later ones narrow down what earlier ones say. */
const SHEETS = [
  'base.css',
  'frame.css',
  'tables.css',
  'signs.css',
  'overview.css',
  'graph.css',
  'contracts.css',
  'specifications.css',
  'media.css',
]

/** What the browser gets beside the pages. */
export const assets: ReadonlyMap<string, () => SiteFile> = new Map([
  ['assets/portal.css', () => ({ type: TYPES.css, text: SHEETS.map(clientFile).join('') })],
  ['assets/theme.js', () => ({ type: TYPES.js, text: clientFile('theme.js') })],
  ['assets/icon.svg', () => ({ type: TYPES.svg, text: clientFile('icon.svg') })],
  [
    'assets/portal.js',
    () => ({ type: TYPES.js, text: PARTS.map((name) => `{\n${clientFile(name)}}\n`).join('') }),
  ],
])

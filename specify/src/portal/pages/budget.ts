import { fullness } from '../../context/token-ledger.ts'
import { html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { bar, counted, empty, grouped, table } from '../parts.ts'
import { featureLink } from './features.ts'

const MOST_FILES = 200

/** What an agent reads, counted in tokens of o200k_base. */
export function budgetPage(view: View): Page {
  const { portal, to } = view
  const { total, window, files } = portal.tokens
  const tokensOf = new Map(files.map(({ file, tokens }) => [file, tokens]))
  const features = portal.features
    .map((one) => ({
      one,
      tokens: Object.values(one.feature.files).reduce((sum, file) => sum + (tokensOf.get(file) ?? 0), 0),
    }))
    .sort((a, b) => b.tokens - a.tokens)
  const most = Math.max(1, features[0]?.tokens ?? 1)
  const mostOfFile = Math.max(1, files[0]?.tokens ?? 1)
  return {
    title: 'Token budget',
    section: 'budget.html',
    body:
      files.length === 0
        ? empty(
            'There is nothing to count.',
            'Specs, plans and tasks are counted with the tokenizer of recent models.',
          )
        : html`<p class="lede">${grouped(total)} tokens in ${counted(files.length, 'file')}: ${window === 0 ? '' : `${Math.round((100 * total) / window)} % of a context of ${grouped(window)}`} if all were read at once (${fullness(total, window)}).</p>
<section aria-labelledby="features"><h2 id="features">By feature</h2>${table(
            'Tokens by feature',
            [
              'Feature',
              'Name',
              { label: 'Tokens', isNumber: true },
              'Share',
              { label: 'Quick reference', isNumber: true },
            ],
            features.map(({ one, tokens }) => [
              featureLink(view, one),
              html`<span class="quiet nowrap">${one.name}</span>`,
              grouped(tokens),
              bar([{ kind: 'tokens', label: 'tokens', count: tokens }], most),
              one.feature.files.quickRef === undefined
                ? '–'
                : grouped(tokensOf.get(one.feature.files.quickRef) ?? 0),
            ]),
            'Narrow down',
          )}</section>
<section aria-labelledby="files"><h2 id="files">Largest files</h2>${table(
            'Tokens by file',
            ['File', { label: 'Tokens', isNumber: true }, 'Share'],
            files
              .slice(0, MOST_FILES)
              .map(({ file, tokens }) => [
                html`<a href="${to(portal.addresses.document.get(file) ?? 'budget.html')}"><code class="place">${file}</code></a>`,
                grouped(tokens),
                bar([{ kind: 'tokens', label: 'tokens', count: tokens }], mostOfFile),
              ]),
          )}</section>`,
  }
}

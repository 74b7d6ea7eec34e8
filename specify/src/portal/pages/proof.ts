import { html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { bar, counted, empty, legend, levelShares, table } from '../parts.ts'
import { featureLink, requirementTable } from './features.ts'

/** Beyond so many requirements the matrix of each feature stands on its own page. */
const MOST_IN_FULL = 400

/** The trace matrix: every requirement with the tasks, files, tests and scenarios that prove it. */
export function proofPage(view: View): Page {
  const features = view.portal.features.filter(({ requirements }) => requirements.length > 0)
  const all = features.flatMap(({ requirements }) => requirements)
  const shares = levelShares(all)
  return {
    title: 'Proof',
    section: 'proof.html',
    body:
      all.length === 0
        ? empty(
            'There is no requirement yet.',
            html`A requirement is a line such as <code>- **FR-001**: The service MUST …</code> in <code>spec.md</code>.`,
          )
        : html`<p class="lede">How each of ${counted(all.length, 'requirement')} is proven. Each step includes those before it.</p>${bar(shares)}${legend(shares)}
${
  all.length > MOST_IN_FULL
    ? table(
        'Proof by feature',
        [
          'Feature',
          'Name',
          { label: 'Requirements', isNumber: true },
          'Proof',
          { label: 'Failed', isNumber: true },
        ],
        features.map((feature) => [
          featureLink(view, feature),
          html`<span class="quiet nowrap">${feature.name}</span>`,
          feature.requirements.length,
          bar(levelShares(feature.requirements)),
          feature.requirements.filter(({ failed }) => failed.length > 0).length,
        ]),
        'Narrow down',
      )
    : features.map(
        (feature) =>
          html`<section><h2>${featureLink(view, feature)} <span class="quiet">${feature.name}</span></h2>${requirementTable(view, feature)}</section>`,
      )
}`,
  }
}

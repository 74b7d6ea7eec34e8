import { featureName } from '../workspace/feature-name.ts'
import { findClarifications } from './find-clarifications.ts'
import { findDependencies } from './find-dependencies.ts'
import { findRequirements } from './find-requirements.ts'
import { findStories } from './find-stories.ts'
import { parseMarkdown, type MarkdownFile } from './markdown.ts'
import type { Spec } from './model.ts'

export type SpecPlace = {
  /** Relative to the workspace root. */
  readonly file: string
  readonly service: string | undefined
  /** The feature folder's name. */
  readonly featureId: string
}

/** Reads a spec.md of any dialect we know (Spec Kit, its forks, other languages). Never fails: what is absent is empty. */
export function parseSpec(text: string, place: SpecPlace): Spec {
  return specFrom(parseMarkdown(text, place.file), place)
}

export function specFrom(markdown: MarkdownFile, { file, service, featureId }: SpecPlace): Spec {
  return {
    file,
    feature: featureName(service, featureId),
    service,
    title: titleOf(markdown),
    headings: markdown.headings,
    clarifications: findClarifications(markdown),
    ...findStories(markdown),
    ...findRequirements(markdown),
    ...findDependencies(markdown),
  }
}

function titleOf({ headings }: MarkdownFile): string | undefined {
  const title = headings.find(({ depth }) => depth === 1)?.text
  return title?.replace(/^(feature )?specification:\s*/i, '')
}

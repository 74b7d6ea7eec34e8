// The language of a row's names and places: the column's option `locale`, else what the table says.

import type { GeneratorContext, OptionTable } from './generator.ts'

export const LOCALES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh'] as const
export type Locale = (typeof LOCALES)[number]

export const LOCALE_OPTION = {
  locale: {
    kind: { choices: LOCALES },
    summary: `${LOCALES.join(', ')}; also the table's context \`locale\``,
  },
} as const satisfies OptionTable

/**
 * Undefined when nothing asks for a locale. A column named `locale` counts for names but not for places: it may itself
 * be derived from the country, which would go in a circle.
 */
export function localeOf(
  context: GeneratorContext,
  from: 'words of the table' | 'words and columns',
): ((row: number) => Locale | undefined) | undefined {
  const option = LOCALES.find((locale) => locale === context.text('locale'))
  if (option) return () => option
  const given = from === 'words and columns' ? context.context('locale') : context.contextWord('locale')
  if (given?.type.kind !== 'text') return undefined
  return (row) => {
    const language = String(given.value(row) ?? '').slice(0, 2)
    return LOCALES.find((locale) => locale === language)
  }
}

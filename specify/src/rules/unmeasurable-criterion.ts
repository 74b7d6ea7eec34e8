import type { Rule } from './rule.ts'

/** A number, or a word that is as good as one: all of them, none of them, the same. */
const MEASURE =
  /\d|[٠-٩一二三四五六七八九十百]|%|\b(?:zero|one|two|three|no|none|never|nobody|all|every|each|any|always|only|same|identical|exactly|without|must not|cannot|existing|unchanged|equal|matches|toda?s?|cada|nenhum|nenhuma|nunca|sem|ningún|ninguna|cero|sin|zéro|aucun|aucune|tous|toutes|sans|chaque|kein|keine|alle|jede|ohne|somente|apenas|nada|ninguém|qualquer|sempre|idêntic[oa]s?|mesm[oa]s?)\b|모든|없|所有|没有|全部|すべて|なし|كل/iu

export const unmeasurableCriterion: Rule = {
  code: 'unmeasurable-criterion',
  severity: 'info',
  why: 'A success criterion exists to be measured; without a number or a quantifier it is a wish.',
  example: {
    wrong: '- **SC-001**: Users like the new login',
    right: '- **SC-001**: 9 of 10 test users log in without help within a minute',
  },
  reads: 'spec',

  *check({ spec }) {
    for (const { id, text, line, withdrawn } of spec.criteria)
      if (!withdrawn && !MEASURE.test(text))
        yield {
          line,
          message: `${id} has nothing to measure.`,
          hint: 'Name a number with its unit, a share, or a "no …" or "every …" that one counter-example refutes.',
        }
  },
}

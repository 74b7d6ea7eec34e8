import type { Rule } from './rule.ts'

const VAGUE =
  /\b(?:fast|quick(?:ly)?|slow(?:ly)?|eas(?:y|ily)|simple|intuitive(?:ly)?|user[- ]friendly|robust(?:ly|ness)?|scalabl[ey]|seamless(?:ly)?|smooth(?:ly)?|appropriate(?:ly)?|adequate(?:ly)?|reasonabl[ey]|sufficient(?:ly)?|efficient(?:ly)?|flexible|modern|nice|proper(?:ly)?|as (?:needed|necessary|appropriate)|if possible|where possible|and so on|etc\.?|state[- ]of[- ]the[- ]art|high[- ]performance|best[- ]effort|user experience)(?![\w-])/i

export const vagueWord: Rule = {
  code: 'vague-word',
  severity: 'warning',
  why: 'Two readers test "fast" differently; a number or an observable effect ends the argument before it starts.',
  example: {
    wrong: '- **FR-004**: Search MUST be fast and user-friendly',
    right: '- **FR-004**: Search MUST answer 95 % of requests within 200 ms',
  },
  reads: 'spec',

  *check({ spec }) {
    for (const { id, text, line, withdrawn } of [...spec.requirements, ...spec.criteria]) {
      const said = text.replaceAll(/`[^`]*`|"[^"]*"|“[^”]*”/g, ' ')
      const word = VAGUE.exec(said)?.[0]
      // "within 200 ms, quickly" has its measure beside the adjective.
      if (word === undefined || withdrawn || /\d/.test(said)) continue
      yield {
        line,
        message: `"${word}" in ${id} cannot be tested.`,
        hint: 'Say a number, a limit, or what somebody can see.',
      }
    }
  },
}

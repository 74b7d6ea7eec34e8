import { didYouMean } from '@specwright/cli/nearest.ts'
import { modeOf, MODES } from '../event-modes.ts'
import type { ContractRule } from './rule.ts'

export const unknownCompatibility: ContractRule = {
  code: 'unknown-compatibility',
  severity: 'error',
  about: 'events',
  scope: 'file',
  why: 'A promise nobody understands is not held: the event is judged as if it had made none.',
  example: { wrong: '"compatibility": "FULL_TRANSITIV"', right: '"compatibility": "FULL_TRANSITIVE"' },
  check: ({ events }) =>
    events
      .filter(({ compatibility }) => compatibility !== undefined && modeOf(compatibility) === undefined)
      .map(({ eventType, compatibility, source, pointer }) => ({
        file: source.file,
        line: source.lineOf(`${pointer}/compatibility`),
        message: `"${compatibility}" of ${eventType} is no compatibility mode.`,
        hint: didYouMean(compatibility!.toUpperCase(), MODES) ?? `Modes: ${MODES.join(', ')}.`,
        service: source.service,
      })),
}

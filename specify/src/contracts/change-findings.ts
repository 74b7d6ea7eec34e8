import type { Finding } from '@specwright/cli/finding.ts'
import { acknowledgementOf, type Acknowledgement } from './acknowledgements.ts'
import type { BreakingChange } from './breaking-change.ts'
import { shortJson } from './contracts-summary.ts'
import { isTooSmall, type VersionStep } from './version-step.ts'

/** What is said about changes: errors where somebody breaks, unless it was acknowledged and the day is not over. */
export function changeFindings(
  changes: readonly BreakingChange[],
  acknowledgements: readonly Acknowledgement[],
  today: Date,
): Finding[] {
  return changes.map((change) => {
    const finding = changeFinding(change)
    const known = acknowledgementOf(acknowledgements, change.fingerprint, today)
    if (known === undefined) return finding
    const { owner, reason, until } = known.acknowledgement
    return known.isOver
      ? { ...finding, message: `${finding.message}; acknowledged by ${owner} until ${until}, which is over` }
      : {
          ...finding,
          severity: 'info',
          message: `${finding.message}; acknowledged by ${owner} until ${until}: ${reason}`,
        }
  })
}

/** Acknowledgements of nothing: the change was taken back, or became another one. */
export function unusedAcknowledgements(
  changes: readonly BreakingChange[],
  acknowledgements: readonly Acknowledgement[],
): Finding[] {
  return acknowledgements
    .filter(({ fingerprint }) => changes.every((change) => change.fingerprint !== fingerprint))
    .map(({ fingerprint, file, line }) => ({
      code: 'acknowledgement-unused',
      severity: 'info',
      message: `No change has the fingerprint ${fingerprint} any more.`,
      hint: 'Remove the acknowledgement once the base of the comparison has moved on.',
      file,
      line,
    }))
}

/** Version numbers that were raised by less than the changes ask for. */
export function versionFindings(steps: readonly VersionStep[]): Finding[] {
  return steps.filter(isTooSmall).map(({ subject, before, now, needed, reason, file, line }) => ({
    code: 'changed-version-too-low',
    severity: 'warning',
    message: `${subject} went from ${before} to ${now}, and the changes ask for a ${needed} step (${reason}).`,
    hint: `Raise the ${needed} number.`,
    file,
    line,
  }))
}

function changeFinding({
  code,
  where,
  message,
  before,
  after,
  consumers,
  uses,
  recommendation,
  verdict,
  file,
  line,
  ...change
}: BreakingChange): Finding {
  const spared = uses.filter(({ isHurt }) => !isHurt).map(({ consumer }) => consumer)
  const hurt = [
    consumers.length === 0 ? 'no known consumers affected' : `consumers affected: ${consumers.join(', ')}`,
    ...(spared.length === 0 ? [] : [`not used by ${spared.join(', ')}`]),
  ].join('; ')
  const places = change.alsoAt.length === 0 ? where : `${where} and ${change.alsoAt.length} more`
  const example = 'witness' in change ? `; example: ${shortJson(change.witness)}` : ''
  // A field nobody is known to read is no reason to stop.
  const isSure = verdict === 'breaking' || (verdict === 'usage-loss' && consumers.length > 0)
  return {
    code:
      verdict === 'unproven'
        ? 'change-unproven'
        : `${verdict === 'behaviour' || verdict === 'source' || verdict === 'policy' ? 'changed' : 'breaking'}-${code}`,
    severity: isSure ? 'error' : 'warning',
    message: `${places}: ${message} (before: ${before}; after: ${after}; ${hurt}${example})`,
    hint: `${recommendation}.`,
    file,
    line,
  }
}

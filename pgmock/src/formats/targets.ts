import { CliError } from '@specwright/cli/cli-error.ts'

/** The pg_dump whose output we write. */
export type Target = {
  readonly major: number
  /** As in "Dumped from database version …". */ readonly version: string
}

const VERSIONS: Readonly<Record<number, string>> = { 15: '15.20', 16: '16.11', 17: '17.11', 18: '18.6' }

/** `18`, or a whole version text such as `15.18 (Debian 15.18-0+deb12u1)`. Throws CliError. */
export function parseTarget(text: string): Target {
  const major = Number.parseInt(text, 10)
  if (VERSIONS[major] === undefined)
    throw new CliError(
      'bad-target',
      `--target must be 15, 16, 17 or 18, not "${text}".`,
      'pgmock is checked against pg_dump 15, 17 and 18; what 16 writes is known from its dumps.',
    )
  return { major, version: text === String(major) ? VERSIONS[major] : text }
}

/** 1.14 up to PostgreSQL 15, 1.15 in 16, 1.16 since: each refuses what is newer than itself. */
export function archiveMinor(major: number): number {
  return major >= 17 ? 16 : major === 16 ? 15 : 14
}

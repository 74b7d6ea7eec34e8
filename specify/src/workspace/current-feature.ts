import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { readText } from './read-text.ts'

export const FEATURE_FILE = '.specify/feature.json'

/**
 * The folder of the feature somebody works on, as SPECIFY_FEATURE_DIRECTORY or else `.specify/feature.json` names it; whether
 * it exists is not asked. Throws CliError `bad-feature-file` for a file that names none, as Spec Kit's scripts do: a
 * guess in its place would write into another feature.
 */
export async function currentFeatureFolder(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const named = env['SPECIFY_FEATURE_DIRECTORY']
  if (named) return named
  const path = join(root, FEATURE_FILE)
  if (!existsSync(path)) return undefined
  try {
    const value: unknown = JSON.parse(await readText(path))
    const folder = (value as { feature_directory?: unknown } | null)?.feature_directory
    if (typeof folder === 'string' && folder.trim() !== '') return folder
  } catch {
    // Said below, like any other content that names no feature.
  }
  throw new CliError(
    'bad-feature-file',
    `${FEATURE_FILE} names no feature.`,
    'Delete it, or write {"feature_directory": "specs/001-…"}.',
  )
}

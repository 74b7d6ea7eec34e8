import { CliError } from '@specwright/cli/cli-error.ts'
import { findChanges, modeOption } from '../contracts/find-changes.ts'
import type { Comparison, Portal } from './model.ts'

/** The contracts of now against those of a git revision. A revision that git does not know is an answer, no error. */
export async function compareWith(
  { workspace, contracts, graph }: Portal,
  revision: string,
): Promise<Comparison> {
  // Behind `--` nothing is an option to git, but a revision may not begin like one anyway.
  if (revision.startsWith('-') || revision === '')
    return { outcome: 'refused', revision, message: `"${revision}" is no revision.` }
  const settings = workspace.config.contracts
  try {
    const found = await findChanges(workspace, contracts, graph, {
      revision,
      isStrict: settings?.strict === true,
      mode: modeOption(settings?.compatibility ?? 'FORWARD'),
    })
    return { outcome: 'compared', revision, found }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return { outcome: 'refused', revision, message: error.message }
  }
}

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Feature, Workspace } from '../workspace/model.ts'

// Keys and their order are those Spec Kit's scripts print, because agents' prompts name them; paths are absolute.

export type FeaturePaths = {
  readonly REPO_ROOT: string
  readonly BRANCH: string
  readonly FEATURE_DIR: string
  readonly FEATURE_SPEC: string
  readonly IMPL_PLAN: string
  readonly TASKS: string
}

export function featurePaths({ root }: Workspace, { id, path }: Feature): FeaturePaths {
  const folder = join(root, path)
  return {
    REPO_ROOT: root,
    BRANCH: id,
    FEATURE_DIR: folder,
    FEATURE_SPEC: join(folder, 'spec.md'),
    IMPL_PLAN: join(folder, 'plan.md'),
    TASKS: join(folder, 'tasks.md'),
  }
}

/** What stands beside spec.md and plan.md and is worth reading, in Spec Kit's order. */
export function availableDocs(folder: string, { withTasks }: { withTasks: boolean }): string[] {
  const names = [
    'research.md',
    'data-model.md',
    'contracts/',
    'quickstart.md',
    ...(withTasks ? ['tasks.md'] : []),
  ]
  return names.filter((name) => {
    const path = join(folder, name)
    return existsSync(path) && (!name.endsWith('/') || readdirSync(path).length > 0)
  })
}

// Other repositories that belong to the workspace. Their files are listed as `../billing/specs/…` and read like any other; what
// is written stays below the root, because another repository has its own branch, review and checks.

import { existsSync, statSync } from 'node:fs'
import { isAbsolute, join, posix, relative, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { listFiles } from './list-files.ts'
import { loadConfig } from './load-config.ts'
import { readText } from './read-text.ts'
import { CONFIG_FILE } from './settings.ts'

export type Member = {
  /** Relative to the root, without a slash at the end: `../billing`. */
  readonly path: string
  /** Folders of it whose children are services, relative to the workspace's root. */
  readonly serviceParents: readonly string[]
  /** Relative to the workspace's root. */
  readonly files: readonly string[]
}

/** The members the config names, with their files; one that cannot be one is a finding. */
export async function openMembers(
  root: string,
  named: readonly string[],
): Promise<{ members: Member[]; findings: Finding[] }> {
  const members: Member[] = []
  const findings: Finding[] = []
  for (const name of named) {
    const path = posix.normalize(name.replaceAll('\\', '/')).replace(/\/+$/, '')
    const problem = whyNoMember(root, name, path, members)
    if (problem !== undefined) {
      findings.push(badMember(name, problem))
      continue
    }
    const { files, findings: links } = listFiles(join(root, path))
    const below = (file: string) => `${path}/${file}`
    findings.push(...links.map((one) => (one.file === undefined ? one : { ...one, file: below(one.file) })))
    const parents = ['services', ...(await rootsOf(join(root, path)))]
    members.push({ path, serviceParents: parents.map(below), files: files.map(below) })
  }
  return { members, findings }
}

function whyNoMember(
  root: string,
  name: string,
  path: string,
  members: readonly Member[],
): string | undefined {
  if (isAbsolute(name) || /^[A-Za-z]:/.test(name))
    return 'is absolute, and would be wrong on the next machine'
  const place = resolve(root, path)
  if (!(statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false)) return 'is not a folder'
  const fromRoot = relative(root, place).replaceAll('\\', '/')
  if (!fromRoot.startsWith('..'))
    return 'is inside the workspace already; services in a folder of their own go into "roots"'
  if (!relative(place, root).startsWith('..')) return 'holds this workspace itself'
  if (members.some((one) => one.path === path)) return 'is named twice'
  return undefined
}

function badMember(name: string, problem: string): Finding {
  return {
    code: 'config-bad-member',
    severity: 'error',
    message: `"${name}" in "members" ${problem}.`,
    hint: 'Name folders of other repositories relative to the workspace root, such as "../billing".',
    file: CONFIG_FILE,
  }
}

/** A member's own config says where its services are; what else it says is its own business. */
async function rootsOf(folder: string): Promise<readonly string[]> {
  const path = join(folder, CONFIG_FILE)
  if (!existsSync(path)) return []
  return loadConfig(await readText(path), CONFIG_FILE).config.roots.map((one) =>
    posix.normalize(one).replace(/\/+$/, ''),
  )
}

/** Whether it is part of this repository and not of a member. */
export function isOwn({ path }: { readonly path: string }): boolean {
  return !path.startsWith('../')
}

/** Throws CliError `member-is-read-only` for a path in another repository. */
export function mustBeOwn(path: string): void {
  if (isOwn({ path })) return
  const folder = /^(?:\.\.\/)+[^/]+/.exec(path)?.[0] ?? path
  throw new CliError(
    'member-is-read-only',
    `${path} belongs to another repository, which is read from here and never written.`,
    `cd ${folder} and run it there.`,
  )
}

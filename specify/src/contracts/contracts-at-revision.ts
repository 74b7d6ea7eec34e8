import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { ContractFiles } from '../workspace/contract-files.ts'
import type { Service, Workspace } from '../workspace/model.ts'
import { gitBlobs } from './git-blobs.ts'
import { loadContractFiles, loadContracts, type ReadContract } from './load-contracts.ts'
import type { Contracts } from './model.ts'

const run = promisify(execFile)
const LARGEST_BYTES = 64 * 1024 * 1024

/** The contracts of a workspace as git has them at `revision`. Throws CliError `no-git` or `unknown-revision`. */
export async function contractsAtRevision(workspace: Workspace, revision: string): Promise<Contracts> {
  const { root } = workspace
  const commit = await resolveRevision(root, revision)
  const listing = await git(root, ['ls-tree', '-r', '-z', '--name-only', commit, '.'])
  const files = listing.split('\0').filter((file) => /\.(json|ya?ml|avsc|md)$/.test(file))
  const old = { ...workspace, ...contractFilesThen(files, workspace) }
  return await withFiles(root, commit, (read) => loadContracts(old, read))
}

/** A file whose name holds an end of line cannot be asked for in one. */
async function withFiles<Result>(
  root: string,
  commit: string,
  use: (read: ReadContract) => Promise<Result>,
): Promise<Result> {
  const blobs = gitBlobs(root)
  try {
    return await use(async (file) =>
      file.includes('\n') ? undefined : await blobs.read(`${commit}:./${file}`),
    )
  } finally {
    blobs.close()
  }
}

/** Some files as git has them at `revision`; what was not there then is left out. */
export async function filesAtRevision(
  root: string,
  files: readonly string[],
  revision: string,
): Promise<Contracts> {
  const commit = await resolveRevision(root, revision)
  return await withFiles(root, commit, (read) => loadContractFiles(files, read))
}

const MOST_RELEASES = 50

/** The contracts of every release before now, newest first: of tags such as `v1.2.0` and `order-service/v3`. */
export async function contractsOfReleases(
  workspace: Workspace,
): Promise<{ name: string; contracts: Contracts }[]> {
  const { root } = workspace
  const listing = await git(root, ['tag', '--merged', 'HEAD', '--sort=-creatordate']).catch(() => '')
  const tags = listing.split('\n').filter((tag) => /(^|[/@_-])v?\d+(\.\d+)*$/.test(tag))
  const releases: { name: string; contracts: Contracts }[] = []
  for (const name of tags.slice(0, MOST_RELEASES))
    releases.push({ name, contracts: await contractsAtRevision(workspace, name) })
  return releases
}

type Then = Pick<Workspace, 'services' | 'sharedApiFiles' | 'sharedEventFiles'>

/** Contracts by the services of today, and of folders that are gone; what has no service around it is the project's. */
function contractFilesThen(files: readonly string[], workspace: Workspace): Then {
  const { services, sharedApiFiles, sharedEventFiles } = workspace
  const byFolder = Map.groupBy(files, homeOf)
  const inProject = byFolder.get('') ?? []
  const project = sorted(inProject, { apiFiles: sharedApiFiles, eventFiles: sharedEventFiles })
  const shared = files.filter((file) => file.startsWith('shared/contracts/events/'))
  return {
    services: [...byFolder].flatMap(([path, own]): Service[] => {
      if (path === undefined || path === '' || path === 'shared') return []
      const now = services.find((service) => service.path === path)
      return [{ name: now?.name ?? path.split('/').at(-1)!, path, features: [], ...sorted(own, now) }]
    }),
    sharedApiFiles: project.apiFiles,
    sharedEventFiles: [...shared, ...project.eventFiles],
  }
}

/** The folder whose `contracts/` a file is in; for those of a feature the folder that has the specs, '' at the root. */
function homeOf(file: string): string | undefined {
  const folder = /^(?:(.+?)\/)?contracts\//.exec(file)
  if (folder === null) return undefined
  const withSpecs = /^(?:(.+?)\/)?(?:docs\/|\.specify\/)?specs\/./.exec(file)
  return withSpecs === null ? (folder[1] ?? '') : (withSpecs[1] ?? '')
}

function sorted(files: readonly string[], now: ContractFiles | undefined): ContractFiles {
  const isEvents = (file: string) =>
    /(?:^|\/)contracts\/events\//.test(file) || now?.eventFiles.includes(file) === true
  // What today is no contract (a fixture, a generated file) was none before; of lost files the name decides.
  const isApi = (file: string) =>
    now?.apiFiles.includes(file) === true || /\/(api-spec|openapi)[^/]*$|\.(ya?ml|md)$/.test(file)
  return {
    eventFiles: files.filter(isEvents),
    apiFiles: files.filter((file) => !isEvents(file) && isApi(file)),
  }
}

async function resolveRevision(root: string, revision: string): Promise<string> {
  try {
    await git(root, ['rev-parse', '--git-dir'])
  } catch {
    throw new CliError(
      'no-git',
      'Changes are found by comparing with git, and this workspace is no git repository.',
    )
  }
  try {
    return (
      await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    ).trim()
  } catch {
    throw new CliError(
      'unknown-revision',
      `git knows no revision "${revision}".`,
      'Name a commit, a branch or a tag; in CI fetch its history first.',
    )
  }
}

async function git(root: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: LARGEST_BYTES })
  return stdout
}

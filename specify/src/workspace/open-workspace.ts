import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, posix, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { contractsByFolder, contractsOf, sortContracts } from './contract-files.ts'
import { findRoot } from './find-root.ts'
import { listFiles } from './list-files.ts'
import { defaultConfig, loadConfig } from './load-config.ts'
import { openMembers, type Member } from './members.ts'
import type { Config, Feature, Service, Workspace } from './model.ts'
import { pathFrom } from './paths.ts'
import { readText } from './read-text.ts'
import { CONFIG_FILE } from './settings.ts'

/**
 * The workspace around `cwd`, or around what somebody there typed (a file or folder), and what is wrong with its config
 * and links. Reads names, the config and the first bytes of contracts. Throws CliError `no-workspace`. Files of
 * findings are relative to `cwd`.
 */
export async function openWorkspace(
  cwd: string,
  typed = '.',
): Promise<{ workspace: Workspace; findings: Finding[] }> {
  const { workspace, findings } = await openRoot(await rootOf(resolve(cwd, typed), typed))
  return { workspace, findings: findings.map((finding) => seenFrom(cwd, workspace.root, finding)) }
}

/** The same finding with its file, given relative to the root, relative to the working directory. */
export function seenFrom(cwd: string, root: string, finding: Finding): Finding {
  return finding.file === undefined ? finding : { ...finding, file: pathFrom(cwd, root, finding.file) }
}

async function rootOf(place: string, typed: string): Promise<string> {
  const info = await stat(place).catch(() => undefined)
  if (info === undefined) throw new CliError('no-such-path', `There is no "${typed}" here.`)
  return findRoot(info.isDirectory() ? place : dirname(place))
}

async function openRoot(root: string): Promise<{ workspace: Workspace; findings: Finding[] }> {
  const { config, findings } = await configOf(root)
  const listing = listFiles(root)
  const { members, findings: memberFindings } = await openMembers(root, config.members)
  const files = [...members.flatMap((member) => member.files), ...listing.files].sort()
  const folders = findServiceFolders(files, config.roots, members)
  const features = findFeatures(files, folders)
  const byFolder = contractsByFolder(files)
  const byService = Map.groupBy(features, (feature) => feature.service)
  const services = await Promise.all(
    folders.map(async ({ path, name }): Promise<Service> => {
      const own = byService.get(name) ?? []
      return { name, path, features: own, ...(await sortContracts(root, contractsOf(byFolder, path, own))) }
    }),
  )
  const ofProject = await sortContracts(
    root,
    contractsOf(byFolder, undefined, byService.get(undefined) ?? []),
  )
  const shared = ['', ...members.map(({ path }) => `${path}/`)].map((at) => `${at}shared/contracts/events`)
  return {
    workspace: {
      root,
      config,
      services,
      features,
      constitution: CONSTITUTIONS.find((path) => files.includes(path)),
      sharedApiFiles: ofProject.apiFiles,
      sharedEventFiles: [
        ...shared
          .flatMap((folder) => below(files, folder))
          .filter((path) => /\.(json|ya?ml|avsc|md)$/.test(path)),
        ...ofProject.eventFiles,
      ],
      files,
    },
    findings: [
      ...findings,
      ...listing.findings,
      ...memberFindings,
      ...missingRoots(root, config),
      ...unknownServices(config, services),
    ],
  }
}

const CONSTITUTIONS = ['constitution.md', '.specify/memory/constitution.md', 'memory/constitution.md']

async function configOf(root: string): Promise<{ config: Config; findings: Finding[] }> {
  if (!existsSync(join(root, CONFIG_FILE))) return { config: defaultConfig, findings: [] }
  return loadConfig(await readText(join(root, CONFIG_FILE)), CONFIG_FILE)
}

type ServiceFolder = { readonly path: string; readonly name: string }

/**
 * Children of `services/` and of the configured roots, every folder elsewhere that keeps `specs/` of its own, and members that
 * are one service. By path.
 */
function findServiceFolders(
  files: readonly string[],
  roots: readonly string[],
  members: readonly Member[],
): ServiceFolder[] {
  const parents = [
    'services',
    ...roots.map(trimSlashes),
    ...members.flatMap((member) => member.serviceParents),
  ]
  const found = new Set<string>()
  for (const file of files) {
    for (const parent of parents) {
      if (!file.startsWith(`${parent}/`)) continue
      const name = file.slice(parent.length + 1).split('/')
      if (name.length > 1) found.add(`${parent}/${name[0]}`)
    }
    if (!file.endsWith('/spec.md')) continue
    const owner = /^(.+?)\/(?:docs\/|\.specify\/)?specs\/[^/]+\/spec\.md$/.exec(file)?.[1]
    if (owner !== undefined && !['docs', '.specify'].includes(owner)) found.add(owner)
  }
  for (const { path, files: own } of members)
    if (own.some((file) => file.startsWith(`${path}/contracts/`))) found.add(path)
  // A folder inside another service (its own docs, examples) is part of that service; but services of a repository that
  // has specs of its own are still services.
  const isMember = (path: string) => members.some((member) => member.path === path)
  const paths = [...found].sort()
  const kept = paths.filter(
    (path) => !paths.some((other) => !isMember(other) && path.startsWith(`${other}/`)),
  )
  return kept.map((path) => ({ path, name: serviceName(path, kept, members) }))
}

/** The folder's name; in another repository with that repository's before it where the name alone means two. */
function serviceName(path: string, all: readonly string[], members: readonly Member[]): string {
  const name = posix.basename(path)
  const home = members.find((member) => path.startsWith(`${member.path}/`))
  const isTwice = all.filter((other) => posix.basename(other) === name).length > 1
  return isTwice && home !== undefined ? `${posix.basename(home.path)}/${name}` : name
}

const FEATURE_FILES = {
  'spec.md': 'spec',
  'plan.md': 'plan',
  'tasks.md': 'tasks',
  'quick-ref.md': 'quickRef',
  'ai-doc.md': 'aiDoc',
} as const

type FeatureFileKey = (typeof FEATURE_FILES)[keyof typeof FEATURE_FILES]

function findFeatures(files: readonly string[], serviceFolders: readonly ServiceFolder[]): Feature[] {
  const folders = new Map<string, Partial<Record<FeatureFileKey, string>>>()
  for (const file of files) {
    // Not posix.basename: it walks every character, and there are thousands of files.
    const slash = file.lastIndexOf('/')
    const name = file.slice(slash + 1)
    if (!Object.hasOwn(FEATURE_FILES, name)) continue
    const folder = file.slice(0, Math.max(0, slash))
    if (!/(?:^|\/)specs\/./.test(folder)) continue
    const entry = folders.get(folder) ?? {}
    entry[FEATURE_FILES[name as keyof typeof FEATURE_FILES]] = file
    folders.set(folder, entry)
  }
  addLooseSpecs(files, folders)
  const starts = serviceFolders.map(({ path }) => `${path}/`)
  return [...folders]
    .map(([path, found]): Feature => {
      const owner = serviceFolders[starts.findLastIndex((start) => path.startsWith(start))] // the innermost comes last
      return {
        id: posix.basename(path),
        path,
        service: owner?.name,
        files: found,
      }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** `specs/003-refunds.md` is the spec of `specs/003-refunds`, unless that folder has one of its own. */
function addLooseSpecs(
  files: readonly string[],
  folders: Map<string, Partial<Record<FeatureFileKey, string>>>,
): void {
  for (const file of files) {
    if (!file.endsWith('.md')) continue
    const folder = /^((?:.+\/)?specs\/(?:\d{3,}|[A-Z]\d{3,}|\d{8}-\d{6})-[^/]+)\.md$/.exec(file)?.[1]
    if (folder === undefined) continue
    const entry = folders.get(folder) ?? {}
    entry.spec ??= file
    folders.set(folder, entry)
  }
}

function below(files: readonly string[], folder: string): string[] {
  const start = `${folder}/`
  return files.filter((file) => file.startsWith(start))
}

function missingRoots(root: string, { roots }: Config): Finding[] {
  return roots
    .filter(
      (path) =>
        isAbsolute(path) || trimSlashes(path).split('/').includes('..') || !existsSync(join(root, path)),
    )
    .map((path) => ({
      code: 'config-bad-root',
      severity: 'error' as const,
      message: `"${path}" in "roots" is not a folder inside the workspace.`,
      hint: 'Name folders relative to the workspace root.',
      file: CONFIG_FILE,
    }))
}

function unknownServices(config: Config, services: readonly Service[]): Finding[] {
  const known = new Set(services.map(({ name }) => name))
  const configured = Object.keys(config.services)
  // Without service folders the project is the service, under whatever name.
  if (known.size === 0 && configured.length === 1) return []
  return configured
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: 'config-unknown-service',
      severity: 'warning' as const,
      message: `"services.${name}" names no service of this workspace.`,
      hint: `Services found: ${[...known].join(', ') || 'none'}.`,
      file: CONFIG_FILE,
    }))
}

function trimSlashes(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '')
}

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { mergeLines } from './merge-lines.ts'
import type { ProjectFile } from './project-files.ts'

/** What happens to one file: nothing is ever lost, only created, brought up to date, or put beside. */
export type Action = 'create' | 'same' | 'update' | 'keep' | 'merge' | 'beside' | 'replace'

export type Step = {
  readonly path: string
  readonly action: Action
  /** Where it is written; `beside` writes `path.new`. */
  readonly target: string
  readonly content: string
  /** Where `replace` and `merge` save what stood there. */
  readonly backup?: string
}

/** What we wrote where: how an edit is told from an old version of ours, and what the edit started from. */
export type Manifest = {
  readonly version: 1
  /** SHA-256 by path. */
  readonly files: Readonly<Record<string, string>>
  /** The texts themselves: a merge needs them. Manifests of the first version had none. */
  readonly bases?: Readonly<Record<string, string>>
}

export const MANIFEST = '.specify/specwright.json'

/** Looks at the project and decides; writes nothing. */
export async function planInstall(
  root: string,
  files: readonly ProjectFile[],
  { force, foreign = new Map() }: { force: boolean; foreign?: ReadonlyMap<string, string> },
): Promise<{ steps: Step[]; manifest: Manifest }> {
  const before = await readManifest(root)
  const steps = await Promise.all(
    files.map(async (file) => {
      const current = await readIfThere(root, file.path)
      const { path } = file
      // What another tool wrote and nobody edited was meant to be replaced when one said --adopt.
      const isForeign = current !== undefined && foreign.get(path) === hash(current)
      return decide(file, current, {
        written: before.files[path],
        base: before.bases?.[path],
        force: force || isForeign,
      })
    }),
  )
  const ours = files.filter(({ owner }) => owner === 'ours')
  const written = Object.fromEntries(ours.map(({ path, content }) => [path, hash(content)]))
  const bases = Object.fromEntries(ours.map(({ path, content }) => [path, content]))
  return {
    steps,
    manifest: {
      version: 1,
      files: sorted({ ...before.files, ...written }),
      bases: sorted({ ...before.bases, ...bases }),
    },
  }
}

export function decide(
  { path, content, owner }: ProjectFile,
  current: string | undefined,
  { written, base, force }: { written: string | undefined; base?: string | undefined; force: boolean },
): Step {
  const step = (action: Action, target = path, text = content): Step => ({
    path,
    action,
    target,
    content: text,
  })
  if (current === undefined) return step('create')
  if (current === content) return step('same')
  if (owner === 'theirs') return step('keep')
  if (hash(current) === written) return step('update')
  if (force) return { ...step('replace'), backup: `${path}.orig` }
  if (written === hash(content)) return step('keep') // ours is what the edit started from: there is nothing new
  const merged =
    base === undefined || hash(base) !== written
      ? undefined
      : mergeLines({ base, ours: current, theirs: content })
  if (merged === current) return step('keep')
  if (merged !== undefined) return { ...step('merge', path, merged), backup: `${path}.orig` }
  return step('beside', `${path}.new`)
}

/** Carries the steps out, file by file, each whole or not at all; the manifest last. */
export async function install(root: string, steps: readonly Step[], manifest: Manifest): Promise<void> {
  for (const { path, action, target, content, backup } of steps) {
    if (action === 'same' || action === 'keep') continue
    if (backup !== undefined) await writeBackup(root, path, backup)
    await writeFileAtomic(join(root, target), content)
  }
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  if ((await readIfThere(root, MANIFEST)) !== text) await writeFileAtomic(join(root, MANIFEST), text)
}

/** A backup never overwrites an earlier one: spec.md.orig, spec.md.orig2, … */
async function writeBackup(root: string, path: string, backup: string): Promise<void> {
  let free = backup
  for (let n = 2; existsSync(join(root, free)); n++) free = `${backup}${n}`
  await writeFileAtomic(join(root, free), await readFile(join(root, path)))
}

async function readManifest(root: string): Promise<Manifest> {
  const text = await readIfThere(root, MANIFEST)
  if (text === undefined) return { version: 1, files: {} }
  try {
    const manifest = JSON.parse(text) as Partial<Manifest> | null
    if (manifest?.version === 1 && typeof manifest.files === 'object') return manifest as Manifest
  } catch {
    // Reported below like any other content we do not understand.
  }
  throw new CliError(
    'bad-manifest',
    `${MANIFEST} was not written by this version of specify.`,
    'Upgrade specify, or delete the file: edited files are then recognised by their content.',
  )
}

async function readIfThere(root: string, path: string): Promise<string | undefined> {
  await refuseToLeave(root, path)
  const full = join(root, path)
  const info = await stat(full).catch(() => undefined)
  if (info === undefined) return undefined
  if (!info.isFile()) throw new CliError('not-a-file', `${path} is in the way: it is not a file.`)
  return await readFile(full, 'utf8')
}

/** A link inside the project must not make us write outside of it. */
async function refuseToLeave(root: string, path: string): Promise<void> {
  const full = join(root, path)
  const isLink = (await lstat(full).catch(() => undefined))?.isSymbolicLink() ?? false
  let nearest = isLink ? full : dirname(full)
  while (!existsSync(nearest)) nearest = dirname(nearest)
  if (!existsSync(root)) return
  const outside = relative(await realpath(root), await realpath(nearest)).split(sep)[0] === '..'
  if (outside) throw new CliError('path-escapes-project', `${path} leads out of the project through a link.`)
}

function hash(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

function sorted(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
}

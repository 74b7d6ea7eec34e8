import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { pathInside } from '../workspace/paths.ts'
import type { Workspace } from '../workspace/model.ts'
import { cleanSlug, featureId, featureSlug, nextNumber, timestamp } from './feature-slug.ts'
import { findTemplate } from './find-template.ts'
import { FEATURE_FILE } from '../workspace/current-feature.ts'
import { withLock } from './with-lock.ts'

export type NewFeature = {
  readonly description: string
  readonly shortName: string | undefined
  readonly number: number | undefined
  readonly isStamped: boolean
  /** The folder of a service, relative to the root, when the feature belongs to one. */
  readonly servicePath: string | undefined
  readonly mayExist: boolean
  readonly now: Date
}

export type CreatedFeature = {
  readonly id: string
  readonly number: string
  /** Relative to the root. */
  readonly path: string
  readonly specExisted: boolean
  /** The number that was asked for but taken. */
  readonly takenNumber: number | undefined
}

/** Chooses number and folder; writes nothing. */
export async function planFeature(workspace: Workspace, wish: NewFeature): Promise<CreatedFeature> {
  const { root } = workspace
  const slug = wish.shortName === undefined ? featureSlug(wish.description) : cleanSlug(wish.shortName)
  if (slug === '')
    throw new CliError(
      'bad-short-name',
      `"${wish.shortName}" has neither letters nor digits.`,
      '--short-name log-in',
    )
  const specs = specsFolder(workspace, wish.servicePath)
  const entries = await readdir(join(root, specs), { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const existing = wish.mayExist
    ? folders.find((name) => wordsOf(name) === slug)
    : await preparedFolder(join(root, specs), folders, wish)
  if (existing !== undefined) {
    const number = /^(\d{8}-\d{6}|\d+)/.exec(existing)?.[1] ?? ''
    const path = `${specs}/${existing}`
    return {
      id: existing,
      number,
      path,
      specExisted: existsSync(join(root, path, 'spec.md')),
      takenNumber: undefined,
    }
  }
  const isTaken = folders.some(
    (name) => wish.number !== undefined && Number(/^(\d+)-/.exec(name)?.[1]) === wish.number,
  )
  const counted = wish.number === undefined || isTaken ? nextNumber(folders) : wish.number
  const number = wish.isStamped ? timestamp(wish.now) : String(counted).padStart(3, '0')
  const id = featureId(number, slug)
  return {
    id,
    number,
    path: pathInside(root, root, `${specs}/${id}`),
    specExisted: existsSync(join(root, specs, id, 'spec.md')),
    takenNumber: isTaken ? wish.number : undefined,
  }
}

/** A folder made by hand for this very feature: empty, and named by words of the description. */
async function preparedFolder(
  specs: string,
  folders: readonly string[],
  { description, shortName, number, isStamped }: NewFeature,
): Promise<string | undefined> {
  if (number !== undefined || isStamped) return undefined
  const said = new Set(cleanSlug(shortName ?? description).split('-'))
  for (const name of folders) {
    const isMeant =
      /^\d{3,}-/.test(name) &&
      wordsOf(name)
        .split('-')
        .every((word) => said.has(word))
    if (isMeant && (await readdir(join(specs, name))).length === 0) return name
  }
  return undefined
}

/** `log-in` of `001-log-in` and of `20260102-030405-log-in`. */
function wordsOf(folder: string): string {
  return folder.replace(/^(\d{8}-\d{6}|\d+)-/, '')
}

/** Makes the folder, spec.md from the template and `.specify/feature.json`; two at once get two numbers. */
export async function createFeature(workspace: Workspace, wish: NewFeature): Promise<CreatedFeature> {
  const { root } = workspace
  return withLock(join(root, '.specify/.numbering.lock'), async () => {
    const created = await planFeature(workspace, wish)
    if (!created.specExisted) {
      const name = wish.servicePath !== undefined ? await serviceTemplate(root) : 'spec'
      const { content } = await findTemplate(root, name)
      await mkdir(join(root, created.path), { recursive: true })
      await writeFileAtomic(join(root, created.path, 'spec.md'), filledIn(content, created, wish))
    }
    await writeFileAtomic(
      join(root, FEATURE_FILE),
      `${JSON.stringify({ feature_directory: created.path }, null, 2)}\n`,
    )
    return created
  })
}

/** `timestamp` when the project was made so; Spec Kit keeps the choice in its init options. */
export async function numbersByTime(root: string): Promise<boolean> {
  const text = await readFile(join(root, '.specify/init-options.json'), 'utf8').catch(() => '{}')
  return /"feature_numbering"\s*:\s*"timestamp"/.test(text)
}

/** The first feature of a service describes the service; that template has the tables of its neighbours. */
async function serviceTemplate(root: string): Promise<string> {
  const isThere = ['templates', '.specify/templates'].some((folder) =>
    existsSync(join(root, folder, 'microservices/service-spec-template.md')),
  )
  return isThere ? 'microservices/service-spec' : 'spec'
}

function specsFolder({ root }: Workspace, servicePath: string | undefined): string {
  const candidates =
    servicePath === undefined
      ? ['specs', '.specify/specs', 'docs/specs']
      : [`${servicePath}/specs`, `${servicePath}/docs/specs`]
  return candidates.find((folder) => existsSync(join(root, folder))) ?? candidates[0]!
}

/** What a program knows goes in; what has to be thought about stays a bracket, which `validate` points at. */
function filledIn(template: string, { id }: CreatedFeature, { description, now }: NewFeature): string {
  const day = now.toISOString().slice(0, 10)
  const quoted = description.replaceAll(/\s+/g, ' ').trim()
  return template
    .replaceAll('[###-feature-name]', () => id)
    .replaceAll('[DATE]', () => day)
    .replaceAll('$ARGUMENTS', () => quoted)
}

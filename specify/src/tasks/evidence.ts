import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../spec/model.ts'
import type { Feature, Workspace } from '../workspace/model.ts'

// Never in capitals: DELETE is a method of HTTP.
const VERB = '(?:[Dd]elete|[Rr]emove|[Rr]ename|[Mm]ove|[Dd]rop|[Rr]etire|[Rr]eplace)'
/** A command stands first, behind labels, or after another one; "a remove button" is a thing. */
const TELLS = new RegExp(String.raw`(?:^(?:\W*\[[^\]]*\])*\W*|[,;:.]\s+|\b(?:and|then)\s+)${VERB}\b(?!-)`)
const MENTIONS = new RegExp(String.raw`\b${VERB}[sd]?\b`)

export type Evidence = {
  /** Files the task names that are there, relative to the root. */
  readonly found: readonly string[]
  /** Those that are not. */
  readonly missing: readonly string[]
  /** The task tells to take something away, which cannot be seen by looking for it. */
  readonly isRemoval: boolean
  /** It speaks of such a thing at all: a file that is missing may be meant to be. */
  readonly mayRemove: boolean
}

/** Which of the files a task names are there: from the root, its service, its feature, or anywhere by the same ending. */
export function pathEvidence(workspace: Workspace, feature: Feature, task: Task): Evidence {
  const found: string[] = []
  const missing: string[] = []
  for (const path of task.paths.filter((one) => isPlace(workspace, one))) {
    const place = locate(workspace, feature, path)
    if (place === undefined) missing.push(path)
    else found.push(place)
  }
  return { found, missing, isRemoval: TELLS.test(task.text), mayRemove: MENTIONS.test(task.text) }
}

/** "login/logout" has a slash and is no path; a file's ending or a folder we know makes it one. */
function isPlace({ files }: Workspace, path: string): boolean {
  const clean = tidy(path)
  if (/\.[a-z]\w{0,9}$/i.test(clean) || /(?:^|\/)(?:Dockerfile|Makefile)$/.test(clean)) return true
  const first = clean.split('/')[0]!
  return files.some((file) => file.startsWith(`${first}/`))
}

export function locate(workspace: Workspace, feature: Feature, path: string): string | undefined {
  const clean = tidy(path)
  const service = workspace.services.find(({ name }) => name === feature.service)
  const bases = ['', ...(service === undefined ? [] : [`${service.path}/`]), `${feature.path}/`]
  const star = clean.indexOf('*')
  if (star !== -1)
    return workspace.files.find((file) => bases.some((base) => file.startsWith(base + clean.slice(0, star))))
  return bases.map((base) => base + clean).find((file) => existsSync(join(workspace.root, file)))
}

function tidy(path: string): string {
  return path
    .replace(/^\.\//, '')
    .replace(/^\/+/, '')
    .replace(/[/.)]+$/, '')
}

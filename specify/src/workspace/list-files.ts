import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'

const SKIPPED = new Set([
  'node_modules',
  'dist',
  'build',
  'out',
  'target',
  'vendor',
  'coverage',
  '__pycache__',
  'venv',
])
const SEEN_HIDDEN = new Set(['.specify', '.speckit.config.json'])

/**
 * Every file below `root`, relative, with forward slashes, in a stable order. Leaves out dependencies, build output and
 * hidden folders. A link is followed while it stays inside the root; each real folder is visited once, so loops end.
 */
export async function listFiles(root: string): Promise<{ files: string[]; findings: Finding[] }> {
  const realRoot = await realpath(root)
  const visited = new Set<string>()
  const files: string[] = []
  const findings: Finding[] = []
  await visit('')
  return { files: files.sort(), findings }

  async function visit(folder: string): Promise<void> {
    const real = await realpath(join(root, folder))
    if (visited.has(real)) return
    visited.add(real)
    const entries = await readdir(real, { withFileTypes: true })
    // Real folders before links, so that a folder keeps its own name when a link leads to it.
    entries.sort((a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()))
    for (const entry of entries) {
      if (isSkipped(folder, entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isSymbolicLink()) await visitLink(path)
      else if (entry.isDirectory()) await visit(path)
      else if (entry.isFile()) files.push(path)
    }
  }

  async function visitLink(path: string): Promise<void> {
    const target = await realpath(join(root, path)).catch(() => undefined)
    if (target === undefined) {
      findings.push(linkFinding('broken-link', path, 'The link leads nowhere.'))
      return
    }
    if (target !== realRoot && relative(realRoot, target).split(sep)[0] === '..') {
      findings.push(
        linkFinding('path-escapes-workspace', path, 'The link leaves the workspace and is not followed.'),
      )
      return
    }
    const info = await stat(target)
    if (info.isDirectory()) await visit(path)
    else if (info.isFile()) files.push(path)
  }
}

/** A service or a feature may be called "vendor" or "build"; elsewhere such a folder is made, not written. */
function isSkipped(folder: string, name: string): boolean {
  const isNamedByPeople = /(?:^|\/)(?:services|specs)$/.test(folder) && name !== 'node_modules'
  return (SKIPPED.has(name) && !isNamedByPeople) || (name.startsWith('.') && !SEEN_HIDDEN.has(name))
}

function linkFinding(code: string, file: string, message: string): Finding {
  return {
    code,
    severity: 'warning',
    message,
    hint: 'Remove the link, or put the file itself into the workspace.',
    file,
  }
}

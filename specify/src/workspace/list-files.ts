import { readdirSync, realpathSync, statSync } from 'node:fs'
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
export function listFiles(root: string): { files: string[]; findings: Finding[] } {
  const realRoot = realpathSync(root)
  const visited = new Set<string>()
  const files: string[] = []
  const findings: Finding[] = []
  const links: string[] = []
  visit('', realRoot)
  // Links last, so that a folder keeps its own name when a link leads to it.
  for (let link = links.shift(); link !== undefined; link = links.shift()) visitLink(link)
  return { files: files.sort(), findings }

  // Synchronous on purpose: a thousand small folders cost a third of what as many promises do.
  function visit(folder: string, real: string): void {
    if (visited.has(real)) return
    visited.add(real)
    for (const entry of readdirSync(real, { withFileTypes: true })) {
      if (isSkipped(folder, entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isSymbolicLink()) links.push(path)
      // Below a real folder what is no link is real: no need to ask for each.
      else if (entry.isDirectory()) visit(path, join(real, entry.name))
      else if (entry.isFile()) files.push(path)
    }
  }

  function visitLink(path: string): void {
    const target = realTarget(join(root, path))
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
    const info = statSync(target)
    if (info.isDirectory()) visit(path, target)
    else if (info.isFile()) files.push(path)
  }
}

function realTarget(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
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

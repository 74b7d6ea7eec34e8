// Who may import whom. Modules are derived from the folders, so a new service is covered on its first day.

import type { Finding } from '@specwright/cli/finding.ts'
import { posix } from 'node:path'
import { findImports, type Import } from './find-imports.ts'
import { importCycles } from './import-cycles.ts'

/** Path from the root, with forward slashes → text. package.json files and sources. */
export type Tree = ReadonlyMap<string, string>

const SOURCE = /\.(?:ts|tsx|js|mjs)$/
const VAGUE = /^(?:utils?|helpers?|common|shared|misc)$/i
/** Plain JavaScript that starts Node 24 before packages can be resolved: reached by path from every launcher. */
const LAUNCHER = 'packages/cli/node24.js'

export function checkBoundaries(tree: Tree): Finding[] {
  const packages = packagesOf(tree)
  const findings: Finding[] = []
  const edges = new Map<string, { to: string; line: number }[]>()
  for (const [file, text] of tree) {
    if (!SOURCE.test(file)) continue
    findings.push(...vagueName(file))
    edges.set(file, [])
    for (const found of findImports(text)) {
      const target = resolveImport(file, found.specifier, packages)
      findings.push(...judge(file, found, target, packages))
      if (target.kind === 'ours' && found.kind === 'static')
        edges.get(file)!.push({ to: target.path, line: found.line })
    }
  }
  return [...findings, ...importCycles(edges)]
}

type Package = {
  readonly folder: string
  readonly name: string
  readonly declared: ReadonlySet<string>
  readonly exports: Readonly<Record<string, string>>
}

function packagesOf(tree: Tree): Package[] {
  return [...tree]
    .filter(([path]) => posix.basename(path) === 'package.json')
    .map(([path, text]) => {
      const json = JSON.parse(text) as Record<string, unknown>
      const names = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap(
        (field) => Object.keys((json[field] as object | undefined) ?? {}),
      )
      return {
        folder: posix.dirname(path),
        name: String(json['name']),
        declared: new Set(names),
        exports: (json['exports'] as Record<string, string> | undefined) ?? {},
      }
    })
}

function packageOf(path: string, packages: readonly Package[]): Package | undefined {
  return packages
    .filter(({ folder }) => folder === '.' || path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0]
}

type Target =
  | { readonly kind: 'ours'; readonly path: string }
  | { readonly kind: 'hidden'; readonly owner: Package }
  | { readonly kind: 'foreign'; readonly name: string }
  | { readonly kind: 'builtin' }

function resolveImport(file: string, specifier: string, packages: readonly Package[]): Target {
  if (specifier.startsWith('.')) return { kind: 'ours', path: posix.join(posix.dirname(file), specifier) }
  if (/^[\w-]+:/.test(specifier)) return { kind: 'builtin' } // node:fs, virtual:react-router/…
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const owner = packages.find((one) => one.name === name)
  if (owner === undefined) return { kind: 'foreign', name }
  const exported = exportedPath(owner, `.${specifier.slice(name.length)}`)
  return exported === undefined ? { kind: 'hidden', owner } : { kind: 'ours', path: exported }
}

function exportedPath({ folder, exports }: Package, subpath: string): string | undefined {
  for (const [pattern, to] of Object.entries(exports)) {
    const [head, tail] = pattern.split('*') as [string, string | undefined]
    if (tail === undefined ? subpath !== pattern : !(subpath.startsWith(head) && subpath.endsWith(tail)))
      continue
    const star = tail === undefined ? '' : subpath.slice(head.length, subpath.length - tail.length)
    return posix.join(folder, to.replace('*', star))
  }
  return undefined
}

function judge(
  file: string,
  { specifier, line, kind }: Import,
  target: Target,
  packages: readonly Package[],
): Finding[] {
  const finding = (code: string, message: string, hint: string): Finding => ({
    code,
    severity: 'error',
    file,
    line,
    message,
    hint,
  })
  const own = packageOf(file, packages)
  switch (target.kind) {
    case 'builtin':
      return []
    case 'hidden':
      return [
        finding(
          'not-exported',
          `${specifier} is not among the exports of ${target.owner.name}.`,
          `See "exports" in ${target.owner.folder}/package.json for its public entries.`,
        ),
      ]
    case 'foreign':
      // Workspaces are linked at the root, so the root declares them by naming them as workspaces.
      return own === undefined ||
        own.declared.has(target.name) ||
        (kind === 'type' && own.declared.has(typesPackage(target.name)))
        ? []
        : [
            finding(
              'undeclared-import',
              `${target.name} is not declared in ${posix.join(own.folder, 'package.json')}.`,
              `Run "npm install --save-exact -w ${own.folder} ${target.name}", or do without.`,
            ),
          ]
    case 'ours':
      break
  }
  if (target.path === LAUNCHER && file.endsWith('.js')) return []
  const owner = packageOf(target.path, packages)
  if (owner !== own) {
    if (specifier.startsWith('.'))
      return [
        finding(
          'relative-across-workspaces',
          `${specifier} leaves ${own?.folder ?? '.'} by a relative path.`,
          `Import it by the name of its package, ${owner?.name ?? 'whatever that is'}.`,
        ),
      ]
    if (own !== undefined && own.folder !== '.' && owner !== undefined && !own.declared.has(owner.name))
      return [
        finding(
          'undeclared-import',
          `${owner.name} is not declared in ${own.folder}/package.json.`,
          `Add "${owner.name}": "0.1.0" to its dependencies.`,
        ),
      ]
  }
  return mayImport(file, target.path)
    ? []
    : [
        finding(
          'forbidden-import',
          `${moduleOf(file)} must not import ${target.path}.`,
          `It may import ${allowance(moduleOf(file))}.`,
        ),
      ]
}

/** `@types/mdast` for mdast, `@types/scope__name` for @scope/name. */
function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`
}

/** The unit the rules speak of: `marketplace/services/order-service`, `marketplace/platform`, `specify`, … */
function moduleOf(path: string): string {
  const [first = '', second = '', third = ''] = path.split('/')
  if (first === 'packages') return `packages/${second}`
  if (first !== 'marketplace') return first
  if (second === 'services' || second === 'simulators') return `marketplace/${second}/${third}`
  return ['platform', 'web', 'data'].includes(second) ? `marketplace/${second}` : 'marketplace'
}

function mayImport(file: string, target: string): boolean {
  const from = moduleOf(file)
  const to = moduleOf(target)
  if (from === to) return true
  if (from.startsWith('packages/')) return false
  if (to.startsWith('packages/')) return true

  const isProduct = to === 'specify' || to === 'pgmock' // reached by package name, so by its exports only
  if (from.startsWith('marketplace') && file.endsWith('.test.ts') && isProduct) return true
  const isContract = /^marketplace\/services\/[^/]+\/contracts\//.test(target)
  switch (from.split('/').slice(0, 2).join('/')) {
    case 'marketplace':
      return isProduct || to.startsWith('marketplace')
    case 'marketplace/data':
      return to === 'pgmock'
    case 'marketplace/web':
      return (
        isContract ||
        target.startsWith('marketplace/platform/contract/') ||
        // The pages must stay free of it, but the files beside app/ start the web server like any service.
        (to === 'marketplace/platform' && !file.startsWith('marketplace/web/app/'))
      )
    case 'marketplace/services':
      return isContract || to === 'marketplace/platform'
    case 'marketplace/simulators':
      return to === 'marketplace/platform'
    default:
      return false
  }
}

function allowance(from: string): string {
  if (from.startsWith('packages/')) return 'nothing of ours outside itself'
  switch (from.split('/').slice(0, 2).join('/')) {
    case 'marketplace':
      return 'anything of the marketplace, packages/, and the public entries of specify and pgmock'
    case 'marketplace/data':
      return 'itself, packages/ and the public entries of pgmock'
    case 'marketplace/web':
      return "itself, packages/, every service's contracts/ and platform/contract/; outside app/ all of platform/"
    case 'marketplace/services':
      return "itself, platform/, packages/ and other services' contracts/"
    case 'marketplace/simulators':
      return 'itself, platform/ and packages/'
    default:
      return 'itself and packages/'
  }
}

function vagueName(file: string): Finding[] {
  const vague = file.split('/').find((part) => VAGUE.test(part.split('.')[0]!))
  if (vague === undefined) return []
  return [
    {
      code: 'vague-name',
      severity: 'error',
      file,
      message: `"${vague}" says nothing about what is inside.`,
      hint: 'Name it after what it does; copy ten lines rather than collect strangers.',
    },
  ]
}

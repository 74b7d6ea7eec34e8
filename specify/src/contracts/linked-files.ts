// References across files. What a contract refers to in other files of the workspace is put into its own root, below
// one member, and every reference becomes one inside the document: whoever reads contracts need not know about files.
// Addresses are never fetched, and no path leaves the workspace.

import { posix } from 'node:path'
import {
  isRecord,
  pointer as pointerOf,
  pointerSegments,
  valueAt,
} from '@specwright/json-schema/json-pointer.ts'
import { refOf } from '@specwright/json-schema/resolve-ref.ts'
import type { Source } from './model.ts'
import { readDocument, type ReadDocument } from './read-document.ts'

/** The member of a root that holds the other files, by their paths. */
export const FILES = 'x-specify-files'

/** Documents by their path in the workspace. */
export type LinkedFiles = ReadonlyMap<string, ReadDocument>

const MOST_FILES = 5_000
// A long reference may be folded below its key: `$ref: >-`.
const OUTSIDE = /\$ref["']?\s*:\s*["']?(?!["'#\s]|[>|][-+\d]*\s+#)/
const NAMES = ['$id', '$anchor', '$dynamicAnchor']

/** Whether what a contract says hangs on other files; in doubt it does. */
export function refersOutside(text: string): boolean {
  return OUTSIDE.test(text)
}

/** Every file that `text` refers to, and what these refer to. Files that are not there are left out. */
export async function readLinkedFiles(
  text: string,
  file: string,
  read: (file: string) => Promise<string | undefined>,
): Promise<LinkedFiles> {
  const files = new Map<string, ReadDocument>()
  if (!refersOutside(text)) return files
  const queue = [{ file, root: readDocument(text, file).root as unknown }]
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const ref of outsideRefs(next.root)) {
      const path = pathOfRef(ref, next.file)
      if (path === undefined || path === file || files.has(path) || files.size >= MOST_FILES) continue
      const text = await read(path).catch(() => undefined)
      if (text === undefined) continue
      const document = readDocument(text, path)
      files.set(path, document)
      queue.push({ file: path, root: document.root })
    }
  return files
}

/** The file a reference names, relative to the workspace; undefined for addresses and for what lies outside. */
export function pathOfRef(ref: string, file: string): string | undefined {
  const [path] = ref.split('#')
  if (path === undefined || path === '' || isAddress(path) || path.startsWith('/')) return undefined
  const joined = posix.normalize(posix.join(posix.dirname(file), decoded(path)))
  return joined.startsWith('../') ? undefined : joined
}

/** `https://example.org/x`, `urn:x`, `//example.org`. */
export function isAddress(ref: string): boolean {
  return /^([a-z][a-z0-9+.-]+:|\/\/)/i.test(ref)
}

/** `root` with the linked files inside; `root` itself when there is nothing to link. */
export function bundle(
  {
    root,
    file,
    text,
  }: { readonly root: Record<string, unknown>; readonly file: string; readonly text: string },
  files: LinkedFiles,
  isLenient = false,
): Record<string, unknown> {
  if (files.size === 0 && !isLenient && !NAMES.some((name) => text.includes(name))) return root
  const names = new Names()
  names.add(root, file, '')
  for (const [path, document] of files) names.add(document.root, path, pointerOf(FILES, path))
  const rewritten = new Rewriter(file, root, files, names, isLenient)
  const bundled = rewritten.copy(root, { file, pointer: '' }) as Record<string, unknown>
  const others = [...files].map(([path, document]): [string, unknown] => {
    const pointer = pointerOf(FILES, path)
    return [path, rewritten.copy(document.root, { file: path, pointer })]
  })
  return others.length === 0 ? bundled : { ...bundled, [FILES]: Object.fromEntries(others) }
}

/** Where the parts of linked files are written: for `Source.within`. */
export function viewsOf(files: LinkedFiles): (source: Source, pointer: string) => Source | undefined {
  const views = new Map<string, Source>()
  const start = pointerOf(FILES)
  return (source, pointer) => {
    if (!pointer.startsWith(`${start}/`)) return undefined
    const path = pointerSegments(pointer)[1]!
    const known = views.get(path)
    if (known !== undefined) return known
    const document = files.get(path)?.document
    const prefix = pointerOf(FILES, path).length
    const view: Source = {
      ...source,
      file: path,
      lineOf: (inside) => document?.locate(inside.slice(prefix))?.line ?? 1,
    }
    views.set(path, view)
    return view
  }
}

type Scope = {
  readonly file: string
  readonly pointer: string
  /** Of the nearest `$id`: its address and where it stands. */
  readonly base?: { readonly address: string; readonly pointer: string }
  /** Schemas around, outermost first, with definitions of their own. */
  readonly holders?: readonly string[]
}

/** What `$id` and `$anchor` name. */
class Names {
  readonly #pointers = new Map<string, string>()

  readonly #dynamic = new Map<string, string | undefined>()

  find(name: string): string | undefined {
    return this.#pointers.get(name)
  }

  /** Where a dynamic reference must lead: there is only one such anchor. */
  findDynamic(name: string): string | undefined {
    return this.#dynamic.get(name)
  }

  add(root: unknown, file: string, pointer: string): void {
    const visit = (value: unknown, pointer: string, base: string): void => {
      if (Array.isArray(value)) return value.forEach((each, i) => visit(each, `${pointer}/${i}`, base))
      if (!isRecord(value)) return
      const { $id, $anchor, $dynamicAnchor } = value
      let own = base
      if (typeof $id === 'string') {
        own = absolute($id, base) ?? base
        if (!this.#pointers.has(own)) this.#pointers.set(own, pointer)
      }
      if (typeof $anchor === 'string') this.#pointers.set(`${own}#${$anchor}`, pointer)
      if (typeof $dynamicAnchor === 'string') {
        this.#pointers.set(`${own}#${$dynamicAnchor}`, pointer)
        this.#dynamic.set($dynamicAnchor, this.#dynamic.has($dynamicAnchor) ? undefined : pointer)
      }
      for (const [name, each] of Object.entries(value))
        if (name !== 'enum' && name !== 'const') visit(each, `${pointer}${pointerOf(name)}`, own)
    }
    visit(root, pointer, `file:///${file}`)
  }
}

class Rewriter {
  readonly #main: string
  readonly #files: LinkedFiles
  readonly #names: Names
  readonly #isLenient: boolean
  readonly #roots: ReadonlyMap<string, unknown>
  // YAML aliases share objects: copied once, they stay shared.
  readonly #copies = new Map<object, unknown>()

  constructor(main: string, root: unknown, files: LinkedFiles, names: Names, isLenient: boolean) {
    this.#main = main
    this.#roots = new Map([
      [main, root],
      ...[...files].map(([path, each]): [string, unknown] => [path, each.root]),
    ])
    this.#files = files
    this.#names = names
    this.#isLenient = isLenient
  }

  copy(value: unknown, scope: Scope): unknown {
    if (typeof value !== 'object' || value === null) return value
    const known = this.#copies.get(value)
    if (known !== undefined) return known
    const below = (each: unknown, name: string | number, inside: Scope) =>
      this.copy(each, { ...inside, pointer: `${scope.pointer}${pointerOf(name)}` })
    if (Array.isArray(value)) {
      const list: unknown[] = []
      this.#copies.set(value, list)
      for (const [i, each] of value.entries()) list.push(below(each, i, scope))
      return list
    }
    const inside = this.#inside(value as Record<string, unknown>, scope)
    const copied: Record<string, unknown> = {}
    this.#copies.set(value, copied)
    for (const [name, each] of Object.entries(value))
      define(
        copied,
        name,
        name === '$ref' && typeof each === 'string' ? this.#ref(each, inside) : below(each, name, inside),
      )
    const { $dynamicRef } = copied
    const only =
      typeof $dynamicRef === 'string' ? this.#names.findDynamic($dynamicRef.split('#')[1] ?? '') : undefined
    if (only !== undefined && copied['$ref'] === undefined) {
      delete copied['$dynamicRef']
      copied['$ref'] = `#${uri(only)}`
    }
    return copied
  }

  #inside(value: Record<string, unknown>, scope: Scope): Scope {
    const { $id } = value
    const address =
      typeof $id === 'string' ? absolute($id, scope.base?.address ?? `file:///${scope.file}`) : undefined
    const holds = this.#isLenient && (isRecord(value['$defs']) || isRecord(value['definitions']))
    if (address === undefined && !holds) return scope
    return {
      ...scope,
      ...(address !== undefined && { base: { address, pointer: scope.pointer } }),
      ...(holds && { holders: [...(scope.holders ?? []), scope.pointer] }),
    }
  }

  #ref(ref: string, scope: Scope): string {
    const [path = '', fragment = ''] = ref.split('#')
    const named = this.#names.find(absolute(ref, scope.base?.address ?? `file:///${scope.file}`) ?? ref)
    if (named !== undefined && fragment !== '' && !fragment.startsWith('/')) return `#${uri(named)}`
    const target = this.#targetOf(path, scope)
    if (target === undefined || (fragment !== '' && !fragment.startsWith('/'))) return ref
    if (path === '' && fragment !== '') {
      const holder = scope.holders?.findLast((each) => this.#isThere(each, fragment, scope))
      const isAtRoot = this.#isThere(target, fragment, scope)
      if (!isAtRoot && holder !== undefined) return `#${uri(holder)}${fragment}`
    }
    return target === '' && path === '' ? ref : `#${uri(target)}${fragment}`
  }

  /** Where the document stands that a reference names before its `#`. */
  #targetOf(path: string, scope: Scope): string | undefined {
    if (path === '')
      return scope.base?.pointer ?? (scope.file === this.#main ? '' : pointerOf(FILES, scope.file))
    const byAddress = this.#names.find(absolute(path, scope.base?.address ?? `file:///${scope.file}`) ?? path)
    if (byAddress !== undefined) return byAddress
    const file = pathOfRef(path, scope.file)
    if (file === this.#main) return ''
    return file !== undefined && this.#files.get(file)?.root !== undefined
      ? pointerOf(FILES, file)
      : undefined
  }

  #isThere(pointer: string, fragment: string, { file }: Scope): boolean {
    const isMain = file === this.#main
    const own = isMain ? pointer : pointer.slice(pointerOf(FILES, file).length)
    return (
      valueAt(this.#roots.get(file), `${own}${pointerOf(...pointerSegments(`#${fragment}`))}`) !== undefined
    )
  }
}

/** References out of the document, each once. */
function outsideRefs(root: unknown): Set<string> {
  const refs = new Set<string>()
  const seen = new Set<object>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    const ref = refOf(value)
    if (ref !== undefined && !ref.startsWith('#')) refs.add(ref)
    for (const each of Object.values(value)) visit(each)
  }
  visit(root)
  return refs
}

/** `__proto__` is a member like any other. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}

function absolute(ref: string, base: string): string | undefined {
  try {
    return new URL(ref, base).href.replace(/#$/, '')
  } catch {
    return undefined
  }
}

function uri(pointer: string): string {
  return encodeURI(pointer).replaceAll('#', '%23')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

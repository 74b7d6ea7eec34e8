// Several documents laid over one another before the schema is read: what a file extends and mixes in, the project's
// file, the file itself. The result is a plain schema document, and for every value the layer it came from.

import { dirname, join, relative } from 'node:path'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Document } from '@specwright/json-schema/document.ts'
import { isRecord, pointer, valueAt } from '@specwright/json-schema/json-pointer.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { FindingList } from '../schema/finding-list.ts'
import type { SchemaFile } from '../schema/read-schemas.ts'
import { prefixTables } from './prefix-tables.ts'
import { PROJECT_FILE, type Project } from './project-file.ts'
import type { Template } from './templates.ts'

type Json = Record<string, unknown>

export type LayerSources = {
  /** Asked only when a file names one: reading them costs more than most files. */
  readonly templates: () => ReadonlyMap<string, Template>
  readonly project: Project | undefined
  /** Undefined when the file cannot be read. */
  readonly read: (path: string) => string | undefined
}

export type Layered = {
  readonly document: Document
  /** JSON pointer of a value that is no object → the layer that set it. */
  readonly origins: ReadonlyMap<string, string>
}

/** `path` is absolute: names in the file are relative to it. */
export function layered(
  { file, document }: SchemaFile,
  path: string,
  sources: LayerSources,
  add: (finding: Finding) => void,
): Layered {
  const origins = new Map<string, string>()
  if (!isRecord(document.value)) return { document, origins }
  const value: Json = {}
  const hasProject = Object.keys(sources.project?.schema ?? {}).length > 0
  if (!hasProject && !isComposed(document.value)) {
    // Untouched: here null is a value, not a word for "take it away".
    lay({ value, origins }, document.value, file, '')
    return { document, origins }
  }
  const composer = new Composer(sources, new FindingList(file, document, add))
  composer.compose({ value: document.value, path, label: file, at: '' }, { value, origins }, sources.project)
  return { document: { ...document, value, problems: [] }, origins }
}

function isComposed(value: Json): boolean {
  return ['extends', 'mix', 'definitions'].some((key) => Object.hasOwn(value, key)) || hasRef(value)
}

function hasRef(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasRef)
  return isRecord(value) && (typeof value['$ref'] === 'string' || Object.values(value).some(hasRef))
}

type Source = {
  readonly value: Json
  readonly path: string
  readonly label: string
  /** Where findings about it stand in the file that was given: its own pointers, or the word that brought it in. */
  readonly at: string
}
type Target = { readonly value: Json; readonly origins: Map<string, string> }

class Composer {
  readonly #sources: LayerSources
  readonly #list: FindingList
  /** Files being composed: one that comes up again is a circle. */
  readonly #open: string[] = []

  constructor(sources: LayerSources, list: FindingList) {
    this.#sources = sources
    this.#list = list
  }

  compose(source: Source, target: Target, project?: Project): void {
    this.#open.push(source.path)
    const own = rebased(this.#withoutRefs(source.value, source, []), source.path, this.#open[0]!)
    const { extends: bases, mix, definitions: _, ...rest } = isRecord(own) ? own : {}
    const isOwn = source.at === ''
    for (const [i, name] of items(bases)) {
      const at = isOwn ? (Array.isArray(bases) ? `/extends/${i}` : '/extends') : source.at
      const base = this.#named(name, source, at)
      if (base) this.compose(base, target)
    }
    for (const [i, part] of items(mix)) this.#mix(part, source, isOwn ? `/mix/${i}` : source.at, target)
    if (project) layProject(target, project)
    lay(target, rest, source.label, '')
    this.#open.pop()
  }

  #mix(part: unknown, source: Source, at: string, target: Target): void {
    const { template, prefix = '' } = isRecord(part) ? part : { template: part }
    if (typeof template !== 'string' || typeof prefix !== 'string') {
      this.#list.error('bad-mix', at, 'mix needs { "template": name, "prefix": text }')
      return
    }
    const base = this.#named(template, source, at)
    if (!base) return
    const alone: Target = { value: {}, origins: new Map() }
    this.compose(base, alone)
    const renamed = prefixTables(alone.value, prefix)
    const taken = isRecord(target.value['tables']) ? target.value['tables'] : {}
    const twice = Object.keys(isRecord(renamed['tables']) ? renamed['tables'] : {}).find((name) =>
      Object.hasOwn(taken, name),
    )
    if (twice === undefined)
      lay(target, renamed, prefix === '' ? base.label : `${base.label} as ${prefix}…`, '')
    else
      this.#list.error('mix-clash', at, `${template} brings a second table "${twice}"`, 'Give it a "prefix".')
  }

  /** `saas` is a template, `./base.json` a file beside this one. */
  #named(name: unknown, { path }: Source, at: string): Source | undefined {
    if (typeof name !== 'string') {
      this.#list.error('bad-extends', at, 'extends names a template or a file')
      return undefined
    }
    const isFile = name.includes('/') || name.endsWith('.json')
    const template = isFile ? undefined : this.#sources.templates().get(name)
    if (!isFile && !template) {
      const names = [...this.#sources.templates().keys()]
      this.#list.error(
        'unknown-template',
        at,
        `there is no template "${name}"`,
        didYouMean(name, names) ?? `There is ${names.join(', ')}; a file is written ./${name}.json.`,
      )
      return undefined
    }
    const from = template?.path ?? join(dirname(path), name)
    if (this.#open.includes(from)) {
      this.#list.error('extends-circle', at, `${name} leads back to itself`)
      return undefined
    }
    const value = this.#document(from, template?.text, name, at)
    const label = template ? `${template.layer} template ${name}` : name
    return isRecord(value) ? { value, path: from, label, at } : undefined
  }

  #document(path: string, known: string | undefined, name: string, at: string): unknown {
    const text = known ?? this.#sources.read(path)
    if (text === undefined) {
      this.#list.error('file-missing', at, `${name} cannot be read`, 'Names are relative to the file.')
      return undefined
    }
    const { value, problems } = parseDocument(text, 'json')
    const [problem] = problems
    if (problem) this.#list.error('base-invalid', at, `${name}, line ${problem.line}: ${problem.message}`)
    return value
  }

  /** The value with every `{ "$ref": "#/definitions/id" }` replaced; what stands beside `$ref` is laid over its target. */
  #withoutRefs(value: unknown, source: Source, open: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withoutRefs(item, source, open))
    if (!isRecord(value)) return value
    const { $ref: ref, ...rest } = value
    const own = Object.fromEntries(
      Object.entries(rest).map(([key, item]) => [key, this.#withoutRefs(item, source, open)]),
    )
    if (typeof ref !== 'string') return own
    const [file = '', fragment = ''] = ref.split('#')
    const path = file === '' ? source.path : join(dirname(source.path), file)
    const id = `${path}#${fragment}`
    const at = source.at === '' ? placeOf(source.value, ref) : source.at
    if (open.includes(id)) {
      this.#list.error('ref-circle', at, `$ref ${ref} leads back to itself`)
      return own
    }
    const root = file === '' ? source.value : this.#document(path, undefined, file, at)
    const target = root === undefined ? undefined : valueAt(root, fragment)
    if (target === undefined) {
      if (root !== undefined) this.#list.error('ref-missing', at, `$ref ${ref} leads nowhere`)
      return own
    }
    const found = this.#withoutRefs(target, isRecord(root) ? { ...source, value: root, path } : source, [
      ...open,
      id,
    ])
    if (!isRecord(found)) return found
    const merged: Target = { value: {}, origins: new Map() }
    lay(merged, found, '', '')
    lay(merged, own, '', '')
    return merged.value
  }
}

/** Plugins are named relative to their file: those of a template in another folder, as the file that extends it would. */
function rebased(value: unknown, from: string, to: string): unknown {
  return dirname(from) === dirname(to) ? value : withGenerators(value, from, dirname(to))
}

function withGenerators(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withGenerators(item, from, to))
  if (!isRecord(value)) return value
  const moved = (name: unknown) =>
    typeof name === 'string' && /^\.{1,2}\//.test(name) ? movedPath(join(dirname(from), name), to) : name
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== 'generator') return [key, withGenerators(item, from, to)]
      return [key, isRecord(item) ? { ...item, name: moved(item['name']) } : moved(item)]
    }),
  )
}

function movedPath(path: string, to: string): string {
  const short = relative(to, path).replaceAll('\\', '/')
  return short.startsWith('.') ? short : `./${short}`
}

function items(given: unknown): (readonly [number, unknown])[] {
  return given === undefined ? [] : [...(Array.isArray(given) ? given : [given]).entries()]
}

/** Only what is about tables that the templates brought: a project file adds no table to a schema that has none of it. */
function layProject(target: Target, { schema }: Project): void {
  const known = isRecord(target.value['tables']) ? target.value['tables'] : {}
  const tables = isRecord(schema['tables']) ? schema['tables'] : {}
  const given = Object.fromEntries(Object.entries(tables).filter(([name]) => Object.hasOwn(known, name)))
  lay(target, Object.keys(tables).length > 0 ? { ...schema, tables: given } : schema, PROJECT_FILE, '')
}

/** Objects member by member; everything else replaces what was there, null takes it away. */
function lay({ value, origins }: Target, over: Json, label: string, at: string): void {
  for (const [key, given] of Object.entries(over)) {
    const here = `${at}${pointer(key)}`
    const before = value[key]
    // Looked through only when there is something to forget: a large schema has a hundred thousand origins.
    if (before !== undefined && (!isRecord(given) || !isRecord(before)))
      for (const known of origins.keys())
        if (known === here || known.startsWith(`${here}/`)) origins.delete(known)
    if (given === null) delete value[key]
    else if (isRecord(given)) {
      const into: Json = isRecord(before) ? { ...before } : {}
      value[key] = into
      lay({ value: into, origins }, given, label, here)
    } else {
      value[key] = given
      origins.set(here, label)
    }
  }
}

/** The pointer of the object that holds this `$ref`. */
function placeOf(value: unknown, ref: string, at = ''): string {
  if (typeof value !== 'object' || value === null) return ''
  if (isRecord(value) && value['$ref'] === ref) return at === '' ? '/' : at
  for (const [key, item] of Object.entries(value)) {
    const found = placeOf(item, ref, `${at}${pointer(key)}`)
    if (found !== '') return found
  }
  return ''
}

// Which address, anchor and draft every part of some JSON Schemas has: `$id`, `$anchor`, `$dynamicAnchor`, and the
// addresses of draft-07. Nothing is fetched: what a reference may lead to must be added before.

import { isRecord, pointerSegments } from '@specwright/json-schema/json-pointer.ts'

export type SchemaDraft = 'draft-07' | '2020-12'

/** A schema with an address of its own. */
export type Resource = {
  readonly address: string
  readonly root: unknown
  readonly draft: SchemaDraft
  readonly anchors: Map<string, unknown>
  readonly dynamicAnchors: Map<string, unknown>
  /** False where the meta-schema leaves the vocabulary of validation out. */
  readonly isValidating: boolean
}

export type Target = { readonly schema: unknown; readonly resource: Resource }

const ONE: Readonly<Record<SchemaDraft, ReadonlySet<string>>> = {
  'draft-07': new Set([
    'additionalItems',
    'additionalProperties',
    'contains',
    'else',
    'if',
    'items',
    'not',
    'propertyNames',
    'then',
  ]),
  '2020-12': new Set([
    'additionalProperties',
    'contains',
    'contentSchema',
    'else',
    'if',
    'items',
    'not',
    'propertyNames',
    'then',
    'unevaluatedItems',
    'unevaluatedProperties',
  ]),
}
const LIST: Readonly<Record<SchemaDraft, ReadonlySet<string>>> = {
  'draft-07': new Set(['allOf', 'anyOf', 'items', 'oneOf']),
  '2020-12': new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']),
}
const MAP: Readonly<Record<SchemaDraft, ReadonlySet<string>>> = {
  'draft-07': new Set(['definitions', 'dependencies', 'patternProperties', 'properties']),
  '2020-12': new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties']),
}
const VALIDATION = 'https://json-schema.org/draft/2020-12/vocab/validation'

export class SchemaIndex {
  readonly #resources = new Map<string, Resource>()
  readonly #owners = new WeakMap<object, Resource>()

  /** Adds a schema and all within it; `address` is where it was found. */
  add(schema: unknown, address: string, draft: SchemaDraft): Resource {
    const resource = this.#newResource(schema, withoutFragment(address), draft)
    this.#visit(schema, resource)
    return this.ownerOf(schema) ?? resource
  }

  ownerOf(schema: unknown): Resource | undefined {
    return typeof schema === 'object' && schema !== null ? this.#owners.get(schema) : undefined
  }

  /** What a reference inside `from` leads to; undefined when nothing there was added. */
  find(ref: string, from: Resource): Target | undefined {
    const address = absolute(ref, from.address)
    const [base = '', fragment = ''] = address.split('#')
    const resource = this.#resources.get(base)
    if (resource === undefined) return undefined
    if (fragment === '') return { schema: resource.root, resource }
    if (!fragment.startsWith('/')) {
      const name = decoded(fragment)
      const schema = resource.anchors.get(name) ?? resource.dynamicAnchors.get(name)
      return schema === undefined ? undefined : { schema, resource: this.ownerOf(schema) ?? resource }
    }
    return this.#at(resource, fragment)
  }

  #at(resource: Resource, fragment: string): Target | undefined {
    let schema = resource.root
    let owner = resource
    for (const segment of pointerSegments(`#${fragment}`)) {
      if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, segment)) return undefined
      schema = (schema as Record<string, unknown>)[segment]
      owner = this.ownerOf(schema) ?? owner
    }
    // Below a keyword nobody knows, schemas are found only when something refers to them.
    if (typeof schema === 'object' && schema !== null && !this.#owners.has(schema)) this.#visit(schema, owner)
    return { schema, resource: this.ownerOf(schema) ?? owner }
  }

  #newResource(root: unknown, address: string, draft: SchemaDraft): Resource {
    const own = isRecord(root) && typeof root['$schema'] === 'string' ? root['$schema'] : undefined
    const meta = own === undefined ? undefined : this.#resources.get(withoutFragment(own))?.root
    const vocabularies = isRecord(meta) ? meta['$vocabulary'] : undefined
    const resource: Resource = {
      address,
      root,
      draft: own === undefined ? draft : /draft-0[467]/.test(own) ? 'draft-07' : '2020-12',
      anchors: new Map(),
      dynamicAnchors: new Map(),
      isValidating: !isRecord(vocabularies) || vocabularies[VALIDATION] !== undefined,
    }
    this.#resources.set(address, resource)
    return resource
  }

  #visit(schema: unknown, around: Resource): void {
    if (!isRecord(schema) || this.#owners.has(schema)) return
    const resource = this.#enter(schema, around)
    this.#owners.set(schema, resource)
    const { draft } = resource
    for (const [keyword, value] of Object.entries(schema)) {
      if (LIST[draft].has(keyword) && Array.isArray(value))
        for (const each of value) this.#visit(each, resource)
      else if (ONE[draft].has(keyword)) this.#visit(value, resource)
      else if (MAP[draft].has(keyword) && isRecord(value))
        for (const each of Object.values(value)) this.#visit(each, resource)
    }
  }

  #enter(schema: Record<string, unknown>, around: Resource): Resource {
    const { $id, $anchor, $dynamicAnchor } = schema
    if (around.draft === 'draft-07') {
      // Beside $ref nothing counts, not even an address.
      if (typeof $id !== 'string' || (typeof schema['$ref'] === 'string' && schema !== around.root))
        return around
      if ($id.startsWith('#')) {
        around.anchors.set($id.slice(1), schema)
        return around
      }
    }
    const resource =
      typeof $id === 'string'
        ? this.#renamed(schema, withoutFragment(absolute($id, around.address)), around)
        : around
    if (typeof $anchor === 'string') resource.anchors.set($anchor, schema)
    if (typeof $dynamicAnchor === 'string') resource.dynamicAnchors.set($dynamicAnchor, schema)
    return resource
  }

  #renamed(schema: unknown, address: string, around: Resource): Resource {
    const resource = this.#newResource(schema, address, around.draft)
    // The document itself stays known by the address it was found at.
    if (around.root === schema) this.#resources.set(around.address, resource)
    return resource
  }
}

function absolute(ref: string, base: string): string {
  try {
    return new URL(ref, base).href
  } catch {
    return ref.startsWith('#') ? `${base}${ref}` : ref
  }
}

function withoutFragment(address: string): string {
  return address.replace(/#.*$/, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

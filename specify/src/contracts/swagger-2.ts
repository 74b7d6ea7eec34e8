// Swagger 2.0 (https://spec.openapis.org/oas/v2.0) as OpenAPI 3.0: one model for all that follows. Every part
// remembers where it was written.

import { isRecord, pointer as pointerOf } from '@specwright/json-schema/json-pointer.ts'
import { refOf, resolveRef } from '@specwright/json-schema/resolve-ref.ts'
import { FILES } from './linked-files.ts'

type Part = Record<string, unknown>

export type Converted = {
  readonly root: Part
  /** The pointer in the Swagger document of what a pointer in `root` names. */
  originOf(pointer: string): string
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']

export function convertSwagger2(swagger: Part): Converted {
  const converter = new Converter(swagger)
  return { root: converter.document(), originOf: (pointer) => converter.originOf(pointer) }
}

class Converter {
  readonly #swagger: Part
  readonly #origins = new Map<string, string>()

  constructor(swagger: Part) {
    this.#swagger = swagger
    for (const [was, is] of MOVED) this.#origins.set(is, was)
  }

  /** By the longest known beginning. */
  originOf(pointer: string): string {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
      const origin = this.#origins.get(pointer.slice(0, end))
      if (origin !== undefined) return `${origin}${pointer.slice(end)}`
    }
    return pointer
  }

  document(): Part {
    const { swagger: _, host, basePath, schemes, definitions, parameters, responses, ...rest } = this.#swagger
    const { securityDefinitions, consumes: _c, produces: _p, ...kept } = rest
    return {
      openapi: '3.0.3',
      ...kept,
      servers: serversOf(host, basePath, schemes),
      paths: mapped(this.#swagger['paths'], (item, path) => this.#pathItem(item, pointerOf('paths', path))),
      components: {
        schemas: rewritten(definitions ?? {}),
        parameters: mapped(parameters, (each, name) =>
          isBodyPart(each) ? each : this.#parameter(each, pointerOf('components', 'parameters', name)),
        ),
        requestBodies: mapped(parameters, (each, name) => {
          const pointer = pointerOf('components', 'requestBodies', name)
          this.#origins.set(pointer, pointerOf('parameters', name))
          return isRecord(each) && each['in'] === 'body'
            ? this.#body(each, this.#media('consumes', {}), pointer)
            : {}
        }),
        responses: mapped(responses, (each, name) =>
          this.#response(each, this.#media('produces', {}), pointerOf('components', 'responses', name)),
        ),
        securitySchemes: mapped(securityDefinitions, securityScheme),
      },
    }
  }

  #pathItem(written: unknown, pointer: string): unknown {
    const item = this.#here(written)
    if (!isRecord(item)) return item
    const shared = listOf(item['parameters'])
    const converted: Part = rewritten(item) as Part
    delete converted['parameters']
    for (const method of METHODS)
      if (isRecord(item[method]))
        converted[method] = this.#operation(item[method], shared, `${pointer}${pointerOf(method)}`, pointer)
    return converted
  }

  #operation(operation: Part, shared: readonly unknown[], pointer: string, path: string): Part {
    const { parameters, consumes: _c, produces: _p, schemes: _s, responses, ...kept } = operation
    const own = listOf(parameters).map((each, i) => ({ each, from: `${pointer}/parameters/${i}` }))
    const inherited = shared
      .map((each, i) => ({ each, from: `${path}/parameters/${i}` }))
      .filter(({ each }) => !own.some((other) => this.#isSame(other.each, each)))
    const all = [...own, ...inherited]
    const converted: Part = { ...kept }
    const plain = all.filter(({ each }) => !isBodyPart(this.#target(each)))
    converted['parameters'] = plain.map(({ each, from }, i) => {
      const to = `${pointer}/parameters/${i}`
      this.#origins.set(to, from)
      return this.#parameter(each, to)
    })
    const body = this.#requestBody(all, operation, pointer)
    if (body !== undefined) converted['requestBody'] = body
    const types = this.#media('produces', operation)
    converted['responses'] = mapped(responses, (each, status) =>
      this.#response(each, types, `${pointer}/responses${pointerOf(status)}`),
    )
    return converted
  }

  #requestBody(
    all: readonly { readonly each: unknown; readonly from: string }[],
    operation: Part,
    pointer: string,
  ): Part | undefined {
    const parts = all.map(({ each, from }) => ({ part: this.#target(each), from }))
    const body = parts.find(({ part }) => isRecord(part) && part['in'] === 'body')
    const types = this.#media('consumes', operation)
    const to = `${pointer}/requestBody`
    if (body !== undefined) {
      this.#origins.set(to, body.from)
      return this.#body(body.part as Part, types, to)
    }
    const fields = parts.filter(({ part }) => isRecord(part) && part['in'] === 'formData')
    if (fields.length === 0) return undefined
    this.#origins.set(to, fields[0]!.from)
    const named = fields.map(({ part }) => part as Part & { name: string })
    const hasFile = named.some(({ type }) => type === 'file')
    const form = types.filter((type) => /form/.test(type))
    const fallback = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'
    const schema = {
      type: 'object',
      properties: Object.fromEntries(named.map((part) => [part.name, schemaOf(part)])),
      required: named.filter(({ required }) => required === true).map(({ name }) => name),
    }
    return {
      required: schema.required.length > 0,
      content: Object.fromEntries((form.length > 0 ? form : [fallback]).map((type) => [type, { schema }])),
    }
  }

  #body({ description, required, schema }: Part, types: readonly string[], pointer: string): Part {
    const content = rewritten(schema ?? {})
    for (const type of types) this.#moveSchema(`${pointer}/content${pointerOf(type)}/schema`, pointer)
    return {
      ...(description !== undefined && { description }),
      required: required === true,
      content: Object.fromEntries(types.map((type) => [type, { schema: content }])),
    }
  }

  #response(written: unknown, types: readonly string[], pointer: string): unknown {
    const response = this.#here(written)
    if (!isRecord(response) || response['$ref'] !== undefined) return rewritten(response)
    const { schema, headers, examples: _, ...kept } = response
    const body =
      schema === undefined
        ? undefined
        : rewritten(isFile(schema) ? { type: 'string', format: 'binary' } : schema)
    for (const type of types) this.#moveSchema(`${pointer}/content${pointerOf(type)}/schema`, pointer)
    return {
      ...kept,
      ...(headers !== undefined && {
        headers: mapped(headers, (each) =>
          isRecord(each) ? { description: each['description'], schema: schemaOf(each) } : each,
        ),
      }),
      ...(body !== undefined && {
        content: Object.fromEntries(types.map((type) => [type, { schema: body }])),
      }),
    }
  }

  #parameter(written: unknown, pointer: string): unknown {
    const parameter = this.#here(written)
    if (!isRecord(parameter) || parameter['$ref'] !== undefined) return rewritten(parameter)
    const { name, in: place, description, required, collectionFormat } = parameter
    this.#origins.set(`${pointer}/schema`, this.originOf(pointer))
    return {
      name,
      in: place,
      ...(description !== undefined && { description }),
      ...(required !== undefined && { required }),
      schema: schemaOf(parameter),
      ...(parameter['type'] === 'array' && styleOf(collectionFormat, place)),
    }
  }

  #moveSchema(to: string, owner: string): void {
    this.#origins.set(to, `${this.originOf(owner)}/schema`)
  }

  #media(kind: 'consumes' | 'produces', operation: Part): string[] {
    const own = operation[kind] ?? this.#swagger[kind]
    const types = listOf(own).filter((each) => typeof each === 'string')
    return types.length > 0 ? types : ['application/json']
  }

  #target(value: unknown): unknown {
    const ref = refOf(value)
    if (ref === undefined) return value
    const found = resolveRef(this.#swagger, ref)
    return found.outcome === 'found' ? found.value : value
  }

  /** What stands in another file is still Swagger: it is converted where it is used. */
  #here(value: unknown): unknown {
    return refOf(value)?.startsWith(`#${pointerOf(FILES)}/`) === true ? this.#target(value) : value
  }

  #isSame(one: unknown, other: unknown): boolean {
    const [a, b] = [this.#target(one), this.#target(other)]
    return isRecord(a) && isRecord(b) && a['name'] === b['name'] && a['in'] === b['in']
  }
}

const MOVED: readonly (readonly [was: string, is: string])[] = [
  ['/definitions', '/components/schemas'],
  ['/parameters', '/components/parameters'],
  ['/responses', '/components/responses'],
  ['/securityDefinitions', '/components/securitySchemes'],
]

/** References into the new places, however deep. */
function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]): [string, unknown] => {
      if (name === 'discriminator' && typeof each === 'string') return [name, { propertyName: each }]
      if (name !== '$ref' || typeof each !== 'string') return [name, rewritten(each)]
      const moved = MOVED.find(([was]) => each.startsWith(`#${was}/`))
      return [name, moved === undefined ? each : `#${moved[1]}${each.slice(moved[0].length + 1)}`]
    }),
  )
}

function serversOf(host: unknown, basePath: unknown, schemes: unknown): Part[] {
  const path = typeof basePath === 'string' ? basePath : ''
  if (typeof host !== 'string') return [{ url: path || '/' }]
  const list = listOf(schemes).filter((each) => typeof each === 'string')
  return (list.length > 0 ? list : ['https']).map((scheme) => ({ url: `${scheme}://${host}${path}` }))
}

const NOT_SCHEMA = new Set(['name', 'in', 'description', 'required', 'collectionFormat', 'allowEmptyValue'])

/** The keywords beside a parameter's name, as a schema. */
function schemaOf(parameter: Part): Part {
  if (isFile(parameter)) return { type: 'string', format: 'binary' }
  const own = Object.entries(parameter).filter(([name]) => !NOT_SCHEMA.has(name))
  const items = parameter['items']
  return Object.fromEntries(
    own.map(([name, each]) => [name, name === 'items' && isRecord(items) ? schemaOf(items) : each]),
  )
}

function isFile(schema: unknown): boolean {
  return isRecord(schema) && schema['type'] === 'file'
}

function isBodyPart(parameter: unknown): boolean {
  return isRecord(parameter) && (parameter['in'] === 'body' || parameter['in'] === 'formData')
}

function styleOf(format: unknown, place: unknown): Part {
  if (format === 'multi') return { style: 'form', explode: true }
  if (place !== 'query') return { style: 'simple', explode: false }
  if (format === 'ssv') return { style: 'spaceDelimited', explode: false }
  if (format === 'pipes') return { style: 'pipeDelimited', explode: false }
  return { style: 'form', explode: false }
}

function securityScheme(scheme: unknown): unknown {
  if (!isRecord(scheme)) return scheme
  const { type, flow, authorizationUrl, tokenUrl, scopes, ...kept } = scheme
  if (type === 'basic') return { ...kept, type: 'http', scheme: 'basic' }
  if (type !== 'oauth2') return { ...kept, type }
  const name =
    { accessCode: 'authorizationCode', application: 'clientCredentials' }[String(flow)] ?? String(flow)
  return { ...kept, type, flows: { [name]: { authorizationUrl, tokenUrl, scopes: scopes ?? {} } } }
}

function mapped(value: unknown, convert: (each: unknown, name: string) => unknown): Part {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, convert(each, name)]))
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

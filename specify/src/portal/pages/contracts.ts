import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api, Media, Operation, Parameter, Response, SchemaAt } from '../../contracts/model.ts'
import { operationName } from '../../contracts/model.ts'
import { resolved } from '../../contracts/schema-walk.ts'
import { anchor } from '../addresses.ts'
import { exampleOf } from '../example-of.ts'
import { html, nothing, type Html } from '../html.ts'
import type { View } from '../model.ts'
import type { Page } from '../page.ts'
import { counted, empty, listed, methodMark, placeLink, serviceLink, table } from '../parts.ts'
import { schemaAnchor, schemaTree, type NamedSchema } from '../schema-tree.ts'

/** A document with more is shown on several pages, its schemas on one of their own. */
const MOST_ON_A_PAGE = 80

const number = (label: string) => ({ label, isNumber: true as const })

export function contractsPage(view: View): Page {
  const { portal, to } = view
  const { apis } = portal.contracts
  return {
    title: 'Contracts',
    section: 'contracts.html',
    body:
      apis.length === 0
        ? empty(
            'There is no API contract here.',
            html`Put an OpenAPI document at <code>services/&lt;name&gt;/contracts/api-spec.yaml</code>; AsyncAPI and event schemas go to <a href="${to('events.html')}">Events</a>.`,
          )
        : table(
            'API contracts',
            ['API', 'Service', 'OpenAPI', number('Operations'), 'File'],
            apis.map(({ title, source, version, operations }, i) => [
              html`<a href="${to(portal.addresses.api[i]!)}">${title || source.file}</a>`,
              source.service === undefined ? '–' : serviceLink(view, source.service),
              version,
              operations.length,
              html`<code class="place">${source.file}</code>`,
            ]),
            'Narrow down',
          ),
  }
}

/** The pages of one API: its operations, and the schemas that have a name. */
export function apiPages(view: View, i: number): ReadonlyMap<string, () => Page> {
  const api = view.portal.contracts.apis[i]!
  const base = view.portal.addresses.api[i]!
  const schemas = namedSchemas(api)
  const chunks = Math.max(1, Math.ceil(api.operations.length / MOST_ON_A_PAGE))
  const pages = new Map<string, () => Page>()
  for (let chunk = 0; chunk < chunks; chunk++)
    pages.set(chunkPath(base, chunk), () => apiPage(view, i, chunk, chunks))
  if (isLarge(api, schemas)) pages.set(schemasPath(base), () => schemasPage(view, i))
  return pages
}

/** The link to an operation, on whichever page it is. */
export function operationHref({ portal, to }: View, api: number, n: number): string {
  const operation = portal.contracts.apis[api]!.operations[n]!
  return `${to(chunkPath(portal.addresses.api[api]!, Math.floor(n / MOST_ON_A_PAGE)))}#${operationAnchor(operation)}`
}

export function operationPath(base: string, n: number, operation: Operation): string {
  return `${chunkPath(base, Math.floor(n / MOST_ON_A_PAGE))}#${operationAnchor(operation)}`
}

function operationAnchor({ method, path }: Operation): string {
  return `${method.toLowerCase()}-${anchor(path).replaceAll(/^-|-$/g, '')}`
}

function chunkPath(base: string, chunk: number): string {
  return chunk === 0 ? base : base.replace(/\.html$/, `/operations-${chunk + 1}.html`)
}

function schemasPath(base: string): string {
  return base.replace(/\.html$/, '/schemas.html')
}

function isLarge({ operations }: Api, schemas: readonly unknown[]): boolean {
  return operations.length > MOST_ON_A_PAGE || schemas.length > MOST_ON_A_PAGE
}

function namedSchemas({ source }: Api): { name: string; at: SchemaAt }[] {
  const root = isRecord(source.root) ? source.root : {}
  const components = isRecord(root['components']) ? root['components'] : {}
  const schemas = isRecord(components['schemas']) ? components['schemas'] : {}
  return Object.entries(schemas).map(([name, schema]) => ({
    name,
    at: {
      schema,
      pointer: `/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      source,
    },
  }))
}

function namesOn(view: View, i: number): NamedSchema {
  const api = view.portal.contracts.apis[i]!
  const schemas = namedSchemas(api)
  const base = view.portal.addresses.api[i]!
  const page = isLarge(api, schemas) ? schemasPath(base) : base
  const known = new Map(schemas.map(({ name, at }) => [at.pointer, name]))
  return (pointer) => {
    const name = known.get(pointer)
    return name === undefined ? undefined : { name, href: `${view.to(page)}#${schemaAnchor(pointer)}` }
  }
}

function apiPage(view: View, i: number, chunk: number, chunks: number): Page {
  const { portal, to } = view
  const api = portal.contracts.apis[i]!
  const { source, operations, title, version } = api
  const base = portal.addresses.api[i]!
  const named = namesOn(view, i)
  const schemas = namedSchemas(api)
  const own = operations.slice(chunk * MOST_ON_A_PAGE, (chunk + 1) * MOST_ON_A_PAGE)
  const about = isRecord(source.root) && isRecord(source.root['info']) ? source.root['info'] : {}
  const servers = serversOf(view, api)
  return {
    title: title || source.file,
    section: 'contracts.html',
    crumbs: [{ label: 'Contracts', path: 'contracts.html' }],
    aside: html`<p class="quiet">${typeof about['version'] === 'string' && `version ${about['version']} · `}OpenAPI ${version}${source.service !== undefined && html` · ${serviceLink(view, source.service)}`} · <code>${source.file}</code></p>`,
    body: html`${typeof about['description'] === 'string' && chunk === 0 && html`<p class="about-api">${about['description']}</p>`}
${chunks > 1 && html`<nav class="pager" aria-label="Pages of operations">${Array.from({ length: chunks }, (_, n) => html`<a href="${to(chunkPath(base, n))}"${n === chunk && html` aria-current="page"`}>${n + 1}</a> `)}</nav>`}
<section aria-labelledby="operations"><h2 id="operations">Operations</h2>
${operations.length === 0 && empty('This document describes no operation.', html`Operations stand below <code>paths</code>.`)}
${own.length > 0 && html`<p class="server" hidden><label>Send requests to <input type="url" data-server list="servers" value="${servers[0] ?? ''}" spellcheck="false"></label><datalist id="servers">${servers.map((server) => html`<option value="${server}"></option>`)}</datalist></p>`}
${own.map((operation) => operationDetails(view, operation, named))}</section>
${chunk === 0 && schemas.length > 0 && html`<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>${isLarge(api, schemas) ? html`<p><a href="${to(schemasPath(base))}">${counted(schemas.length, 'schema')}</a> on a page of their own.</p>` : schemas.map((one) => schemaDetails(one, named))}</section>`}`,
  }
}

function schemasPage(view: View, i: number): Page {
  const { portal } = view
  const api = portal.contracts.apis[i]!
  const named = namesOn(view, i)
  return {
    title: `Schemas of ${api.title || api.source.file}`,
    section: 'contracts.html',
    crumbs: [
      { label: 'Contracts', path: 'contracts.html' },
      { label: api.title || api.source.file, path: portal.addresses.api[i]! },
    ],
    body: html`${namedSchemas(api).map((one) => schemaDetails(one, named))}`,
  }
}

function schemaDetails({ name, at }: { name: string; at: SchemaAt }, named: NamedSchema): Html {
  // The schema itself is shown here; only the others are links.
  const others: NamedSchema = (pointer) => (pointer === at.pointer ? undefined : named(pointer))
  return html`<details class="card" id="${schemaAnchor(at.pointer)}"><summary><h3>${name}</h3></summary>${schemaTree(at, others)}</details>`
}

function operationDetails(view: View, operation: Operation, named: NamedSchema): Html {
  const { method, path, summary, description, parameters, requestBody, responses, security } = operation
  const schemes = [...new Set(security.flat())]
  return html`<details class="card operation" id="${operationAnchor(operation)}"><summary><h3>${methodMark(method)} <code>${path}</code></h3><span class="quiet">${summary}</span></summary>
${description !== undefined && html`<p>${description}</p>`}
<p class="quiet">${operation.operationId !== undefined && html`<code>${operation.operationId}</code> · `}${placeLink(view, operation.source.file, operation.line)}${schemes.length > 0 && html` · needs ${listed(schemes.map((scheme) => html`<code>${scheme}</code>`))}`}</p>
${parameters.length > 0 && html`<h4>Parameters</h4><ul class="schema">${parameters.map((parameter) => parameterRow(parameter, named))}</ul>`}
${requestBody !== undefined && html`<h4>Body${requestBody.required && html` <span class="required">required</span>`}</h4>${requestBody.content.map((media) => mediaPart(media, named, rawMedia(operation, ['requestBody', 'content', media.type])))}`}
<h4>Answers</h4>${responses.length === 0 ? html`<p class="quiet">None is described.</p>` : responses.map((response) => responsePart(operation, response, named))}
${tryForm(operation)}</details>`
}

function parameterRow({ name, in: place, required, schema }: Parameter, named: NamedSchema): Html {
  const tree = schema === undefined ? nothing : schemaTree(schema, named)
  return html`<li><code class="name">${name}</code> <span class="limit">in ${place}</span>${required && html` <span class="required">required</span>`} ${tree}</li>`
}

function responsePart(
  operation: Operation,
  { status, description, headers, content }: Response,
  named: NamedSchema,
): Html {
  return html`<details class="answer"><summary><span class="status s${status[0]!.toLowerCase()}">${status}</span> ${description}</summary>${headers.length > 0 && html`<p class="quiet">Headers: ${headers.join(', ')}</p>`}${content.length === 0 ? html`<p class="quiet">No body.</p>` : content.map((media) => mediaPart(media, named, rawMedia(operation, ['responses', status, 'content', media.type])))}</details>`
}

function mediaPart({ type, schema }: Media, named: NamedSchema, raw: unknown): Html {
  const examples = examplesOf(raw)
  return html`<p class="media"><code>${type}</code></p>${schema === undefined ? html`<p class="quiet">Any.</p>` : schemaTree(schema, named)}${examples.map(([name, value]) => html`<details class="example"><summary>${name}</summary><pre tabindex="0"><code>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code></pre></details>`)}`
}

/** The part of the document as it is written, behind references: examples are no part of the model. */
function rawMedia({ source, pointer }: Operation, path: readonly string[]): unknown {
  let value: unknown = valueAt(source.root, pointer)
  for (const name of path) {
    if (isRecord(value) && typeof value['$ref'] === 'string')
      value = resolved({ schema: value, pointer, source })?.schema
    if (!isRecord(value)) return undefined
    value = value[name]
  }
  return value
}

function valueAt(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        isRecord(value) ? value[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined,
      root,
    )
}

function examplesOf(raw: unknown): [string, unknown][] {
  if (!isRecord(raw)) return []
  const several = isRecord(raw['examples']) ? Object.entries(raw['examples']) : []
  return [
    ...('example' in raw ? [['Example', raw['example']] as [string, unknown]] : []),
    ...several.flatMap(([name, each]): [string, unknown][] =>
      isRecord(each) && 'value' in each ? [[`Example: ${name}`, each['value']]] : [],
    ),
  ]
}

/** Shown by the page's script, which builds the request and its curl line from the fields. */
function tryForm(operation: Operation): Html {
  const { method, path, parameters, requestBody, security } = operation
  const media = requestBody?.content.find(({ type }) => /json/.test(type)) ?? requestBody?.content[0]
  const id = operationAnchor(operation)
  const written =
    media === undefined ? [] : examplesOf(rawMedia(operation, ['requestBody', 'content', media.type]))
  const example =
    media?.schema === undefined
      ? ''
      : JSON.stringify(written[0]?.[1] ?? exampleOf(media.schema, 'request'), null, 2)
  return html`<form class="try" data-method="${method}" data-path="${path}" data-media="${media?.type ?? ''}" hidden aria-label="Try ${operationName(operation)}"><h4>Try it</h4>
<div class="fields">${parameters.map((parameter) => parameterField(parameter, id))}${security.flat().length > 0 && html`<label class="field"><span>Authorization <i>header</i></span><input name="header Authorization" placeholder="Bearer …" autocomplete="off" spellcheck="false"></label>`}</div>
${media !== undefined && html`<label class="field"><span>Body <i>${media.type}</i></span><textarea name="body" rows="${Math.min(14, Math.max(3, example.split('\n').length))}" spellcheck="false">${example}</textarea></label>`}
<div class="curl"><pre tabindex="0" data-curl aria-label="The request as a line for a shell"><code></code></pre></div>
<p class="actions"><button type="submit" class="primary">Send</button> <button type="button" data-copy-curl>Copy curl</button></p>
<div class="reply" role="status" hidden></div></form>`
}

function parameterField({ name, in: place, required, schema }: Parameter, id: string): Html {
  const target = schema && resolved(schema)
  const own = isRecord(target?.schema) ? target.schema : {}
  const values = Array.isArray(own['enum'])
    ? own['enum'].map(String)
    : own['type'] === 'boolean'
      ? ['true', 'false']
      : undefined
  const example = required && schema !== undefined ? exampleOf(schema, 'request', name) : ''
  const value =
    typeof example === 'string' ? example : typeof example === 'object' ? '' : JSON.stringify(example)
  const label = html`<span>${name} <i>${place}${required && ', required'}</i></span>`
  const control =
    values === undefined
      ? html`<input name="${place} ${name}" id="${id}-${place}-${anchor(name)}" value="${value}" inputmode="${own['type'] === 'integer' || own['type'] === 'number' ? 'decimal' : 'text'}"${required && html` required`} autocomplete="off" spellcheck="false">`
      : html`<select name="${place} ${name}">${!required && html`<option value=""></option>`}${values.map((each) => html`<option${each === value && html` selected`}>${each}</option>`)}</select>`
  return html`<label class="field">${label}${control}</label>`
}

/** Where the service may be: what the config says first, then what the contract says, then a mock. */
function serversOf({ portal }: View, { source }: Api): string[] {
  const { config } = portal.workspace
  const root = isRecord(source.root) ? source.root : {}
  const written = Array.isArray(root['servers']) ? root['servers'] : []
  const urls = [
    config.services[source.service ?? '']?.baseUrl,
    config.baseUrl,
    ...written.map((each) => (isRecord(each) && typeof each['url'] === 'string' ? each['url'] : undefined)),
  ]
  const usable = urls.flatMap((url) =>
    url !== undefined && /^https?:\/\/[^{]+$/.test(url) ? [url.replace(/\/+$/, '')] : [],
  )
  return [...new Set([...usable, 'http://127.0.0.1:4010'])]
}

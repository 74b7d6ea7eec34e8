// One service behind its contract: requests in, answers out, and what happened in between remembered.

import { STATUS_CODES } from 'node:http'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import type { Api, EventContract } from '../contracts/model.ts'
import { checkRequest, type Misfit, type MockRequest } from './check-request.ts'
import { Changes, type MockEvent } from './changes.ts'
import { exampleRequest, type ExampleRequest } from './example-requests.ts'
import { eventsFor, type Change } from './event-matcher.ts'
import { makeEvent } from './make-event.ts'
import {
  bodyFor,
  chooseMedia,
  documentedAnswer,
  headersFor,
  NoAnswer,
  overlaid,
  successAnswer,
  type Answer,
} from './make-answer.ts'
import { mockOperation, type Checks, type MockAnswer, type MockOperation } from './mock-operation.ts'
import { preferencesOf, type Preferences } from './preferences.ts'
import { problemAnswer, type Problem } from './problem-answer.ts'
import { methodsByPath, roleOf, type Role } from './resources.ts'
import { Router, type Found } from './router.ts'
import { exampleFor, type ScenarioExample } from './scenario-examples.ts'
import { Store } from './store.ts'
import { ValueChecks } from '../contracts/value-check.ts'

export type MockServiceOptions = {
  readonly name: string
  readonly apis: readonly Api[]
  /** What the service publishes. */
  readonly events: readonly EventContract[]
  readonly examples: readonly ScenarioExample[]
  readonly seed: string
  /** New values for each answer instead of examples. */
  readonly isDynamic: boolean
  readonly onEvent: (event: MockEvent) => void
}

export type Target = MockOperation & { readonly role: Role }

export class MockService {
  readonly name: string
  /** How many the contract has. */
  readonly operations: number
  readonly #options: MockServiceOptions
  readonly #routers: readonly Router<() => Target>[]
  readonly #store = new Store()
  readonly #changes: Changes
  /** Answers to reading requests, as long as nothing changes. */
  readonly #known = new Map<string, Answer>()
  #knownVersion = 0
  #count = 0

  constructor(options: MockServiceOptions) {
    this.#options = options
    this.name = options.name
    this.operations = options.apis.reduce((sum, api) => sum + api.operations.length, 0)
    this.#changes = new Changes(this.#store, options.seed)
    this.#routers = options.apis.map(routerOf)
  }

  /** Whether the contract has the path, for whatever method. */
  knows(path: string): boolean {
    return this.#routers.some((router) => router.match('GET', path).outcome !== 'none')
  }

  /** A request for each operation that the contract allows. */
  exampleRequests(): (ExampleRequest & { readonly service: string })[] {
    return this.#options.apis.flatMap(({ operations }, i) =>
      operations.flatMap(({ method, path }) => {
        const match = this.#routers[i]!.match(method, path)
        const example =
          match.outcome === 'found' ? exampleRequest(match.target(), this.#options.seed) : undefined
        return example === undefined ? [] : [{ service: this.name, ...example }]
      }),
    )
  }

  /** Never throws for a request that is wrong: that is an answer, too. */
  async answer(request: MockRequest): Promise<Answer> {
    this.#count++
    const key = request.method === 'GET' && !this.#options.isDynamic ? keyOf(request) : undefined
    if (this.#knownVersion !== this.#store.version) {
      this.#known.clear()
      this.#knownVersion = this.#store.version
    }
    const known = key === undefined ? undefined : this.#known.get(key)
    if (known !== undefined) return known
    const answer = await this.#answer(request)
    if (key !== undefined && this.#known.size < MOST_KNOWN) this.#known.set(key, answer)
    return answer
  }

  async #answer(request: MockRequest): Promise<Answer> {
    const found = this.#find(request)
    if (found.outcome !== 'found') return found.answer
    const { target, values, path } = found
    const preferences = preferencesOf(request.headers['prefer'])
    const refuse = (problem: Problem) => problemAnswer(problem, target, this.#options.seed)
    const checked = await checkRequest(request, target, values)
    if (checked.outcome === 'refused') {
      const { status, code, detail, misfits } = checked
      const answer = refuse({
        status: statusFor(target, status),
        code,
        detail,
        ...(misfits.length > 0 && { errors: misfits.map(withPointer) }),
      })
      return status === 401
        ? { ...answer, headers: [...answer.headers, ['WWW-Authenticate', 'Bearer']] }
        : answer
    }
    try {
      if (preferences.code !== undefined) return this.#preferred(target, preferences.code, preferences)
      const example = exampleFor(this.#options.examples, target, { ...request, values, body: checked.body })
      if (example !== undefined && example.status >= 400)
        return this.#preferred(target, example.status, preferences, example)
      if (
        target.role.kind !== 'other' &&
        this.#store.isDeleted(path) &&
        !['write', 'create'].includes(target.role.kind)
      )
        return refuse({ status: 404, code: 'not-found', detail: `${path} was deleted.` })
      return this.#succeed(target, {
        path,
        values,
        body: checked.body,
        query: checked.values,
        request,
        preferences,
        example,
      })
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      const detail = `No value fits the schema of the answer to ${target.operation.method} ${target.operation.path}.`
      return refuse({ status: 500, code: 'no-valid-answer', detail })
    }
  }

  #find({ method, path }: MockRequest): Found<Target> | { readonly outcome: 'no'; readonly answer: Answer } {
    const methods = new Set<string>()
    for (const router of this.#routers) {
      const match = router.match(method, path)
      if (match.outcome === 'found') return { ...match, target: match.target() }
      if (match.outcome === 'other-method') for (const each of match.methods) methods.add(each)
    }
    const { seed } = this.#options
    if (methods.size === 0) {
      const detail = `The contract of ${this.name} has no path ${path}.`
      return {
        outcome: 'no',
        answer: problemAnswer({ status: 404, code: 'unknown-path', detail }, undefined, seed),
      }
    }
    const allowed = [...methods].join(', ')
    const detail = `The contract has ${allowed} for ${path}, not ${method}.`
    const answer = problemAnswer({ status: 405, code: 'method-not-allowed', detail }, undefined, seed)
    return { outcome: 'no', answer: { ...answer, headers: [['Allow', allowed]] } }
  }

  /** The answer somebody asked for by its status. */
  #preferred(target: Target, status: number, preferences: Preferences, example?: ScenarioExample): Answer {
    const documented = documentedAnswer(target, status)
    const { method, path } = target.operation
    if (documented === undefined) {
      const detail = `${method} ${path} documents no answer ${status}: ${target.answers.map((each) => each.documented).join(', ')}.`
      return problemAnswer({ status: 404, code: 'no-such-answer', detail }, undefined, this.#options.seed)
    }
    const hasExample = documented.media.some(({ examples }) => examples.length > 0)
    const code = (STATUS_CODES[status] ?? 'refused').toLowerCase().replaceAll(/[^a-z]+/g, '-')
    const answer =
      status >= 400 && !hasExample
        ? problemAnswer(
            { status, code, detail: `${method} ${path} answers ${status}, as asked.` },
            target,
            this.#options.seed,
          )
        : this.#plain(documented, status, target, preferences, undefined)
    return example === undefined ? answer : withExample(answer, example)
  }

  #succeed(target: Target, { path, values, body, query, request, preferences, example }: Asked): Answer {
    const success = successAnswer(target)
    const { operation, role } = target
    if (success === undefined) return { status: 200, type: undefined, headers: [], body: undefined }
    const accept = request.headers['accept']
    const media = chooseMedia(success.answer.media, accept)
    if (media === undefined && success.answer.media.length > 0) {
      const types = success.answer.media.map(({ type }) => type).join(', ')
      const detail = `${operation.method} ${operation.path} answers ${types}, you accept ${String(accept)}.`
      return problemAnswer({ status: 406, code: 'not-acceptable', detail }, target, this.#options.seed)
    }
    const made = this.#plain(success.answer, success.status, target, preferences, accept, path)
    if (preferences.example !== undefined) return made
    const { answer, change, entity } = this.#changes.apply(made, {
      role,
      path,
      values,
      body,
      query,
      target,
      isDynamic: preferences.isDynamic ?? this.#options.isDynamic,
    })
    const shown = example === undefined ? answer : withExample(answer, example)
    if (change !== undefined) this.#emit(target, change, entity)
    return shown
  }

  #plain(
    documented: MockAnswer,
    status: number,
    { operation }: MockOperation,
    preferences: Preferences,
    accept: string | undefined,
    path = '',
  ): Answer {
    const isDynamic = preferences.isDynamic ?? this.#options.isDynamic
    const seed = `${this.#options.seed} ${operation.method} ${path || operation.path} ${status}${isDynamic ? ` ${this.#count}` : ''}`
    const headers = headersFor(documented, seed)
    const media = chooseMedia(documented.media, accept) ?? documented.media[0]
    if (media === undefined || status === 204 || status === 304)
      return { status, type: undefined, headers, body: undefined }
    const body = bodyFor(media, { seed, example: preferences.example, isDynamic })
    const type = media.type.includes('*') ? (media.isJson ? 'application/json' : 'text/plain') : media.type
    return { status, type, headers, body, media }
  }

  #emit({ operation }: Target, change: Change, entity: Readonly<Record<string, unknown>>): void {
    for (const event of eventsFor(operation, change, this.#options.events)) {
      const seed = `${this.#options.seed} ${event.eventType} ${this.#store.version}`
      const payload = makeEvent(event, entity, seed)
      if (payload !== undefined)
        this.#options.onEvent({ service: this.name, eventType: event.eventType, payload })
    }
  }
}

type Asked = {
  readonly path: string
  readonly values: ReadonlyMap<string, string>
  readonly body: unknown
  readonly query: ReadonlyMap<string, unknown>
  readonly request: MockRequest
  readonly preferences: Preferences
  readonly example: ScenarioExample | undefined
}

const MOST_KNOWN = 5_000

function keyOf({ path, query, headers }: MockRequest): string {
  const { authorization, accept, prefer, cookie } = headers
  // Any other header may be a parameter or an API key.
  let rest = ''
  for (const name in headers) if (!UNTOLD.has(name)) rest += `${name}:${String(headers[name])}\n`
  return `${path}?${query}\n${authorization ?? ''}\n${accept ?? ''}\n${String(prefer ?? '')}\n${cookie ?? ''}\n${rest}`
}

/** Headers no answer depends on, and those the key has already. */
const UNTOLD = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'date',
  'host',
  'origin',
  'prefer',
  'referer',
  'traceparent',
  'tracestate',
  'user-agent',
])

/** A JSON pointer for every place: into the body, or to the parameter's name. */
function withPointer(misfit: Misfit): Misfit & { readonly pointer: string } {
  return { ...misfit, pointer: misfit.in === 'body' ? misfit.name : `/${misfit.name}` }
}

/** Contracts that refuse with 422 mean what others mean by 400. */
function statusFor({ answers }: MockOperation, status: number): number {
  const has = (code: string) => answers.some(({ documented }) => documented === code)
  return status === 400 && !has('400') && has('422') ? 422 : status
}

function routerOf(api: Api): Router<() => Target> {
  const checks: Checks = { request: new ValueChecks('request'), response: new ValueChecks('response') }
  const methodsOf = methodsByPath(api.operations)
  const router = new Router<() => Target>(api.basePaths)
  for (const operation of api.operations) {
    // Read from the contract when first asked for.
    let target: Target | undefined
    router.add(operation.method, operation.path, () => {
      target ??= { ...mockOperation(operation, checks), role: roleOf(operation, methodsOf) }
      return target
    })
  }
  return router
}

/** What the scenario says of the answer, as far as the contract allows it. */
function withExample(answer: Answer, { answer: known }: ScenarioExample): Answer {
  if (answer.media === undefined || known === undefined || !isRecord(answer.body)) return answer
  return { ...answer, body: overlaid(answer.body, [], deeplyMerged(answer.body, known), answer.media) }
}

function deeplyMerged(below: Readonly<Record<string, unknown>>, above: Readonly<Record<string, unknown>>) {
  const all: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(above)) {
    const own = below[name]
    all[name] = isRecord(value) && isRecord(own) ? { ...own, ...deeplyMerged(own, value) } : value
  }
  return all
}

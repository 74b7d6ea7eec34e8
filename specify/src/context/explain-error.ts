import type { FeatureDocuments } from '../rules/rule.ts'
import type { Requirement, Scenario, Task } from '../spec/model.ts'
import { featureName } from '../workspace/feature-name.ts'
import { queryWords, stem, stems } from './words.ts'

export type Verdict = 'infrastructure' | 'violated' | 'deviation' | 'missing'

export type Place = { readonly file: string; readonly line: number; readonly text: string }
export type Explanation = {
  readonly verdict: Verdict
  /** Why, one sentence per fact. */
  readonly evidence: readonly string[]
  readonly tasks: readonly Place[]
  readonly requirements: readonly Place[]
  readonly scenarios: readonly Place[]
  readonly suggestions: readonly string[]
}

export type ErrorPlace = { readonly file: string; readonly line: number; readonly source: string | undefined }

const INFRASTRUCTURE =
  /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EADDRINUSE|EMFILE|ENOSPC|EACCES|EPIPE|connection (?:refused|reset|timed out)|could not connect|no route to host|name or service not known|too many (?:connections|open files|clients)|out of memory|heap out of memory|OutOfMemoryError|no space left|disk full|permission denied|certificate (?:has expired|verify failed)|address already in use|deadlock detected)\b/i

/**
 * Follows an error from its message and places in code to the tasks that name the file, the requirements they serve and
 * the scenarios that speak of the same, and says what that means. Judges by what is written, never by guessing: every
 * verdict comes with the facts it rests on.
 */
export function explainError(
  message: string,
  places: readonly ErrorPlace[],
  features: readonly FeatureDocuments[],
): Explanation {
  const found = features.map((documents) => traceTo(documents, message, places))
  const tasks = found.flatMap((one) => one.tasks)
  const linked = found.flatMap((one) => one.linked)
  const similar = found.flatMap((one) => one.similar).sort((a, b) => b.shared - a.shared)
  const mostShared = similar[0]?.shared ?? 0
  // What a task or the code names is certain; words alone only when several agree.
  const byWords = similar.filter(({ shared }) => shared >= 2 && shared >= mostShared - 1).slice(0, 3)
  const requirements = distinct([...linked, ...byWords.map(({ place }) => place)])
  const scenarios = distinct(
    found
      .flatMap((one) => one.scenarios)
      .sort((a, b) => b.shared - a.shared)
      .slice(0, 3)
      .map(({ place }) => place),
  )
  const outside = INFRASTRUCTURE.exec(message)?.[0]
  const facts = [
    ...(outside === undefined ? [] : [`The message says "${outside}", which no specification can prevent.`]),
    ...places.map(({ file, line }) => `The trace passes ${file}:${line}.`),
    ...tasks.map(({ file, line, text }) => `${file}:${line} names that file: ${text}`),
    ...linked.map(({ file, line, text }) => `${file}:${line} asks for it: ${text}`),
    ...byWords.map(
      ({ place, words }) => `${place.file}:${place.line} speaks of ${words.join(', ')}: ${place.text}`,
    ),
  ]
  const verdict = verdictOf()
  return {
    verdict,
    evidence: [...new Set(facts)],
    tasks: distinct(tasks),
    requirements,
    scenarios,
    suggestions: suggest(),
  }

  function verdictOf(): Verdict {
    if (outside !== undefined) return 'infrastructure'
    if (requirements.length > 0 || scenarios.length > 0) return 'violated'
    return tasks.length > 0 ? 'deviation' : 'missing'
  }

  function suggest(): string[] {
    switch (verdict) {
      case 'infrastructure':
        return ['Look at the environment first: is the service it needs running and reachable?']
      case 'violated':
        return [
          ...(scenarios[0] === undefined
            ? ['Write a scenario that shows the failure, then mend the code.']
            : [`Run the scenario: specify test ${scenarios[0].file}`]),
          'If the requirement is wrong, change it first, then the code.',
        ]
      case 'deviation':
        return [
          'The code is planned, but no requirement says what it must do here: add one, or name it in the task.',
        ]
      case 'missing':
        return [
          'No specification speaks of this: run "specify clarify" and add a requirement with a scenario.',
        ]
    }
  }
}

type Similar = { readonly place: Place; readonly shared: number; readonly words: readonly string[] }

function traceTo({ feature, spec, tasks }: FeatureDocuments, message: string, all: readonly ErrorPlace[]) {
  // Another service's src/routes.ts is not the one this feature's tasks name.
  const owner = /^(.+?\/)(?:docs\/|\.specify\/)?specs\//.exec(feature.path)?.[1] ?? ''
  const places = all.filter(({ file }) => file.startsWith(owner))
  const naming = (tasks?.tasks ?? []).filter((task) =>
    task.paths.some((path) => places.some(({ file }) => isSamePath(file, path))),
  )
  const declared = spec === undefined ? [] : [...spec.spec.requirements, ...spec.spec.criteria]
  const named = new Set(naming.flatMap((task) => task.requirements))
  for (const id of idsNear(message, places, featureName(feature.service, feature.id))) named.add(id)
  const words = telling(message)
  const storiesOfTasks = new Set(naming.flatMap((task) => task.stories))
  const at = spec?.markdown.file ?? ''
  return {
    tasks: naming.map((task) => taskPlace(tasks!.markdown.file, task)),
    linked: declared.filter(({ id }) => named.has(id)).map((one) => requirementPlace(at, one)),
    similar: declared
      .map((one) => similar(requirementPlace(at, one), words))
      .filter(({ shared }) => shared > 0),
    scenarios: (spec?.spec.stories ?? [])
      .flatMap((story) => story.scenarios.map((scenario) => ({ story, scenario })))
      .map(({ story, scenario }) => {
        const one = similar(scenarioPlace(at, scenario), words)
        return storiesOfTasks.has(story.id) && one.shared > 0 ? { ...one, shared: one.shared + 1 } : one
      })
      .filter(({ shared }) => shared >= 2),
  }
}

/** Requirement ids in the message and within thirty lines above the error: in a comment, a test's title, a tag. */
function idsNear(message: string, places: readonly ErrorPlace[], feature: string): string[] {
  const texts = [
    message,
    ...places.map(
      ({ source, line }) =>
        source
          ?.split('\n')
          .slice(Math.max(0, line - 30), line + 1)
          .join('\n') ?? '',
    ),
  ]
  return texts.flatMap((text) =>
    [...text.matchAll(/(?:([\w/-]+)#)?\b((?:FR|SC|NFR)-[\w-]*\d+[a-z]?)\b/g)]
      .filter(([, owner]) => owner === undefined || owner === feature)
      .map(([, , id]) => id!),
  )
}

/** The words of an error that a specification could share: no paths, no numbers, no names of error classes. */
function telling(message: string): ReadonlyMap<string, string> {
  const first = message
    .split(/\r?\n/)
    .filter((line) => !/^\s*(?:at |File "|goroutine |\S+\.go:\d)/.test(line))
    .join(' ')
  const cleaned = first.replaceAll(/\b\w*(?:Error|Exception)\b|\S*[/\\]\S*|\b[\d.:]+\b/g, ' ')
  return new Map(
    queryWords(cleaned)
      .filter((word) => word.length > 2 && !COMMON.has(word))
      .map((word) => [stem(word), word]),
  )
}

const COMMON = new Set(
  'error failed fail cannot could not undefined null read reading property properties expected actual got unexpected token value thread main panicked traceback most recent call last exception caused invalid should must'.split(
    ' ',
  ),
)

function similar(place: Place, words: ReadonlyMap<string, string>): Similar {
  const own = new Set(stems(place.text))
  const shared = [...words].filter(([key]) => own.has(key)).map(([, word]) => word)
  return { place, shared: shared.length, words: shared }
}

/** Folders are too wide a net: half of all tasks name src/. */
function isSamePath(file: string, named: string): boolean {
  const path = named.replace(/^\.?\//, '')
  return /\.\w+$/.test(path) && (file === path || file.endsWith(`/${path}`))
}

function taskPlace(file: string, { id, text, line }: Task): Place {
  return { file, line, text: shorten(id === undefined ? text : `${id} ${text}`) }
}

function requirementPlace(file: string, { id, text, line }: Requirement): Place {
  return { file, line, text: shorten(`${id}: ${text}`) }
}

function scenarioPlace(file: string, { id, steps, line }: Scenario): Place {
  return { file, line, text: shorten(`${id}: ${steps.map(({ text }) => text).join(', ')}`) }
}

function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 197)}…`
}

function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.file}:${place.line}`, place])).values()]
}

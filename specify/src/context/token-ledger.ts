import type { Feature, Workspace } from '../workspace/model.ts'

export type CountedFile = { readonly file: string; readonly tokens: number }
export type CountedFeature = {
  readonly feature: string
  readonly tokens: number
  /** What it costs to know what the feature is about; undefined without a quick-ref. */
  readonly quickRef: number | undefined
}

/** What each verb of the workflow puts before an agent, beside its own prompt. */
const READS = {
  constitution: ['constitution'],
  specify: ['constitution', 'spec-template'],
  clarify: ['spec'],
  plan: ['constitution', 'spec', 'plan-template'],
  checklist: ['spec'],
  tasks: ['spec', 'plan', 'tasks-template'],
  analyze: ['constitution', 'spec', 'plan', 'tasks'],
  implement: ['plan', 'tasks'],
  converge: ['spec', 'plan', 'tasks'],
} as const

export type Verb = keyof typeof READS
export const verbs = Object.keys(READS) as Verb[] // the keys of the table above

/** The files a verb has an agent read for one feature, relative to the root. */
export function filesOfVerb(verb: Verb, feature: Feature | undefined, workspace: Workspace): string[] {
  return READS[verb].flatMap((part) => {
    if (part === 'constitution') return workspace.constitution ?? []
    if (part === 'spec' || part === 'plan' || part === 'tasks') return feature?.files[part] ?? []
    return workspace.files.filter((path) => path.endsWith(`templates/${part}.md`)).slice(0, 1)
  })
}

/** How full a context window is, in the words of the seed: healthy, moderate from 40 %, high from 60 %, critical from 80 %. */
export function fullness(tokens: number, window: number): 'healthy' | 'moderate' | 'high' | 'critical' {
  const share = tokens / window
  if (share < 0.4) return 'healthy'
  if (share < 0.6) return 'moderate'
  return share < 0.8 ? 'high' : 'critical'
}

// A spec.md as values with positions. Lines are 1-based lines of the file.

export type Spec = {
  /** Relative to the workspace root. */
  readonly file: string
  /** `order-service/001`, or `001` outside services: full names of ids hang on it (`order-service/001#FR-003`). */
  readonly feature: string
  readonly service: string | undefined
  readonly title: string | undefined
  readonly stories: readonly Story[]
  readonly requirements: readonly Requirement[]
  readonly criteria: readonly Requirement[]
  readonly clarifications: readonly Clarification[]
  readonly headings: readonly Heading[]
  readonly upstreamServices: readonly ServiceDependency[]
  readonly downstreamServices: readonly ServiceDependency[]
  readonly eventsConsumed: readonly EventUse[]
  readonly eventsPublished: readonly EventUse[]
  /** Executable blocks that stand under no scenario: they would never run. */
  readonly unownedBlocks: readonly Block[]
}

export type Heading = { readonly depth: number; readonly text: string; readonly line: number }

export type Story = {
  /**
   * `US1`: written, or counted when the dialect has none (`### P1: User Login`).
   * `US0` gathers the scenarios that stand outside every story.
   */
  readonly id: string
  readonly title: string
  readonly priority: string | undefined
  readonly line: number
  readonly scenarios: readonly Scenario[]
  /** Struck through: kept for the record. */
  readonly withdrawn?: true
}

export type Scenario = {
  /** `US1.2`. */
  readonly id: string
  readonly line: number
  readonly endLine: number
  readonly steps: readonly Step[]
  readonly blocks: readonly Block[]
}

export type Step = {
  readonly keyword: 'given' | 'when' | 'then'
  readonly text: string
  readonly line: number
}

/** A fenced block below a scenario: its executable form. */
export type Block = {
  readonly language: 'hurl' | 'console' | 'event'
  /** Without the indentation of the block; lines end in LF whatever the file has. */
  readonly text: string
  /** Line of the first line of `text` in the file. */
  readonly line: number
  /** Of the fence: the text is indented as far, so its columns are counted from here. */
  readonly column: number
}

/** FR-003 and SC-001 alike. */
export type Requirement = {
  readonly id: string
  /** Without the markup around the id. */
  readonly text: string
  readonly line: number
  /** Struck through: kept for the record, asks for nothing any more. */
  readonly withdrawn?: true
}

/** `[NEEDS CLARIFICATION: question]`, or an answered `- Q: … → A: …`. */
export type Clarification = {
  readonly question: string
  readonly answer: string | undefined
  readonly line: number
  /** Day of the session an answer was given in: `2026-02-03` of `### Session 2026-02-03`. */
  readonly session?: string
}

export type ServiceDependency = { readonly service: string; readonly purpose: string; readonly line: number }

export type EventUse = {
  readonly eventType: string
  /** `From:` of a consumed event. */
  readonly from: string | undefined
  /** `Consumers:` of a published event. */
  readonly consumers: readonly string[]
  readonly line: number
}

/** One task of tasks.md: a checkbox of Spec Kit, or a `### Task 1.1` block. */
export type Task = {
  /** `T012`; undefined for a box without one. */
  readonly id: string | undefined
  readonly text: string
  readonly isDone: boolean
  /** Marked `[P]`: may run beside its neighbours. */
  readonly isParallel: boolean
  /** `US1` of `[US1]`. */
  readonly stories: readonly string[]
  /** Requirement ids of this feature named in the text. */
  readonly requirements: readonly string[]
  /** Files and folders named in the text. */
  readonly paths: readonly string[]
  readonly line: number
  /** Boxes inside a `### Task 1.1` block: when all are ticked, it is done. */
  readonly steps?: readonly Task[]
}

/** `**Storage**: PostgreSQL` of a plan's technical context. */
export type PlanField = { readonly name: string; readonly value: string; readonly line: number }

export type Principle = { readonly title: string; readonly line: number }

import type { SchemaAt } from '../model.ts'
import type { Exchange } from './modern-schema.ts'
import type { SchemaChange, SchemaComparison } from './schema-comparison.ts'

export type Change = Omit<SchemaChange, 'at' | 'cause' | 'exchange' | 'path'> & {
  /** Who is hurt: who sends (`request`) or who reads (`response`); neither, for what is about the whole. */
  readonly exchange?: Exchange
  readonly path?: string
  readonly at?: SchemaAt
  readonly line?: number
  /** Where none is named, the change is a cause of its own. */
  readonly cause?: string
}

/** The two directions of one pair of documents. */
export type Directions = {
  readonly request: SchemaComparison
  readonly response: SchemaComparison
  /** Whether parts of the two documents say the same, with all they refer to. */
  readonly isSame: (old: unknown, now: unknown) => boolean
}

/** A break that needs no value to show it: something is gone, or asked for. */
export function change(code: string, message: string, before: string, after: string): Change {
  return { code, message, before, after, verdict: 'breaking' }
}

/** No value is refused, and yet something is different. */
export function behaviour(code: string, message: string, before: string, after: string): Change {
  return { code, message, before, after, verdict: 'behaviour' }
}

/** Nothing on the wire: programs made from the contract change. */
export function source(code: string, message: string, before: string, after: string): Change {
  return { code, message, before, after, verdict: 'source' }
}

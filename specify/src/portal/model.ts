// What the portal shows, as plain values: made from a workspace at one moment, never changed.

import type { Finding } from '@specwright/cli/finding.ts'
import type { FoundChanges } from '../contracts/find-changes.ts'
import type { Catalog } from '../contracts/catalog.ts'
import type { Graph } from '../contracts/graph.ts'
import type { Contracts } from '../contracts/model.ts'
import type { FeatureDocuments } from '../rules/rule.ts'
import type { TracedRequirement } from '../trace/trace-feature.ts'
import type { Feature, Workspace } from '../workspace/model.ts'
import type { PortalIndex } from './portal-index.ts'
import type { Addresses } from './addresses.ts'
import type { LastRun } from './last-run.ts'

export type Portal = {
  /** The name of the workspace's folder. */
  readonly name: string
  readonly workspace: Workspace
  readonly contracts: Contracts
  readonly graph: Graph
  readonly catalog: Catalog
  readonly features: readonly PortalFeature[]
  /** Files relative to the root; sorted. */
  readonly findings: readonly Finding[]
  readonly run: LastRun | undefined
  readonly tokens: Tokens
  readonly addresses: Addresses
  readonly index: PortalIndex
}

export type PortalFeature = {
  readonly feature: Feature
  /** `order-service/001`. */
  readonly name: string
  readonly title: string
  readonly documents: FeatureDocuments
  readonly requirements: readonly TracedRequirement[]
}

export type Tokens = {
  readonly total: number
  /** Of the agent's context. */
  readonly window: number
  readonly files: readonly { readonly file: string; readonly tokens: number }[]
}

/** What changed in the contracts since a revision, or why nobody can say. */
export type Comparison =
  | { readonly outcome: 'compared'; readonly revision: string; readonly found: FoundChanges | undefined }
  | { readonly outcome: 'refused'; readonly revision: string; readonly message: string }

/** Everything a page is written from. */
export type View = {
  readonly portal: Portal
  /** The page's own path. */
  readonly path: string
  /** A link to another page, as seen from this one. */
  readonly to: (path: string) => string
  /** Set where somebody can answer: runs scenarios, passes on requests. */
  readonly live: { readonly token: string } | undefined
  readonly comparison: Comparison | undefined
}

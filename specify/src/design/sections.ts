/** The nine sections of a design document, their parts, and what belongs there. */
export const DESIGN_SECTIONS: readonly {
  readonly title: string
  readonly asks: string
  readonly parts: readonly (readonly [title: string, asks: string])[]
}[] = [
  {
    title: 'Executive Summary',
    asks: 'Problem, proposal and value for somebody with two minutes; at most 200 words.',
    parts: [],
  },
  {
    title: 'Context and Motivation',
    asks: 'Why this, why now; link the requirements.',
    parts: [
      ['Current State', 'What is there, and its flaws.'],
      ['The Problem', 'What hurts: users, business, code.'],
    ],
  },
  {
    title: 'Goals and Non-Goals',
    asks: 'What success means, precisely.',
    parts: [
      ['Functional Goals', 'One testable line each.'],
      ['Non-Goals (Out of Scope)', 'What will not be done.'],
    ],
  },
  {
    title: 'Proposed Solution (High-Level Design)',
    asks: 'The big picture.',
    parts: [
      ['System Architecture Diagram', 'A mermaid diagram of the parts and what flows between them.'],
      ['Architectural Pattern', 'Name it and say why it fits.'],
      ['Key Components', 'A table: component, responsibility, technology, reason.'],
    ],
  },
  {
    title: 'Detailed Design',
    asks: 'Enough for an engineer to begin.',
    parts: [
      ['API Interfaces', 'Operations with requests, answers, refusals.'],
      ['Data Model / Schema', 'Tables or schemas with constraints.'],
      ['Algorithms and State Management', 'States, concurrency, consistency.'],
    ],
  },
  { title: 'Alternatives Considered', asks: 'A table: option, pros, cons, reason for rejection.', parts: [] },
  {
    title: 'Cross-Cutting Concerns',
    asks: 'What touches every part.',
    parts: [
      ['Security and Privacy', 'Who may do what; which data need protection.'],
      ['Observability Strategy', 'Metrics, traces, alerts.'],
      ['Scalability and Capacity Planning', 'Expected load and the first bottleneck.'],
    ],
  },
  {
    title: 'Migration, Rollout, and Testing',
    asks: 'Phases, no dates.',
    parts: [
      ['Deployment Strategy', 'Phase 1, Phase 2, …'],
      ['Data Migration Plan', 'What moves and how it is verified.'],
      ['Test Plan', 'Unit, integration, end to end.'],
    ],
  },
  {
    title: 'Open Questions / Unresolved Issues',
    asks: 'Per question two or three options, "(A) choice — trade-off", and "**Answer**: …" once it is known.',
    parts: [],
  },
]

export const STATUSES = [
  'Draft (WIP)',
  'In Review (RFC)',
  'Approved',
  'Implemented',
  'Deprecated',
  'Rejected',
] as const

// What the two tutorials make somebody type, in order, and what the screen must show then. Our own words but for the command
// lines; `better` says why the screen differs from the page's.

export type Step =
  /** Written by hand or by an agent: copied from test/projects/ecommerce-pages/. */
  | { readonly put: readonly string[] }
  /** A line of the page: `mkdir`, `cd`, `cp`, `specify …`, or `/speckit.… words` as typed to an agent. */
  | {
      readonly typed: string
      readonly exit?: 0 | 1 | 2
      readonly shows?: readonly string[]
      readonly better?: string
      /** Not on the page: something it takes for granted. */
      readonly ours?: true
    }

const AUTH = 'services/auth-service/specs/001-jwt-authentication'
const USER = 'services/user-service/specs/001-user-profile'

export const microservices: readonly Step[] = [
  { typed: 'mkdir ecommerce-platform' },
  { typed: 'cd ecommerce-platform' },
  {
    typed: 'specify init . --ai claude',
    shows: ['Created:', '.claude/skills/speckit-*/SKILL.md', 'Ready for Claude Code.'],
  },
  {
    typed: '/speckit.constitution',
    exit: 1,
    shows: ['"[PRINCIPLE_1_NAME]" still waits for its text.'],
    better:
      'The page shows nothing here. The program starts the file and points at what the agent has to write.',
  },
  { put: ['constitution.md', '.speckit.config.json'] },
  { typed: '/speckit.constitution', shows: ['constitution.md, version 1.0.0', 'Each service owns its data'] },

  // First service
  { typed: 'mkdir -p services/auth-service', ours: true },
  { typed: 'cd services/auth-service' },
  { typed: 'mkdir -p specs/001-jwt-authentication' },
  {
    typed: '/speckit.specify Create a JWT-based authentication service specification',
    shows: ['Created specs/001-jwt-authentication/spec.md'],
  },
  { put: [`${AUTH}/spec.md`, 'services/auth-service/contracts/api-spec.yaml'] },
  {
    typed: '/speckit.validate --spec',
    shows: [
      '✅ spec.md: All required sections present',
      '✅ No TODO/TBD placeholders found',
      '✅ Sufficient content (1,792 bytes)',
      'Ready to proceed to planning phase',
      'Prose only, nothing runs any of the 3 scenarios.',
    ],
    better: 'The four lines of the page, and what they hide: nothing proves the scenarios yet.',
  },
  { typed: '/speckit.plan', shows: ['Created specs/001-jwt-authentication/plan.md'] },
  { put: [`${AUTH}/plan.md`] },
  { typed: '/speckit.tasks', shows: ['Ready to break the plan into tasks'] },
  { put: [`${AUTH}/tasks.md`] },
  { typed: '/speckit.implement', shows: ['6 tasks to do: Task 1.1, Task 1.2, Task 2.1'] },
  { typed: 'specify next', shows: ['## task Task 1.1', 'pyproject.toml'], ours: true },
  { put: ['services/auth-service/src/api/auth.py', 'services/auth-service/src/models/user.py'] },
  {
    typed: 'specify done 1.2',
    shows: ['Ticked Task 1.2: services/auth-service/src/models/user.py'],
    ours: true,
  },
  {
    typed: 'specify done 1.1',
    exit: 1,
    shows: ['Task 1.1 names pyproject.toml, requirements.txt, not there yet.'],
    better: 'The page says "validate each task completion"; here the program does, and refuses.',
    ours: true,
  },
  { typed: 'specify resume', shows: ['1 of 6'], ours: true },
  {
    typed: '/speckit.document',
    shows: ['specs/001-jwt-authentication/quick-ref.md (', 'specs/001-jwt-authentication/ai-doc.md ('],
  },

  // Second service
  { typed: 'mkdir -p ../user-service', ours: true },
  { typed: 'cd ../user-service' },
  { typed: 'mkdir -p specs/001-user-profile' },
  {
    typed: '/speckit.specify Create user profile service that depends on auth-service for authentication',
    shows: ['Created specs/001-user-profile/spec.md'],
  },
  {
    put: [
      `${USER}/spec.md`,
      'services/user-service/contracts/api-spec.yaml',
      'services/user-service/contracts/events/user-events.json',
      'services/order-service/specs/001-order-management/spec.md',
      'services/notification-service/specs/001-email-notifications/spec.md',
    ],
  },
  {
    typed: '/speckit.validate-contracts --service=user-service',
    shows: [
      '✅ API spec complete and valid',
      '⚠️  Some events have no schema',
      '✅ All dependencies exist (auth-service found)',
      'order-service listed as consumer but not yet implemented',
      'The event user.profile.updated has no schema.',
    ],
    better: 'The page calls all its event schemas well-defined; its second event has none.',
  },
  { typed: '/speckit.plan' },
  { put: [`${USER}/plan.md`] },
  { typed: '/speckit.tasks' },
  { put: [`${USER}/tasks.md`] },
  { typed: '/speckit.implement', shows: ['2 tasks to do'] },

  // Third service
  { typed: 'cd ../order-service' },
  { typed: 'mkdir -p specs/001-order-management' },

  // All of them
  { typed: 'cd ../../' },
  {
    typed: '/speckit.service-catalog',
    shows: [
      '# Microservices Catalog',
      '### 1. auth-service\n**Type:** API Service',
      '**Endpoints:** 3 (login, validate, refresh)',
      '**Dependencies:** ↑ auth-service',
      '**Events Published:** user.profile.created, user.profile.updated',
      '**Events Published:** order.created',
      '## Dependency Graph',
      '```mermaid',
      '│ user-service │',
    ],
    better: 'The boxes of the page, and a diagram that GitHub draws.',
  },
  {
    typed: '/speckit.validate-contracts',
    shows: [
      '✅ All API specs valid',
      '✅ All dependencies exist',
      '✅ No circular dependencies',
      '⚠️  order-service not yet implemented',
      'Recommendation: Implement order-service, notification-service to complete dependency chain',
      'notification-service consumes order.created, which the spec of order-service announces and no contract describes.',
    ],
    better:
      'On the page order.created stands in prose only; ours says so, for its consumer has no contract to rely on.',
  },
  { put: ['services/order-service/contracts/events/order-events.json'] },
  {
    typed: '/speckit.validate-contracts',
    shows: [
      '✅ All dependencies exist',
      '✅ No circular dependencies',
      '⚠️  order-service not yet implemented',
    ],
    better:
      'The page counts a consumer as there as soon as its folder is; ours are listed until they have code.',
  },

  // A new endpoint, with git's help
  { typed: 'git init', ours: true },
  { typed: 'git commit', ours: true },
  { typed: 'cd services/user-service' },
  {
    typed: '/speckit.find "user profile"',
    shows: ['Found in:', 'specs/001-user-profile/spec.md:', '(relevance: '],
  },
  { put: ['services/user-service/contracts/api-spec.yaml → image-format'] },
  { typed: '/speckit.validate --spec', shows: ['Ready to proceed to planning phase'] },
  { typed: '/speckit.plan', shows: ['was kept'] },
  { typed: '/speckit.tasks' },
  { typed: '/speckit.implement' },
  {
    typed: '/speckit.validate-contracts --service=user-service --breaking-changes-only',
    exit: 1,
    shows: ['Breaking change detected', 'POST /api/v1/users/{id}/avatar', 'imageFormat', 'order-service'],
  },

  // Habits
  { typed: '/speckit.find "related feature"' },
  { typed: '/speckit.document --update' },
  { typed: '/speckit.document', ours: true },
  { typed: '/speckit.document --update', shows: ['quick-ref.md'] },
  { typed: '/speckit.budget', shows: ['in all (o200k_base)'] },
  { typed: '/speckit.prune', shows: ['Wrote ../../.speckit/memory/session-summary-', 'tokens (o200k_base)'] },
  { typed: 'cd ../..' },
  {
    typed: 'specify init . --ai claude',
    shows: ['templates/microservices/service-spec-template.md'],
    better: 'Services are there now, so init brings the template that the page copies from.',
    ours: true,
  },
  { typed: 'mkdir services/new-service' },
  { typed: 'cd services/new-service' },
  { typed: 'mkdir -p specs/001-feature', ours: true },
  { typed: 'cp ../../templates/microservices/service-spec-template.md specs/001-feature/spec.md' },
  { typed: '/speckit.validate --spec', exit: 1, shows: ['"[SERVICE NAME]" still waits for its text.'] },
  {
    typed: '/speckit.plan',
    exit: 1,
    shows: ['still waits for its text'],
    better: 'A spec of brackets is not planned.',
  },
  { typed: '/speckit.validate-contracts --service=new-service' },
  { typed: '/speckit.service-catalog --regenerate', shows: ['new-service'] },
  { typed: '/speckit.find "error message or symptom"' },
  { typed: '/speckit.service-catalog', shows: ['# Microservices Catalog'] },
  { typed: '/speckit.error-context "error details"' },
]

/** The pages that make an online shop and a data generator are the same commands with other words. */
export function singleProject(name: string, sentence: string, folder: string): readonly Step[] {
  const feature = `specs/${folder}`
  const from = (file: string, to: string) => `${AUTH}/${file} → ${to}`
  return [
    {
      typed: `specify init ${name}`,
      shows: ['Created:', '.specify/templates/spec-template.md', `cd ${name}`],
    },
    { typed: `cd ${name}` },
    { typed: 'specify check', shows: ['specify'] },
    {
      typed: '/speckit.constitution Create principles focused on clean code, strict TDD and security',
      exit: 1,
      shows: ['.specify/memory/constitution.md', 'still waits for its text'],
    },
    { put: ['constitution.md → .specify/memory/constitution.md'] },
    { typed: `/speckit.specify ${sentence}`, shows: [`Created ${feature}/spec.md`] },
    { put: [from('spec.md', `${feature}/spec.md`)] },
    { typed: '/speckit.clarify', shows: ['No open question.'] },
    { typed: '/speckit.plan build it with Go', shows: [`Created ${feature}/plan.md`] },
    { put: [from('plan.md', `${feature}/plan.md`)] },
    { typed: '/speckit.tasks', shows: ['Ready to break the plan into tasks'] },
    { put: [from('tasks.md', `${feature}/tasks.md`)] },
    { typed: '/speckit.analyze', shows: ['Coverage: 100 %', 'Critical: 0'] },
    { typed: '/speckit.implement', shows: ['6 tasks to do'] },
  ]
}

/** The page about design documents: research in, nine sections out, checked until nothing is missing. */
export const designDocument: readonly Step[] = [
  { typed: 'specify init . --ai claude' },
  { typed: 'mkdir specs' },
  { put: ['research/events.md'] },
  {
    typed: '/speckit.create-spec research/ "Event-driven billing"',
    shows: ['Wrote specs/', '-event-driven-billing.md: 1 of 1 research documents cited, 1 open questions.'],
  },
  {
    typed: 'specify create-spec --check specs/*-event-driven-billing.md',
    exit: 1,
    shows: ['[empty-design-section]', '[missing-diagram]', '[question-without-options]'],
    better: 'The page trusts the agent to have followed its rules; the program says which are not kept yet.',
    ours: true,
  },
]

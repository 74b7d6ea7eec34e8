import type { Program } from '@specwright/cli/run-cli.ts'

/** What `specify` is and can do. A command is loaded when it is used, so that start-up pays for one verb. */
export const program: Program = {
  name: 'specify',
  version: '0.1.0',
  summary: 'spec-driven development where the specification runs',
  commands: {
    init: async () => (await import('./commands/init.ts')).init,
    check: async () => (await import('./commands/check.ts')).check,
    constitution: async () => (await import('./commands/constitution.ts')).constitution,
    specify: async () => (await import('./commands/specify.ts')).specify,
    clarify: async () => (await import('./commands/clarify.ts')).clarify,
    plan: async () => (await import('./commands/plan.ts')).plan,
    checklist: async () => (await import('./commands/checklist.ts')).checklist,
    tasks: async () => (await import('./commands/tasks.ts')).tasks,
    analyze: async () => (await import('./commands/analyze.ts')).analyze,
    implement: async () => (await import('./commands/implement.ts')).implement,
    converge: async () => (await import('./commands/converge.ts')).converge,
    taskstoissues: async () => (await import('./commands/taskstoissues.ts')).taskstoissues,
    status: async () => (await import('./commands/status.ts')).status,
    next: async () => (await import('./commands/next.ts')).next,
    done: async () => (await import('./commands/done.ts')).done,
    resume: async () => (await import('./commands/resume.ts')).resume,
    'check-prerequisites': async () => (await import('./commands/check-prerequisites.ts')).checkPrerequisites,
    'resolve-template': async () => (await import('./commands/resolve-template.ts')).resolveTemplate,
    budget: async () => (await import('./commands/budget.ts')).budget,
    find: async () => (await import('./commands/find.ts')).find,
    test: async () => (await import('./commands/test.ts')).test,
    validate: async () => (await import('./commands/validate.ts')).validate,
    'validate-contracts': async () => (await import('./commands/validate-contracts.ts')).validateContracts,
    'service-catalog': async () => (await import('./commands/service-catalog.ts')).serviceCatalog,
  },
}

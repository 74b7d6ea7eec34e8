import type { FeatureDocuments, Problem, Rule } from './rule.ts'

/** Of each row a feature uses one: whoever names another one means something else than the plan decided. */
const ALTERNATIVES: readonly (readonly [kind: string, names: readonly RegExp[]])[] = [
  [
    'database',
    [
      /PostgreSQL|Postgres/i,
      /MySQL/i,
      /MariaDB/i,
      /SQLite/i,
      /MongoDB/i,
      /SQL Server|MSSQL/i,
      /CockroachDB/i,
    ],
  ],
  ['message bus', [/Kafka/i, /RabbitMQ/i, /NATS/, /Pulsar/, /ActiveMQ/i]],
  ['user interface library', [/React(?!ive)|Next\.js/, /Vue(?:\.js)?|Nuxt/, /Angular/, /Svelte(?:Kit)?/]],
  [
    'web framework',
    [/Express(?:\.js)?/, /Fastify/i, /NestJS/i, /FastAPI/i, /Flask/, /Django/i, /Spring Boot/i],
  ],
  ['test runner', [/Jest/, /Vitest/i, /Mocha/, /node:test/, /pytest/i]],
  ['object mapper', [/Prisma/, /Drizzle/, /TypeORM/i, /Sequelize/i, /SQLAlchemy/i, /Hibernate/]],
]

export const contradictoryTerm: Rule = {
  code: 'contradictory-term',
  severity: 'warning',
  why: 'A task that names another database than the plan is built as the task says, and the plan is wrong from then on.',
  example: {
    wrong: 'plan: "**Storage**: PostgreSQL", tasks: "- [ ] T004 Create the MySQL schema in …"',
    right: 'one name in both, or the second one explained in the plan',
  },
  reads: 'feature',

  *check(documents) {
    const { plan } = documents
    if (plan === undefined) return
    const fields = plan.fields.map(({ value }) => value).join('\n')
    for (const [kind, names] of ALTERNATIVES) {
      const chosen = names.filter((name) => whole(name).test(fields))
      if (chosen.length === 0) continue
      // What the plan speaks of anywhere, it has thought about: a migration, a fallback, an alternative.
      const others = names.filter((name) => !whole(name).test(plan.markdown.text))
      const planned = whole(chosen[0]!).exec(fields)![0]
      for (const other of others) yield* mentions(documents, kind, planned, whole(other))
    }
  },
}

function* mentions(
  { spec, tasks }: FeatureDocuments,
  kind: string,
  planned: string,
  other: RegExp,
): Iterable<Problem> {
  const said = [
    ...(spec === undefined
      ? []
      : [...spec.spec.requirements, ...spec.spec.criteria]
          .filter(({ withdrawn }) => !withdrawn)
          .map(({ id, text, line }) => ({ file: spec.markdown.file, id, text, line }))),
    ...(tasks === undefined
      ? []
      : tasks.tasks.map(({ id, text, line }) => ({
          file: tasks.markdown.file,
          id: id ?? 'The task',
          text,
          line,
        }))),
  ]
  for (const { file, id, text, line } of said) {
    // Names of files say little: `jest.config.js` may be what vitest reads.
    const word = other.exec(
      text.replaceAll(/[\w.-]*\/[\w./-]+|\b[\w-]+\.(?:[cm]?[jt]sx?|py|json|ya?ml)\b/g, ' '),
    )?.[0]
    if (word === undefined) continue
    yield {
      file,
      line,
      message: `${id} names ${word}; the ${kind} of the plan is ${planned}.`,
      hint: 'Use one name, or say in the plan why there are two.',
    }
  }
}

function whole(name: RegExp): RegExp {
  return new RegExp(`(?<![\\w-])(?:${name.source})(?![\\w-])`, name.flags)
}

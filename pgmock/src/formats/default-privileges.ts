import type { DefaultPrivileges, Grants } from '../schema/model.ts'
import { quoteName } from './names.ts'
import { privilegeStatements, PUBLIC, usualPrivileges, type PrivilegeKind } from './privileges.ts'
import type { EntryContext } from './relation-names.ts'
import { PRIORITY, type Unit } from './sort-units.ts'

/** What the privileges of each are, and the letter of pg_default_acl that pg_dump sorts by. */
const OF: Readonly<Record<DefaultPrivileges['on'], readonly [PrivilegeKind, string]>> = {
  TABLES: ['TABLE', 'r'],
  SEQUENCES: ['SEQUENCE', 'S'],
  FUNCTIONS: ['FUNCTION', 'f'],
  TYPES: ['TYPE', 'T'],
  SCHEMAS: ['SCHEMA', 'n'],
}

/** Sorts behind every schema's name. */
const NO_SCHEMA = '\u{10ffff}'

/** ALTER DEFAULT PRIVILEGES: one entry for each role, schema and kind. */
export function defaultPrivilegeUnits({ model, major }: EntryContext): Unit[] {
  return model.defaultPrivileges.flatMap(({ role, schema, on, grants }) => {
    const owner = role ?? model.owner
    const [kind, letter] = OF[on]
    const inSchema = schema === undefined ? '' : `IN SCHEMA ${quoteName(schema, major)} `
    const definition = privilegeStatements({
      kind,
      on,
      grants: sorted(grants),
      owner,
      major,
      prefix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteName(owner, major)} ${inSchema}`,
      // Those of a schema are added to the others, so nothing can be taken away there.
      start: schema === undefined ? usualPrivileges(kind, owner) : new Map(),
    })
    if (definition === '') return []
    return [
      {
        priority: PRIORITY.defaultPrivileges,
        schema: schema ?? NO_SCHEMA,
        name: letter,
        tie: owner,
        id: `default privileges ${owner} ${schema ?? ''} ${on}`,
        needs: [],
        entries: [
          {
            tag: `DEFAULT PRIVILEGES FOR ${on}`,
            type: 'DEFAULT ACL',
            section: 'post-data' as const,
            schema,
            owner,
            definition,
            drop: undefined,
            dependsOn: [],
          },
        ],
      },
    ]
  })
}

/** PostgreSQL sorts these by role: everybody first, others as they were made. */
function sorted(grants: Grants): Grants {
  return new Map([...grants].toSorted(([a], [b]) => Number(b === PUBLIC) - Number(a === PUBLIC)))
}

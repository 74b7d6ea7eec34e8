import assert from 'node:assert/strict'
import { test } from 'node:test'
import { privilegeStatements, type Granted } from './privileges.ts'

const statements = (grants: Record<string, string[]>, more: Partial<Granted> = {}) =>
  privilegeStatements({
    kind: 'TABLE',
    on: 'TABLE public.t',
    grants: new Map(Object.entries(grants)),
    owner: 'me',
    major: 18,
    ...more,
  })

test('what a new object gives anyway is not printed', () => {
  assert.equal(statements({ me: ['ALL'] }), '')
  assert.equal(statements({ PUBLIC: ['ALL'] }, { kind: 'FUNCTION', on: 'FUNCTION f()' }), '')
})

test('privileges stand in the order of the catalog, those with grant option by themselves', () => {
  assert.equal(
    statements({ reader: ['UPDATE', 'SELECT', 'INSERT WITH GRANT OPTION'] }),
    'GRANT SELECT,UPDATE ON TABLE public.t TO reader;\nGRANT INSERT ON TABLE public.t TO reader WITH GRANT OPTION;\n',
  )
})

test('the owner comes first, after what is taken away', () => {
  assert.equal(
    statements({ reader: ['SELECT'], me: ['SELECT'] }),
    'REVOKE ALL ON TABLE public.t FROM me;\nGRANT SELECT ON TABLE public.t TO me;\nGRANT SELECT ON TABLE public.t TO reader;\n',
  )
})

test('everything is ALL, which 17 made one privilege larger', () => {
  const all = ['SELECT', 'INSERT', 'REFERENCES', 'DELETE', 'TRIGGER', 'TRUNCATE', 'UPDATE']
  assert.equal(statements({ reader: all }, { major: 15 }), 'GRANT ALL ON TABLE public.t TO reader;\n')
  assert.match(
    statements({ reader: all }),
    /^GRANT SELECT,INSERT,REFERENCES,DELETE,TRIGGER,TRUNCATE,UPDATE ON/,
  )
  assert.equal(statements({ reader: ['ALL'] }), 'GRANT ALL ON TABLE public.t TO reader;\n')
})

test('a column stands behind each of its privileges', () => {
  assert.equal(
    statements({ PUBLIC: ['SELECT', 'UPDATE'] }, { kind: 'COLUMN', column: 'order' }),
    'GRANT SELECT("order"),UPDATE("order") ON TABLE public.t TO PUBLIC;\n',
  )
})

import type { Name } from './catalog.ts'

/** Names in `public` stand alone. */
export function fileName({ schema, name }: Name): string {
  return schema === 'public' ? name : `${schema}.${name}`
}

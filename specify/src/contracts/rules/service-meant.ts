import { nearest } from '@specwright/cli/nearest.ts'

const KIND = /-(service|svc|api|app|server)$/

/** The service that a misspelled name means; undefined for a name like no other. The ending all share says nothing. */
export function serviceMeant(name: string, services: readonly string[]): string | undefined {
  const kind = KIND.exec(name)?.[0]
  if (kind === undefined) return nearest(name, services)
  const stems = services.filter((each) => each.endsWith(kind)).map((each) => each.slice(0, -kind.length))
  const stem = nearest(name.slice(0, -kind.length), stems)
  return stem === undefined ? undefined : `${stem}${kind}`
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `name versions beginning reason`, in columns. */
const refused = readFileSync(join(import.meta.dirname, '../conformance/refused.txt'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, majors = '', beginning = ''] = /^([\w-]+)\s+([\d,]+)\s+(\S.*?)\s{2,}\S/.exec(line) ?? []
    return name === undefined ? [] : [{ name, majors: majors.split(',').map(Number), beginning }]
  })

/** The source of a peer's schema without the statements that the server of this version refuses. */
export function takenBy(major: number, name: string, source: string): string {
  const missing = refused.filter((one) => one.name === name && one.majors.includes(major))
  return source
    .split('\n')
    .filter((line) => !missing.some(({ beginning }) => line.startsWith(beginning)))
    .join('\n')
}

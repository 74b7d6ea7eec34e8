import type { Media, SchemaAt } from '../model.ts'
import { change, type Change, type Directions } from './change.ts'
import type { Exchange } from './modern-schema.ts'

/** Bodies by media type. A server may take more types than before and must give those it gave. */
export function compareMedia(
  old: readonly Media[],
  now: readonly Media[],
  exchange: Exchange,
  directions: Directions,
): Change[] {
  return old.flatMap((was): Change[] => {
    const partner = now.find(({ type }) => bare(type) === bare(was.type))
    const is =
      partner ??
      now.find(({ type }) => (exchange === 'request' ? covers(type, was.type) : covers(was.type, type)))
    if (is === undefined)
      return [
        change(
          'media-type-removed',
          `${exchange === 'request' ? 'Bodies' : 'Answers'} of type ${was.type} were removed`,
          was.type,
          now.map(({ type }) => type).join(', ') || 'nothing',
        ),
      ]
    const [before, after] = [was.schema ?? anything(is), is.schema ?? anything(was)]
    return before === undefined || after === undefined ? [] : [...directions[exchange].compare(before, after)]
  })
}

/** A body without a schema may be anything; it stands where the other side has its schema. */
function anything({ schema }: Media): SchemaAt | undefined {
  return schema && { ...schema, schema: true, pointer: `${schema.pointer}/(none)` }
}

/** `application/json` of `Application/JSON; charset=utf-8`. */
function bare(type: string): string {
  return type.split(';', 1)[0]!.trim().toLowerCase()
}

function covers(range: string, type: string): boolean {
  const [a, b] = bare(range).split('/')
  const [c, d] = bare(type).split('/')
  return (a === '*' || a === c) && (b === '*' || b === d)
}

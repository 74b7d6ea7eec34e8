import { madeName } from '../formats/names.ts'
import type { Column, Name } from './catalog.ts'

/** What 18 calls the NOT NULL of a column, which those who take it over keep. */
export function notNullName(column: Column, { name }: Name): string | undefined {
  return column.notNullName ?? madeName(name, [column.name], 'not_null')
}

// Which columns would hold personal data if the rows were real: for the list that the law asks of every database
// (GDPR, article 30), and to know what to leave out of a copy of production.

import type { Column, Table } from '../schema/model.ts'
import { infer } from './infer.ts'
import type { DatabasePlan } from './plan-types.ts'

export const CATEGORIES = {
  name: 'first_name last_name full_name username initials middle_initial name_title',
  contact: 'email phone',
  address: 'street_address street_name house_number apartment full_address postal_code latitude longitude',
  person: 'birth_date age gender marital_status hobby',
  identity: 'national_id passport_number vat_id license_plate',
  finance: 'iban card_number account_number card_last4 card_expiry salary credit_score',
  online: 'ipv4 ipv6 mac_address user_agent',
  credentials: 'password_hash',
  /** A special category (GDPR, article 9). */
  health: `diagnosis icd10_code medication dosage blood_type allergy symptom blood_pressure heart_rate body_temperature
height_cm weight_kg bmi oxygen_saturation medical_procedure lab_test insurance_plan vaccine medical_record_number clinical_note`,
  /** Whatever people wrote: about themselves, or about others. */
  'free text': 'bio message_text ticket_text comment_text review_text',
} as const

export type Category = keyof typeof CATEGORIES | 'reference to a person'

export type PersonalColumn = {
  readonly table: string
  readonly column: string
  readonly category: Category
  readonly why: string
}

const categoryOf = new Map<string, Category>(
  // Object.entries forgets the literal keys of the table above.
  (Object.entries(CATEGORIES) as [Category, string][]).flatMap(([category, generators]) =>
    generators.split(/\s+/).map((generator) => [generator, category] as const),
  ),
)
/** What makes a table one about people; everything else counts only in such tables and those that refer to them. */
const OF_A_PERSON = new Set<Category>(['name', 'contact', 'person', 'identity'])

/** In the order of the tables; never a value, only where values would be. */
export function personalData({ model, tables }: DatabasePlan): PersonalColumn[] {
  const direct = new Map<string, Map<string, Category>>()
  for (const { table } of tables) direct.set(table.name, categoriesOf(table))
  const about = new Set(
    [...direct]
      .filter(([, found]) => [...found.values()].some((one) => OF_A_PERSON.has(one)))
      .map(([name]) => name),
  )
  const linked = withReferring(about, model.tables)
  const personalNames = new Set(
    // What is made from a free text is a length or a summary more often than a person.
    [...direct].flatMap(([table, found]) =>
      linked.has(table) ? [...found].flatMap(([name, one]) => (one === 'free text' ? [] : [name])) : [],
    ),
  )
  return tables.flatMap(({ table }) =>
    [...table.columns.values()]
      .filter(({ hidden }) => !hidden)
      .flatMap((column): PersonalColumn[] => {
        const place = { table: table.name, column: column.name }
        const link = table.foreignKeys.find((key) => key.columns.includes(column.name))
        if (link)
          return about.has(link.table)
            ? [{ ...place, category: 'reference to a person', why: `refers to ${link.table}` }]
            : []
        if (!linked.has(table.name)) return []
        const category = direct.get(table.name)!.get(column.name)
        if (category) return [{ ...place, category, why: reason(column) }]
        const taken = column.derive && takenFrom(column.derive.source, personalNames)
        return taken === undefined
          ? []
          : [{ ...place, category: categoryNamed(direct, taken), why: `made from ${taken}` }]
      }),
  )
}

function categoriesOf(table: Table): Map<string, Category> {
  const found = new Map<string, Category>()
  for (const column of table.columns.values()) {
    if (table.foreignKeys.some((key) => key.columns.includes(column.name))) continue
    const category = categoryOf.get(column.generator?.name ?? infer(column, table).generator)
    if (category) found.set(column.name, category)
  }
  return found
}

/** These tables, and all that refer to one of them by whatever many steps. */
function withReferring(start: ReadonlySet<string>, tables: ReadonlyMap<string, Table>): Set<string> {
  const reached = new Set(start)
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const { name, foreignKeys } of tables.values())
      if (foreignKeys.some((key) => reached.has(key.table))) reached.add(name)
  }
  return reached
}

function takenFrom(source: string, names: ReadonlySet<string>): string | undefined {
  const outsideTexts = source.replaceAll(/'[^']*'/g, '')
  return outsideTexts.match(/[A-Za-z_]\w*/g)?.find((word) => names.has(word))
}

function categoryNamed(direct: ReadonlyMap<string, ReadonlyMap<string, Category>>, name: string): Category {
  for (const found of direct.values()) {
    const category = found.get(name)
    if (category) return category
  }
  return 'name'
}

function reason(column: Column): string {
  return column.generator ? `the generator ${column.generator.name}` : `the name ${column.name}`
}

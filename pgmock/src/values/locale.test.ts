import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'
import { LOCALES } from './locale.ts'
import { localNames } from './words/local-names.ts'
import { streetsOf } from './words/streets.ts'

const text = { type: 'text' }

async function rows(table: Record<string, unknown>, count = 300): Promise<Record<string, string>[]> {
  const { tables } = await planOf({ people: { ...table, rowCount: count } })
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(tables[0]!.columns.map(({ column, cell }) => [column.name, String(cell.value(row))])),
  )
}

test('a street is one of its country, with the number where that country puts it', async () => {
  const people = await rows(
    { columns: { street: text, street_name: text, city: text, country_code: text } },
    800,
  )
  for (const { street, street_name, country_code } of people) {
    const { names, numberFirst } = streetsOf(country_code!)
    assert.ok(names.includes(street_name!), `${street_name} in ${country_code}`)
    assert.match(street!, numberFirst ? /^\d+ \D/ : /\D \d+$/)
    assert.ok(street!.includes(street_name!))
  }
  assert.ok(new Set(people.map(({ country_code }) => country_code)).size > 12)
})

for (const locale of LOCALES)
  test(`names, places and companies of ${locale} are that language's own`, async () => {
    const columns = {
      first_name: text,
      last_name: text,
      full_name: text,
      email: text,
      city: text,
      company: text,
    }
    const people = await rows({ columns, context: { locale: `'${locale}'` } })
    const { first, last, company } = localNames[locale]
    for (const row of people) {
      const given = first.find(({ native }) => native === row['first_name'])
      const family = last.find(({ native }) => native === row['last_name'])
      assert.ok(given && family, JSON.stringify(row))
      assert.ok(row['full_name']!.includes(given.native) && row['full_name']!.includes(family.native))
      assert.match(row['email']!, /^[a-z]+\.[a-z]+\d+@/)
      assert.ok(company.words.some((word) => row['company']!.includes(word)))
    }
    if (locale === 'ja') assert.match(people[0]!['full_name']!, /^\p{Script=Han}+ /u)
    if (locale === 'zh') assert.match(people[0]!['city']!, /市$/)
    if (locale === 'de') assert.ok(people.some(({ city }) => city === 'München'))
    if (locale === 'en') assert.ok(people.every(({ city }) => city !== 'Berlin'))
  })

test('a row with a locale of its own has a name of it', async () => {
  const people = await rows({
    columns: { locale: { type: 'text', values: ['ja-JP', 'de-DE'] }, last_name: text },
  })
  for (const { locale, last_name } of people)
    assert.equal(/\p{Script=Han}/u.test(last_name!), locale === 'ja-JP', `${locale}: ${last_name}`)
})

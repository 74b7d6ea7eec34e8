import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTemplates } from '../config/templates.ts'
import { openSet } from '../generate.ts'
import { personalData } from './personal-data.ts'

async function reportOf(template: string): Promise<Map<string, string>> {
  const { path } = findTemplates(undefined).get(template)!
  const { plan } = await openSet([path], { seed: 1, scale: 0.1 })
  return new Map(
    personalData(plan.databases[0]!).map(({ table, column, category }) => [`${table}.${column}`, category]),
  )
}

test('names, health and references to patients are personal; a list of medicines is not', async () => {
  const found = await reportOf('healthcare')
  assert.equal(found.get('patients.last_name'), 'name')
  assert.equal(found.get('patients.phone'), 'contact')
  assert.equal(found.get('diagnoses.icd10_code'), 'health')
  assert.equal(found.get('vitals.bmi'), 'health')
  assert.equal(found.get('appointments.patient_id'), 'reference to a person')
  assert.equal(found.get('medications.name'), undefined)
  assert.equal(found.get('rooms.number'), undefined)
})

test('a column made from personal ones is personal, too', async () => {
  const found = await reportOf('e-commerce')
  assert.equal(found.get('addresses.recipient'), 'name')
  assert.equal(found.get('addresses.street'), 'address')
  assert.equal(found.get('products.name'), undefined)
  assert.equal(found.get('orders.total'), undefined)
})

test('what people wrote is personal; how long it is, is not', async () => {
  const found = await reportOf('blog')
  assert.equal(found.get('authors.bio'), 'free text')
  assert.equal(found.get('comments.body'), 'free text')
  assert.equal(found.get('posts.word_count'), undefined)
})

// Medicine: a patient's diagnosis with its code, what was prescribed, what was measured.

import { evenDictionary, pick, zipfDictionary } from '../bytes/dictionary.ts'
import { below } from '../bytes/hash.ts'
import { textOf, wordAt } from './cell.ts'
import { fromList, measure } from './from-list.ts'
import { TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { plainCell } from './cell.ts'
import { TEXT } from './value-type.ts'
import { diagnoses, health, medications } from './words/health.ts'

const commonness = zipfDictionary(diagnoses.map(([, name]) => name))
const codes = evenDictionary(diagnoses.map(([code]) => code))
const medicines = zipfDictionary(medications.map(([name]) => name))
const doses = evenDictionary(medications.map(([, dose]) => dose))

const diagnosisOf = (context: GeneratorContext) => {
  const draw = context.shared('diagnosis')
  return (row: number) => pick(commonness.picks, draw(row))
}
/** A list of medicines has each once: so do tables of no more rows than there are. */
const medicineOf = (context: GeneratorContext) => {
  if (context.rows <= medications.length) return (row: number) => row % medications.length
  const draw = context.shared('medication')
  return (row: number) => pick(medicines.picks, draw(row))
}

export const healthGenerators: readonly Generator[] = [
  {
    name: 'diagnosis',
    family: 'health',
    summary: 'What a patient has, the everyday ones more often',
    fits: TEXT_KINDS,
    make: (context) => textOf(wordAt(commonness, diagnosisOf(context))),
  },
  {
    name: 'icd10_code',
    family: 'health',
    summary: 'ICD-10 code of the diagnosis of the same row',
    fits: TEXT_KINDS,
    make: (context) => textOf(wordAt(codes, diagnosisOf(context))),
  },
  {
    name: 'medication',
    distinctRows: medications.length,
    family: 'health',
    summary: 'Generic name of a medicine',
    fits: TEXT_KINDS,
    make: (context) => textOf(wordAt(medicines, medicineOf(context))),
  },
  {
    name: 'dosage',
    family: 'health',
    summary: 'Usual strength of the medicine of the same row',
    fits: TEXT_KINDS,
    make: (context) => textOf(wordAt(doses, medicineOf(context))),
  },
  {
    name: 'blood_pressure',
    family: 'health',
    summary: 'Systolic over diastolic, in mmHg: 124/79',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      const lower = context.draw('diastolic')
      return plainCell(
        TEXT,
        (row) => {
          const systolic = 100 + below(draw(row), 30) + below(draw(row + 7), 30)
          return `${systolic}/${Math.round(systolic * 0.6) + below(lower(row), 10)}`
        },
        7,
      )
    },
  },
  {
    name: 'medical_record_number',
    family: 'health',
    summary: 'MRN and seven digits',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e7)
      return plainCell(TEXT, (row) => `MRN${String(index(row)).padStart(7, '0')}`, 10)
    },
  },
  fromList('dose_frequency', 'health', 'How often a medicine is taken', health.frequencies),
  fromList('blood_type', 'health', 'ABO and rhesus, as common as they are', health.bloodTypes),
  fromList('medical_specialty', 'health', 'What a doctor does', health.specialties),
  fromList('allergy', 'health', 'What a patient cannot have', health.allergies),
  fromList('medical_procedure', 'health', 'What is done to a patient', health.procedures),
  fromList('lab_test', 'health', 'What is measured in blood', health.labTests),
  fromList('symptom', 'health', 'What a patient complains of', health.symptoms),
  fromList('insurance_plan', 'health', 'Name of a health plan (invented)', health.plans),
  fromList('vaccine', 'health', 'What was injected', health.vaccines),
  fromList('ward', 'health', 'Part of a hospital', health.wards),
  measure('heart_rate', 'health', 'Beats a minute at rest', { min: 42, max: 140, mean: 74, stddev: 12 }),
  measure('body_temperature', 'health', 'Degrees Celsius', { min: 35.2, max: 41, mean: 36.8, stddev: 0.5 }),
  measure('height_cm', 'health', 'Of an adult', { min: 145, max: 210, mean: 171, stddev: 9.5 }),
  measure('weight_kg', 'health', 'Of an adult', { min: 40, max: 180, mean: 77, stddev: 15 }),
  measure('bmi', 'health', 'Body mass index', { min: 15, max: 52, mean: 26, stddev: 4.6 }),
  measure('oxygen_saturation', 'health', 'Per cent', { min: 84, max: 100, mean: 97, stddev: 1.8 }),
]

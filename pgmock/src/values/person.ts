// People: all columns of one person in a row (`first_name`, `email`, `billing_phone` …) draw from the same person.

import { evenDictionary, zipfDictionary } from '../bytes/dictionary.ts'
import { below, fraction } from '../bytes/hash.ts'
import { writeInteger } from '../bytes/digits.ts'
import { MICROS_PER_DAY } from '../bytes/dates.ts'
import { quantile } from '../bytes/quantiles.ts'
import { literal, number, plainCell, textOf, word, wordAt, type Part } from './cell.ts'
import { TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { LOCALE_OPTION } from './locale.ts'
import { personOf } from './named.ts'
import { DATE, INSTANT, TEXT } from './value-type.ts'
import { jobTitles } from './words/names.ts'
import { mailDomains } from './words/other.ts'

const domains = zipfDictionary(mailDomains)
const jobs = zipfDictionary(jobTitles)
const titles = evenDictionary(['Ms', 'Mr'])
const genders = evenDictionary(['female', 'male'])
const initials = evenDictionary(Array.from('ABCDEFGHIJKLMNOPRSTVW', (letter) => `${letter}.`))

/** `maria.garcia`, in lower case without accents: the same draws pick the same names from dictionaries of equal weights. */
function localPart(context: GeneratorContext, between: string): Part[] {
  const { firstLatin, lastLatin } = personOf(context)
  return [firstLatin, literal(between), lastLatin]
}

/** Digits behind a name: distinct for a unique column, else a year or two digits that look chosen. */
function suffix(context: GeneratorContext): Part {
  if (context.unique) {
    const index = context.permuted(context.rows)
    return {
      maxChars: String(context.rows).length,
      text: (row) => String(index(row) + 1),
      write: (out, at, row) => writeInteger(out, at, index(row) + 1),
    }
  }
  const draw = context.shared('name suffix')
  return number((row) => below(draw(row), 98) + 1, 2)
}

export const personGenerators: readonly Generator[] = [
  {
    name: 'first_name',
    family: 'person',
    summary: 'Given name, common ones more often',
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: (context) => textOf(personOf(context).first),
  },
  {
    name: 'last_name',
    family: 'person',
    summary: 'Family name, common ones more often',
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: (context) => textOf(personOf(context).last),
  },
  {
    name: 'full_name',
    family: 'person',
    summary: 'First and last name of the same person',
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: (context) => textOf(...personOf(context).full),
  },
  {
    name: 'middle_initial',
    family: 'person',
    summary: 'One letter with a dot',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(initials, context.draw())),
  },
  {
    name: 'gender',
    family: 'person',
    summary: 'female or male, fitting the first name',
    fits: TEXT_KINDS,
    uniqueness: 'never',
    options: LOCALE_OPTION,
    make: (context) => {
      return textOf(wordAt(genders, personOf(context).sex))
    },
  },
  {
    name: 'name_title',
    family: 'person',
    summary: 'Ms or Mr, fitting the first name',
    fits: TEXT_KINDS,
    uniqueness: 'never',
    options: LOCALE_OPTION,
    make: (context) => {
      return textOf(wordAt(titles, personOf(context).sex))
    },
  },
  {
    name: 'email',
    family: 'person',
    summary: "Address made from the person's name, under a domain reserved for examples",
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: LOCALE_OPTION,
    make: (context) =>
      textOf(
        ...localPart(context, '.'),
        suffix(context),
        literal('@'),
        word(domains, context.shared('mail domain')),
      ),
  },
  {
    name: 'username',
    family: 'person',
    summary: "Login made from the person's name",
    fits: TEXT_KINDS,
    uniqueness: 'self',
    options: LOCALE_OPTION,
    make: (context) => textOf(...localPart(context, '_'), suffix(context)),
  },
  {
    name: 'job_title',
    family: 'person',
    summary: 'What somebody does for a living',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(jobs, context.draw())),
  },
  {
    name: 'birth_date',
    family: 'person',
    summary: 'Birthday of an adult of 18 to 90',
    fits: ['date', 'timestamp', 'timestamptz'],
    uniqueness: 'never',
    make: (context) => {
      const today = Math.floor(context.now / MICROS_PER_DAY)
      const age = quantile('normal', { min: 18, max: 90, mean: 40, stddev: 15 })
      const draw = context.shared('birth date')
      const day = (row: number) => today - 1 - Math.floor(age(fraction(draw(row))) * 365.25)
      if (context.type.kind === 'date') return plainCell(DATE, day, 10)
      return plainCell(INSTANT, (row) => day(row) * MICROS_PER_DAY)
    },
  },
  {
    name: 'age',
    family: 'person',
    summary: 'Years of an adult, 18 to 90, agreeing with birth_date',
    range: [18, 90],
    fits: ['int2', 'int4', 'int8'],
    uniqueness: 'never',
    make: (context) => {
      const age = quantile('normal', { min: 18, max: 90, mean: 40, stddev: 15 })
      const draw = context.shared('birth date')
      return plainCell({ kind: 'int' }, (row) => Math.floor(age(fraction(draw(row)))))
    },
  },
  {
    name: 'initials',
    family: 'person',
    summary: "First letters of the person's names",
    fits: TEXT_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const { firstLatin, lastLatin } = personOf(context)
      return plainCell(
        TEXT,
        (row) => `${firstLatin.text(row).charAt(0)}${lastLatin.text(row).charAt(0)}`.toUpperCase(),
        2,
      )
    },
  },
  {
    name: 'national_id',
    family: 'person',
    summary: 'Nine digits in the American form, from 900 up: numbers that are never issued',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e8)
      return plainCell(
        TEXT,
        (row) => `9${String(index(row)).padStart(8, '0')}`.replace(/^(...)(..)/, '$1-$2-'),
        11,
      )
    },
  },
  {
    name: 'passport_number',
    family: 'person',
    summary: 'A letter and eight digits',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e8)
      return plainCell(TEXT, (row) => `X${String(index(row)).padStart(8, '0')}`, 9)
    },
  },
]

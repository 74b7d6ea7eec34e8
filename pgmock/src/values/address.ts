// Addresses: city, region, postcode, country, telephone, coordinates and time zone of a row are one place.

import type { Chunk } from '../bytes/chunk.ts'
import {
  evenDictionary,
  pick,
  weightedDictionary,
  writeWord,
  zipfDictionary,
  type Dictionary,
} from '../bytes/dictionary.ts'
import { below, fraction, mix } from '../bytes/hash.ts'
import { literal, number, plainCell, textOf, wordAt } from './cell.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { scaleOf, TEXT, valueTypeOf } from './value-type.ts'
import { LOCALE_OPTION, localeOf } from './locale.ts'
import { countries, places, type Place } from './words/places.ts'
import { streetsOf } from './words/streets.ts'

// Places in their own language have no weight: nobody draws them who did not ask for a locale.
const weights = weightedDictionary(
  places.map((place) => place.city),
  places.map((place, rank) => (place.locale === undefined ? 1 / (rank + 5) : 0)),
)
const countryIndex = new Map(countries.map(({ code }, i) => [code, i]))
const countryOf = places.map((place) => countryIndex.get(place.country) ?? 0)
const ENGLISH_SPEAKING = new Set(['US', 'GB', 'CA', 'AU', 'IE', 'NZ'])

/** Dictionaries aligned with `places`, so that one index serves every column. */
const cities = weights
const regions = evenDictionary(places.map((place) => place.region))
const regionCodes = evenDictionary(places.map((place) => place.regionCode))
const countryCodes = evenDictionary(places.map((place) => place.country))
const countryNames = evenDictionary(countryOf.map((i) => countries[i]!.name))
const zones = evenDictionary(places.map((place) => place.zone))
const currencies = evenDictionary(countryOf.map((i) => countries[i]!.currency))

/**
 * The place of a row; in the country of the table's context, if there is one with that code or name, and in the locale
 * of the column's option or the table's context.
 */
export function placeIndex(context: GeneratorContext): (row: number) => number {
  const draw = context.shared('place')
  const isCountry = ['country', 'country_code'].includes(context.column)
  const country = isCountry ? undefined : (context.context('country') ?? context.context('country_code'))
  const locale = localeOf(context, 'words of the table')
  const { before, between } = draw
  if (!country && !locale) return (row) => pick(weights.picks, mix(row, before, between))
  return (row) => {
    const inside = placesIn(country && String(country.value(row)), locale?.(row))
    return inside.length === 0 ? pick(weights.picks, draw(row)) : inside[below(draw(row), inside.length)]!
  }
}

const known = new Map<string, readonly number[]>()

/** Indexes of the places of a country (by code or name) and a locale; the locale gives way where it has none there. */
function placesIn(country: string | undefined, locale: string | undefined): readonly number[] {
  const key = `${country} ${locale}`
  const found = known.get(key)
  if (found) return found
  const inCountry = [...places.keys()].filter((i) => {
    const { code, name } = countries[countryOf[i]!]!
    return country === undefined || code === country || name === country
  })
  const spoken = inCountry.filter((i) => {
    const place = places[i]!
    if (locale === 'en') return place.locale === undefined && ENGLISH_SPEAKING.has(place.country)
    return place.locale === locale
  })
  const plain = inCountry.filter((i) => places[i]!.locale === undefined)
  const made = spoken.length > 0 ? spoken : plain.length > 0 ? plain : inCountry
  known.set(key, made)
  return made
}

/** A pattern whose # are digits; everything else stands for itself. */
type Filled = {
  readonly text: (index: number, seed: number) => string
  readonly write: (out: Chunk, at: number, index: number, seed: number) => number
  readonly maxChars: number
}

/** Patterns aligned with `places`, as words with holes: a copy, then one digit for each hole. */
function filledPatterns(pattern: (place: Place) => string): Filled {
  const texts = places.map(pattern)
  const template = evenDictionary(texts)
  const holes = texts.map((text) =>
    Uint8Array.from(Array.from(text, (char, i) => (char === '#' ? i : -1)).filter((i) => i >= 0)),
  )
  const digit = (seed: number, hole: number) => (mix(hole >>> 2, seed, 0x51ed270b) >>> ((hole & 3) * 8)) & 255
  return {
    maxChars: template.maxChars,
    text: (index, seed) => {
      let at = 0
      return texts[index]!.replaceAll('#', () => String((digit(seed, at++) * 10) >>> 8))
    },
    write: (out, at, index, seed) => {
      const end = writeWord(out, at, template, index)
      const gaps = holes[index]!
      let drawn = 0
      for (let i = 0; i < gaps.length; i++) {
        // Four digits from one draw.
        drawn = (i & 3) === 0 ? mix(i >>> 2, seed, 0x51ed270b) : drawn >>> 8
        out.bytes[at + gaps[i]!] = 48 + (((drawn & 255) * 10) >>> 8)
      }
      return end
    },
  }
}

const postcodes = filledPatterns((place) => place.postcode)
const phones = filledPatterns((place) => place.phone)

function fromPlaces(name: string, summary: string, dictionary: Dictionary): Generator {
  return {
    name,
    family: 'address',
    summary,
    fits: TEXT_KINDS,
    uniqueness: 'never',
    options: LOCALE_OPTION,
    make: (context) => textOf(wordAt(dictionary, placeIndex(context))),
  }
}

function patternOf(name: string, summary: string, filled: Filled, uniqueness: 'suffix' | 'never'): Generator {
  return {
    name,
    family: 'address',
    summary,
    fits: TEXT_KINDS,
    uniqueness,
    options: LOCALE_OPTION,
    make: (context) => {
      const index = placeIndex(context)
      const draw = context.shared(name)
      const { before, between } = draw
      return {
        type: TEXT,
        maxChars: filled.maxChars,
        value: (row) => filled.text(index(row), draw(row)),
        write: (out, at, row) => filled.write(out, at, index(row), mix(row, before, between)),
      }
    },
  }
}

const streetDictionaries = new Map<readonly string[], Dictionary>()

function streetAt(index: number, drawn: number): string {
  const place = places[index]!
  const { names } = streetsOf(place.country, place.locale !== undefined)
  let dictionary = streetDictionaries.get(names)
  if (!dictionary) streetDictionaries.set(names, (dictionary = zipfDictionary(names)))
  return dictionary.words[pick(dictionary.picks, drawn)]!
}

/** Squared: most houses have small numbers. */
const houseNumber = (drawn: number): number => 1 + Math.floor(fraction(drawn) ** 2 * 240)

function streetLine(context: GeneratorContext): (row: number) => string {
  const index = placeIndex(context)
  const street = context.shared('street')
  const house = context.shared('house number')
  return (row) => {
    const at = index(row)
    const { country, locale } = places[at]!
    const [name, number] = [streetAt(at, street(row)), houseNumber(house(row))]
    if (country === 'CN') return `${name}${number}号`
    if (country === 'JP' && locale) return `${name}${1 + (number % 5)}-${1 + (number % 17)}`
    return streetsOf(country).numberFirst ? `${number} ${name}` : `${name} ${number}`
  }
}

function coordinate(name: string, summary: string, of: (place: Place) => number): Generator {
  return {
    name,
    family: 'address',
    summary,
    range: [-180, 180],
    fits: NUMBER_KINDS.filter((kind) => !kind.startsWith('int')),
    uniqueness: 'never',
    options: LOCALE_OPTION,
    make: (context) => {
      const type = valueTypeOf(context.type)
      const index = placeIndex(context)
      const draw = context.shared(name)
      const power = type.kind === 'float' ? 1 : 10 ** scaleOf(type)
      return plainCell(type, (row) => {
        const degrees = Math.round((of(places[index(row)]!) + (fraction(draw(row)) - 0.5) * 0.12) * 1e6) / 1e6
        return type.kind === 'float' ? degrees : Math.round(degrees * power)
      })
    },
  }
}

export const addressGenerators: readonly Generator[] = [
  {
    name: 'street_address',
    family: 'address',
    summary: "House number and street in the country's order",
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: (context) => plainCell(TEXT, streetLine(context), 44),
  },
  {
    name: 'street_name',
    family: 'address',
    summary: 'A street without a number',
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: (context) => {
      const index = placeIndex(context)
      const street = context.shared('street')
      return plainCell(TEXT, (row) => streetAt(index(row), street(row)), 40)
    },
  },
  {
    name: 'house_number',
    family: 'address',
    summary: 'A house number as text',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.shared('house number')
      return textOf(number((row) => houseNumber(draw(row)), 3))
    },
  },
  {
    name: 'apartment',
    family: 'address',
    summary: 'Second address line: Apt 12',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      return textOf(
        literal('Apt '),
        number((row) => 1 + below(draw(row), 48), 2),
      )
    },
  },
  fromPlaces('city', 'City, the large ones more often', cities),
  fromPlaces('state', 'Region of the city', regions),
  fromPlaces('state_code', "Code of the city's region: CA, BE", regionCodes),
  patternOf('postal_code', 'Postcode of the city in the pattern of its country', postcodes, 'never'),
  fromPlaces('country', 'Country of the city, in English', countryNames),
  fromPlaces('country_code', 'ISO 3166 code of the country', countryCodes),
  patternOf('phone', "Telephone number with the city's prefix", phones, 'suffix'),
  fromPlaces('timezone', 'IANA time zone of the city', zones),
  fromPlaces('currency_code', 'ISO 4217 code of the currency used there', currencies),
  coordinate('latitude', 'Degrees north, near the city', (place) => place.latitude),
  coordinate('longitude', 'Degrees east, near the city', (place) => place.longitude),
  {
    name: 'full_address',
    family: 'address',
    summary: 'Street, postcode, city and country in one line',
    fits: TEXT_KINDS,
    options: LOCALE_OPTION,
    make: (context) => {
      const street = streetLine(context)
      const index = placeIndex(context)
      const postcode = context.shared('postal_code')
      return plainCell(TEXT, (row) => {
        const at = index(row)
        const place = places[at]!
        return `${street(row)}, ${postcodes.text(at, postcode(row))} ${place.city}, ${countries[countryOf[at]!]!.name}`
      })
    },
  },
  {
    name: 'iban',
    family: 'finance',
    summary: 'IBAN with correct check digits (ISO 13616), of a bank that does not exist',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.unique ? context.permuted(1e9) : undefined
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const account = String(index ? index(row) : draw(row)).padStart(10, '0')
          return withIbanChecksum('DE', `99999999${account}`)
        },
        22,
      )
    },
  },
]

/** ISO 7064 mod 97-10 over the rearranged number; D and E count 13 and 14. */
function withIbanChecksum(country: string, account: string): string {
  const letters = Array.from(country)
    .map((letter) => letter.charCodeAt(0) - 55)
    .join('')
  let rest = 0
  for (const digit of `${account}${letters}00`) rest = (rest * 10 + Number(digit)) % 97
  return `${country}${String(98 - rest).padStart(2, '0')}${account}`
}

// Addresses: city, region, postcode, country, telephone, coordinates and time zone of a row are one place.

import { evenDictionary, pick, zipfDictionary, type Dictionary } from '../bytes/dictionary.ts'
import { below, fraction, mix } from '../bytes/hash.ts'
import { literal, number, plainCell, textOf, word, wordAt } from './cell.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { scaleOf, TEXT, valueTypeOf } from './value-type.ts'
import { countries, places, streets, type Place } from './words/places.ts'

const weights = zipfDictionary(places.map((place) => place.city))
const countryIndex = new Map(countries.map(({ code }, i) => [code, i]))
const countryOf = places.map((place) => countryIndex.get(place.country) ?? 0)
const streetsBefore = zipfDictionary(streets.before)
const streetsAfter = zipfDictionary(streets.after)
const NUMBER_FIRST = new Set(['US', 'GB', 'CA', 'AU', 'IE', 'NZ', 'SG', 'FR'])

/** Dictionaries aligned with `places`, so that one index serves every column. */
const cities = weights
const regions = evenDictionary(places.map((place) => place.region))
const regionCodes = evenDictionary(places.map((place) => place.regionCode))
const countryCodes = evenDictionary(places.map((place) => place.country))
const countryNames = evenDictionary(countryOf.map((i) => countries[i]!.name))
const zones = evenDictionary(places.map((place) => place.zone))
const currencies = evenDictionary(countryOf.map((i) => countries[i]!.currency))

/** The place of a row; in the country of the table's context, if there is one with that code or name. */
export function placeIndex(context: GeneratorContext): (row: number) => number {
  const draw = context.shared('place')
  const country = context.context('country') ?? context.context('country_code')
  if (!country || ['country', 'country_code'].includes(context.column))
    return (row) => pick(weights.picks, draw(row))
  return (row) => {
    const wanted = country.value(row)
    const inside = placesIn(String(wanted))
    return inside.length === 0 ? pick(weights.picks, draw(row)) : inside[below(draw(row), inside.length)]!
  }
}

const inCountry = new Map<string, readonly number[]>()

function placesIn(country: string): readonly number[] {
  let found = inCountry.get(country)
  if (!found) {
    found = [...places.keys()].filter((i) => {
      const { code, name } = countries[countryOf[i]!]!
      return code === country || name === country
    })
    inCountry.set(country, found)
  }
  return found
}

/** Fills the # (digit) and A-Z placeholders of a pattern; letters stand for themselves. */
function filled(pattern: string, seed: number): string {
  let at = 0
  return pattern.replaceAll('#', () => String(below(mix(at++, seed, 0x51ed270b), 10)))
}

function fromPlaces(name: string, summary: string, dictionary: Dictionary): Generator {
  return {
    name,
    family: 'address',
    summary,
    fits: TEXT_KINDS,
    uniqueness: 'never',
    make: (context) => textOf(wordAt(dictionary, placeIndex(context))),
  }
}

function patternOf(
  name: string,
  summary: string,
  pattern: (place: Place) => string,
  uniqueness: 'suffix' | 'never',
): Generator {
  const maxChars = Math.max(...places.map((place) => pattern(place).length))
  return {
    name,
    family: 'address',
    summary,
    fits: TEXT_KINDS,
    uniqueness,
    make: (context) => {
      const index = placeIndex(context)
      const draw = context.shared(name)
      return plainCell(TEXT, (row) => filled(pattern(places[index(row)]!), draw(row)), maxChars)
    },
  }
}

function streetLine(context: GeneratorContext): (row: number) => string {
  const index = placeIndex(context)
  const street = context.shared('street')
  const house = context.shared('house number')
  return (row) => {
    // Squared: most houses have small numbers.
    const houseNumber = 1 + Math.floor(fraction(house(row)) ** 2 * 240)
    return NUMBER_FIRST.has(places[index(row)]!.country)
      ? `${houseNumber} ${streetsBefore.words[pick(streetsBefore.picks, street(row))]!}`
      : `${streetsAfter.words[pick(streetsAfter.picks, street(row))]!} ${houseNumber}`
  }
}

function coordinate(name: string, summary: string, of: (place: Place) => number): Generator {
  return {
    name,
    family: 'address',
    summary,
    fits: NUMBER_KINDS.filter((kind) => !kind.startsWith('int')),
    uniqueness: 'never',
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
    make: (context) => plainCell(TEXT, streetLine(context), 32),
  },
  {
    name: 'street_name',
    family: 'address',
    summary: 'A street without a number',
    fits: TEXT_KINDS,
    make: (context) => textOf(word(streetsBefore, context.shared('street'))),
  },
  {
    name: 'house_number',
    family: 'address',
    summary: 'A house number as text',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.shared('house number')
      return textOf(number((row) => 1 + Math.floor(fraction(draw(row)) ** 2 * 240), 3))
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
  patternOf(
    'postal_code',
    'Postcode of the city in the pattern of its country',
    (place) => place.postcode,
    'never',
  ),
  fromPlaces('country', 'Country of the city, in English', countryNames),
  fromPlaces('country_code', 'ISO 3166 code of the country', countryCodes),
  patternOf('phone', "Telephone number with the city's prefix", (place) => place.phone, 'suffix'),
  fromPlaces('timezone', 'IANA time zone of the city', zones),
  fromPlaces('currency_code', 'ISO 4217 code of the currency used there', currencies),
  coordinate('latitude', 'Degrees north, near the city', (place) => place.latitude),
  coordinate('longitude', 'Degrees east, near the city', (place) => place.longitude),
  {
    name: 'full_address',
    family: 'address',
    summary: 'Street, postcode, city and country in one line',
    fits: TEXT_KINDS,
    make: (context) => {
      const street = streetLine(context)
      const index = placeIndex(context)
      const postcode = context.shared('postal_code')
      return plainCell(TEXT, (row) => {
        const at = index(row)
        const place = places[at]!
        return `${street(row)}, ${filled(place.postcode, postcode(row))} ${place.city}, ${countries[countryOf[at]!]!.name}`
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

// The countries of the European Union, which is where checkout delivers; it has the last word (country-not-served).
const HOME = 'DE'
const CODES = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

const names = new Intl.DisplayNames('en', { type: 'region' })

export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}

/** For the address form: the home market first, the others by name. */
export const countries: readonly (readonly [code: string, name: string])[] = [
  HOME,
  ...CODES.filter((code) => code !== HOME).sort((a, b) => countryName(a).localeCompare(countryName(b), 'en')),
].map((code) => [code, countryName(code)])

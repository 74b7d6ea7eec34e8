/** Countries offered in the address form, the home market first. Checkout decides whether it delivers there. */
export const countries: readonly (readonly [code: string, name: string])[] = [
  ['DE', 'Germany'],
  ['AT', 'Austria'],
  ['BE', 'Belgium'],
  ['DK', 'Denmark'],
  ['FI', 'Finland'],
  ['FR', 'France'],
  ['IE', 'Ireland'],
  ['IT', 'Italy'],
  ['LU', 'Luxembourg'],
  ['NL', 'Netherlands'],
  ['PL', 'Poland'],
  ['PT', 'Portugal'],
  ['ES', 'Spain'],
  ['SE', 'Sweden'],
]

export function countryName(code: string): string {
  return countries.find(([known]) => known === code)?.[1] ?? code
}

const formats = new Map<string, Intl.NumberFormat>()

/** `€1,234.50`: whole minor units of an ISO 4217 currency with two decimals, for people. */
export function money(cents: number, currency: string): string {
  let format = formats.get(currency)
  if (format === undefined)
    formats.set(currency, (format = new Intl.NumberFormat('en-IE', { style: 'currency', currency })))
  return format.format(cents / 100)
}

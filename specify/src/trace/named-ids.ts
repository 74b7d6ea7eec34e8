/** An id some text names: `FR-003`, maybe with the feature it belongs to (`order-service/001#FR-003`). */
export type NamedId = { readonly feature: string | undefined; readonly id: string; readonly line: number }

const NAMED = /(?:(?<![\w/#-])((?:[\w.-]+\/)?[\w.-]+)#)?(?<![\w/-])((?:FR|SC)-\d+[\w-]*|US\d+\.\d+)(?![\w-])/g

/** Every id in the text, in order: titles of tests, `@spec` comments, names of cases in a report. */
export function namedIds(text: string): NamedId[] {
  // Most files name none; looking for the letters first makes a large workspace cheap.
  if (!/FR-|SC-|US\d/.test(text)) return []
  return text
    .split(/\r\n|\n/)
    .flatMap((line, i) =>
      [...line.matchAll(NAMED)].map(([, feature, id]) => ({ feature, id: id!, line: i + 1 })),
    )
}

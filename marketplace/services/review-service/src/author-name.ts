/** First name and initial of the last one: a customer's full name is nobody's business. */
export function authorName(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  const initial = [...(rest.at(-1) ?? '')][0]
  return initial === undefined ? first : `${first} ${initial.toLocaleUpperCase('en')}.`
}

/** `A kettle`, `An anklet`, `An hour`, `A unicycle`; things that come as many have none: `Biscuits`. English only. */
export function withArticle(noun: string): string {
  if (/[^su]s$/.test(noun)) return noun.charAt(0).toUpperCase() + noun.slice(1)
  return `${startsWithVowel(noun) ? 'An' : 'A'} ${noun}`
}

/** By sound: a silent h, and u or eu spoken as "you". */
function startsWithVowel(noun: string): boolean {
  if (/^(hour|honest|heir|honou?r)/i.test(noun)) return true
  return /^[aeiou]/i.test(noun) && !/^(uni([^mn]|nc)|use|usu|eu|one\b|once|uti)/i.test(noun)
}

/** What a success criterion promises in numbers that requests can be held to. */
export type LoadTarget = {
  readonly latency: readonly { readonly percentile: number; readonly limitMs: number }[]
  /** Requests each second, at least. */
  readonly perSecond: number | undefined
  /** Of scenarios that may fail, 0 to 1; undefined when nothing is said, which means none. */
  readonly errorRatio: number | undefined
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)*)`
const TIME = String.raw`${NUMBER}\s*(ms|milliseconds?|msec|s|secs?|seconds?|segundos?|milissegundos?|sekunden?)\b`
const BELOW = String.raw`(?:<=?|≤|under|below|within|less than|at most|no more than|up to|in under|in|de|em até|abaixo de|unter)`

const PERCENTILE = new RegExp(String.raw`\bp(\d{2}(?:\.\d+)?)\b[^.;]{0,60}?${BELOW}\s*${TIME}`, 'giu')
const NTH_PERCENTILE = new RegExp(
  String.raw`\b(\d{2}(?:\.\d+)?)(?:th|st|nd|rd)[- ]percentile\b[^.;]{0,60}?${BELOW}\s*${TIME}`,
  'giu',
)
const SHARE = new RegExp(
  String.raw`\b(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|of 100\b)[^.;]{0,120}?${BELOW}\s*${TIME}`,
  'giu',
)
const MEDIAN = new RegExp(String.raw`\bmedian\b[^.;,]{0,80}?${BELOW}\s*${TIME}`, 'giu')
const ANY = new RegExp(String.raw`(?<![\p{L}])${BELOW}\s*${TIME}`, 'giu')
const RATE = new RegExp(
  String.raw`${NUMBER}\s*(?:rps|req(?:uest)?s?\s*\/\s*s(?:ec(?:ond)?)?|\p{L}+\s+(?:per|a|each)\s+second|\p{L}+\s*\/\s*s(?:ec(?:ond)?)?)(?![\p{L}])`,
  'iu',
)
const ERRORS = new RegExp(
  String.raw`\berror (?:rate|ratio)\b[^.;]{0,40}?${BELOW}\s*${NUMBER}\s*(?:%|percent\b)`,
  'iu',
)
const SUCCESS = new RegExp(
  String.raw`${NUMBER}\s*(?:%|percent\b)[^.;]{0,60}?\b(?:succeed|success|are successful|pass)\b`,
  'iu',
)

/**
 * Reads "p95 < 200 ms", "95 % of logins are answered within 300 ms", "99 of 100 at most 50 ms", "the median under 10 ms",
 * "under 2 seconds" (every request), "≥ 50 req/s", "error rate below 1 %". Undefined when it promises nothing of the kind.
 */
export function readLoadTarget(text: string): LoadTarget | undefined {
  const latency: { percentile: number; limitMs: number }[] = []
  let rest = text
  const take = (
    pattern: RegExp,
    read: (match: readonly string[]) => { percentile: number; limitMs: number },
  ) => {
    rest = rest.replaceAll(pattern, (...match: string[]) => {
      latency.push(read(match))
      return ' '.repeat(match[0]!.length)
    })
  }
  for (const pattern of [PERCENTILE, NTH_PERCENTILE, SHARE])
    take(pattern, ([, percentile = '', amount = '', unit = '']) => ({
      percentile: Number(percentile),
      limitMs: milliseconds(amount, unit),
    }))
  take(MEDIAN, ([, amount = '', unit = '']) => ({ percentile: 50, limitMs: milliseconds(amount, unit) }))
  take(ANY, ([, amount = '', unit = '']) => ({ percentile: 100, limitMs: milliseconds(amount, unit) }))
  const perSecond = RATE.exec(text)?.[1]
  const errors = ERRORS.exec(text)?.[1]
  const success = SUCCESS.exec(text)?.[1]
  if (latency.length === 0 && perSecond === undefined && errors === undefined && success === undefined)
    return undefined
  return {
    latency: latency.sort((a, b) => a.percentile - b.percentile),
    perSecond: perSecond === undefined ? undefined : numberOf(perSecond),
    errorRatio:
      errors !== undefined
        ? numberOf(errors) / 100
        : success === undefined
          ? undefined
          : Math.round((100 - numberOf(success)) * 1000) / 100_000,
  }
}

function milliseconds(amount: string, unit: string): number {
  return numberOf(amount) * (/^m/i.test(unit) ? 1 : 1000)
}

/** `2,000` is two thousand, `0,3` three tenths. */
function numberOf(text: string): number {
  const thousands = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)
  return Number(thousands ? text.replaceAll(',', '') : text.replace(',', '.'))
}

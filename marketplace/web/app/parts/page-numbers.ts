/** First, last and the neighbours of `current`, with undefined for what is left out: 1 … 4 5 6 … 20. */
export function pageNumbers(current: number, last: number): (number | undefined)[] {
  const wanted = [1, current - 1, current, current + 1, last].filter(
    (number) => number >= 1 && number <= last,
  )
  const numbers: (number | undefined)[] = []
  let before = 0
  for (const number of new Set(wanted.toSorted((a, b) => a - b))) {
    if (number - before === 2) numbers.push(number - 1)
    else if (number - before > 2) numbers.push(undefined)
    numbers.push(number)
    before = number
  }
  return numbers
}

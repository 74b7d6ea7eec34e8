/**
 * The optimal string alignment distance (a swap of neighbours counts once) if it is at most `limit`, else undefined.
 */
export function editDistanceWithin(a: string, b: string, limit: number): number | undefined {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, beforeLast[j - 2]! + 1)
      row.push(distance)
      least = Math.min(least, distance)
    }
    // A swap may still save one, so the row before must be beyond the limit as well.
    if (least > limit && Math.min(...last) > limit) return undefined
    ;[beforeLast, last] = [last, row]
  }
  const distance = last[b.length]!
  return distance <= limit ? distance : undefined
}

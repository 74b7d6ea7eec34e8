import type { TablePlan } from './plan-types.ts'

/** Parents before children, else the order of the file. `circular` are tables whose references form a circle. */
export function tableOrder(tables: readonly TablePlan[]): { order: TablePlan[]; circular: TablePlan[] } {
  const order: TablePlan[] = []
  const done = new Set<string>()
  let waiting = [...tables]
  while (waiting.length > 0) {
    const ready = waiting.filter(({ parents }) =>
      parents.every((name) => done.has(name) || !tables.some(({ table }) => table.name === name)),
    )
    if (ready.length === 0) return { order: [...order, ...waiting], circular: waiting }
    for (const table of ready) {
      order.push(table)
      done.add(table.table.name)
    }
    waiting = waiting.filter((table) => !ready.includes(table))
  }
  return { order, circular: [] }
}

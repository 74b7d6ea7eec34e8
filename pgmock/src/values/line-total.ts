// Quantity times price, wherever a row has both.

import { plainText } from '../formats/value-text.ts'
import { isInteger, largestInteger } from '../schema/pg-type.ts'
import { plainCell } from './cell.ts'
import { NUMBER_KINDS, type Expression, type Generator, type GeneratorContext } from './generator.ts'
import { scaleOf, valueTypeOf } from './value-type.ts'

export const LINE_QUANTITIES = ['quantity', 'qty', 'units', 'pieces']
export const LINE_PRICES = ['unit_price', 'price_per_unit', 'unit_cost', 'price', 'unit_amount', 'price_each']

export const lineTotal: Generator = {
  name: 'line_total',
  family: 'commerce',
  summary: 'Quantity times price of one piece, both columns of the row',
  fits: NUMBER_KINDS,
  uniqueness: 'never',
  make: (context) => {
    const [quantity, price] = [columnOf(context, LINE_QUANTITIES), columnOf(context, LINE_PRICES)]
    if (!quantity || !price)
      return context.refuse(
        'unknown-column',
        `line_total needs a quantity (${LINE_QUANTITIES.join(', ')}) and a price (${LINE_PRICES.join(', ')}) beside it`,
        'For other names write "derive": "pieces * cost".',
      )
    const type = valueTypeOf(context.type)
    const power = isInteger(context.type) || type.kind === 'float' ? 1 : 10 ** scaleOf(type)
    // What does not fit into the column cannot be right either; no schema that is used has such lines.
    const most = largestInteger(context.type) * power
    return plainCell(type, (row) => {
      const product = numberOf(quantity, row) * numberOf(price, row) * power
      const rounded = type.kind === 'float' ? Math.round(product * 100) / 100 : Math.round(product)
      return Math.min(rounded, most)
    })
  },
}

function columnOf(context: GeneratorContext, names: readonly string[]): Expression | undefined {
  return names.map((name) => context.context(name)).find((one) => one !== undefined)
}

/** NULL counts as one piece, or as nothing to pay. */
function numberOf(of: Expression, row: number): number {
  const value = of.value(row)
  return value === null ? 0 : Number(plainText(value, of.type))
}

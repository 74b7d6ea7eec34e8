// Banks, cards and markets. Card and account numbers are from ranges that no bank gives out.

import { below } from '../bytes/hash.ts'
import { literal, padded, plainCell, textOf, word } from './cell.ts'
import { evenDictionary } from '../bytes/dictionary.ts'
import { fromList, measure } from './from-list.ts'
import { TEXT_KINDS, type Generator } from './generator.ts'
import { TEXT } from './value-type.ts'
import { finance } from './words/finance.ts'

const digits = (summary: string, name: string, size: number): Generator => ({
  name,
  family: 'finance',
  summary,
  fits: TEXT_KINDS,
  uniqueness: 'self',
  make: (context) => textOf(padded(context.permuted(10 ** size), size)),
})

export const financeGenerators: readonly Generator[] = [
  fromList('account_type', 'finance', 'checking mostly, savings, credit …', finance.accountTypes),
  fromList('transaction_type', 'finance', 'card_payment, transfer, direct_debit …', finance.transactionTypes),
  fromList('transaction_status', 'finance', 'booked mostly', finance.transactionStatuses),
  fromList('payment_status', 'finance', 'paid mostly', finance.paymentStatuses),
  fromList('invoice_status', 'finance', 'paid mostly, some open and overdue', finance.invoiceStatuses),
  fromList('merchant', 'finance', 'Who was paid (invented)', finance.merchants),
  fromList('merchant_category', 'finance', 'Kind of shop on a bank statement', finance.merchantCategories),
  fromList('mcc', 'finance', 'Merchant category code of four digits', finance.mccs),
  fromList('bank_name', 'finance', 'Name of a bank (invented)', finance.banks),
  fromList('stock_ticker', 'finance', 'Letters of a share (invented)', finance.tickers),
  fromList('stock_exchange', 'finance', 'Market identifier code (ISO 10383)', finance.exchanges),
  fromList('asset_class', 'finance', 'equity, bond, fund …', finance.assetClasses),
  fromList('loan_purpose', 'finance', 'What money was borrowed for', finance.loanPurposes),
  fromList('risk_rating', 'finance', 'AAA to D', finance.riskRatings),
  fromList('expense_category', 'finance', 'Travel, meals, software …', finance.expenses),
  fromList('currency_name', 'finance', 'US Dollar, Euro …', finance.currencyNames, 'currency of its own'),
  fromList('currency_symbol', 'finance', '$, € …', finance.currencySymbols, 'currency of its own'),
  fromList('tax_rate_name', 'finance', 'Standard, reduced …', finance.taxRates),
  fromList('payment_terms', 'finance', 'net 30, due on receipt …', finance.paymentTerms),
  {
    name: 'card_number',
    family: 'finance',
    summary: 'Sixteen digits beginning with 9999, with a correct check digit (Luhn), of no bank',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e11)
      return plainCell(TEXT, (row) => withLuhn(`9999${String(index(row)).padStart(11, '0')}`), 16)
    },
  },
  {
    name: 'card_expiry',
    family: 'finance',
    summary: 'Month and year ahead: 07/28',
    fits: TEXT_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const year = new Date(context.now / 1000).getUTCFullYear() % 100
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const months = below(draw(row), 48)
          const text = (n: number) => String(n % 100).padStart(2, '0')
          return `${text(1 + (months % 12))}/${text(year + 1 + Math.floor(months / 12))}`
        },
        5,
      )
    },
  },
  {
    name: 'isin',
    family: 'finance',
    summary: 'Number of a security with its check digit (ISO 6166), under the code XX of no country',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e9)
      return plainCell(TEXT, (row) => withIsinDigit(`XX${String(index(row)).padStart(9, '0')}`), 12)
    },
  },
  {
    name: 'transaction_reference',
    family: 'finance',
    summary: 'TXN and ten digits',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => textOf(literal('TXN'), padded(context.permuted(1e10), 10)),
  },
  {
    name: 'sort_code',
    family: 'finance',
    summary: 'British bank code: 99-12-34',
    fits: TEXT_KINDS,
    make: (context) => {
      const pair = (lane: string) => {
        const draw = context.draw(lane)
        return padded((row) => below(draw(row), 100), 2)
      }
      return textOf(literal('99-'), pair('middle'), literal('-'), pair('end'))
    },
  },
  {
    name: 'bitcoin_address',
    family: 'finance',
    summary: 'Looks like a bech32 address of the test network; its check sum is wrong',
    fits: TEXT_KINDS,
    make: (context) => {
      const letters = evenDictionary(Array.from('qpzry9x8gf2tvdw0s3jn54khce6mua7l'))
      const lanes = Array.from({ length: 38 }, (_, i) => word(letters, context.draw(`letter ${i}`)))
      return textOf(literal('tb1q'), ...lanes)
    },
  },
  digits('Account number of ten digits', 'account_number', 10),
  digits('American bank code of nine digits, without a valid check', 'routing_number', 9),
  measure('interest_rate', 'finance', 'Per cent a year', { min: 0.5, max: 19, mean: 5.2, stddev: 2.6 }),
  measure('tax_rate', 'finance', 'Per cent', { min: 0, max: 25, mean: 19, stddev: 3 }),
  measure('exchange_rate', 'finance', 'One currency in another', {
    min: 0.4,
    max: 2.2,
    mean: 1.08,
    stddev: 0.2,
  }),
  measure('salary', 'finance', 'A year, before tax', {
    min: 18_000,
    max: 320_000,
    mean: 54_000,
    shape: 'lognormal',
  }),
  measure('credit_score', 'finance', '300 to 850', { min: 300, max: 850, mean: 700, stddev: 80 }),
  measure('money', 'finance', 'An amount: mostly small, now and then large', {
    min: 1,
    max: 20_000,
    mean: 240,
    shape: 'lognormal',
  }),
]

/** ISO/IEC 7812: every second digit from the right doubled, then the digit that makes the sum a multiple of ten. */
export function withLuhn(body: string): string {
  const sum = Array.from(body, Number)
    .toReversed()
    .reduce((total, digit, i) => total + (i % 2 === 0 ? digit * 2 - (digit > 4 ? 9 : 0) : digit), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

/** ISO 6166: letters become 10 … 35, then Luhn over the digits. */
function withIsinDigit(body: string): string {
  const digitsOf = body.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return `${body}${withLuhn(digitsOf).at(-1)!}`
}

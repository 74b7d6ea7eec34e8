// A program as a generator: a line of JSON in for each row, a line of JSON out for each value.

import { createInterface } from 'node:readline'

for await (const line of createInterface({ input: process.stdin })) {
  const { first_name: name, tier } = JSON.parse(line).columns
  const text = tier === 'gold' ? `Welcome back, ${name}, and thank you!` : `Welcome back, ${name}!`
  process.stdout.write(`${JSON.stringify(text)}\n`)
}

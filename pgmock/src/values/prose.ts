// Text by domain: what customers, readers, patients and colleagues write.

import { below, mix } from '../bytes/hash.ts'
import { plainCell } from './cell.ts'
import { TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { markovChain, proseOf, type Chain } from './markov.ts'
import { TEXT } from './value-type.ts'
import { corpora, type Domain } from './words/corpora.ts'

const chains = new Map<Domain, Chain>()

/** The chain of a domain, learnt when it is first needed. */
export function chainOf(domain: Domain): Chain {
  const known = chains.get(domain)
  if (known) return known
  const chain = markovChain(corpora[domain])
  chains.set(domain, chain)
  return chain
}

const DOMAINS = Object.keys(corpora) as Domain[]

const domainOption = {
  domain: { kind: { choices: DOMAINS }, summary: DOMAINS.join(', ') },
} as const

function proseCell(context: GeneratorContext, usual: Domain, least: number, most: number) {
  const domain = DOMAINS.find((one) => one === context.text('domain')) ?? usual
  const chain = chainOf(domain)
  const draw = context.draw()
  const { maxChars } = context
  return plainCell(TEXT, (row) => {
    const seed = draw(row)
    const count = least + below(mix(0x2f, seed, 0x3c6ef372), most - least + 1)
    const text = proseOf(chain, seed, count, maxChars)
    return text.includes('{') ? text.replaceAll('{thing}', 'item').replaceAll('{use}', 'everyday use') : text
  })
}

function prose(name: string, summary: string, domain: Domain, least: number, most: number): Generator {
  return {
    name,
    family: 'text',
    summary,
    fits: TEXT_KINDS,
    options: domainOption,
    make: (context) => proseCell(context, domain, least, most),
  }
}

export const proseGenerators: readonly Generator[] = [
  prose('sentence', 'A sentence of a colleague’s notes, or of another domain', 'note', 1, 1),
  prose('paragraph', 'Two to five such sentences', 'note', 2, 5),
  prose('comment_text', 'What readers write under a post', 'comment', 1, 2),
  prose('ticket_text', 'What a customer writes to support', 'ticket', 2, 4),
  prose('message_text', 'What people write to each other', 'message', 1, 2),
  prose('bio', 'What people say about themselves', 'bio', 1, 3),
  prose('product_text', 'Sentences about a thing that is for sale, whatever it is', 'product', 2, 3),
  prose('clinical_note', 'What is written down after a visit', 'clinical', 2, 4),
  prose('lorem', 'Latin that means nothing, for those who want it', 'lorem', 2, 4),
  {
    name: 'markov',
    family: 'text',
    summary: 'Sentences of a domain, `min` to `max` of them, from a chain over pairs of words',
    fits: TEXT_KINDS,
    options: {
      ...domainOption,
      min: { kind: 'number', summary: 'fewest sentences, default 1' },
      max: { kind: 'number', summary: 'most sentences, default 3' },
    },
    make: (context) => {
      const least = context.number('min') ?? 1
      const most = context.number('max') ?? Math.max(3, least)
      if (!(Number.isInteger(least) && Number.isInteger(most) && least >= 1 && most >= least && most <= 200))
        context.refuse('bad-range', 'min and max are whole numbers of sentences, from 1 to 200')
      return proseCell(context, 'note', least, most)
    },
  },
]

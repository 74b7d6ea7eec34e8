import { positionAt } from '../workspace/json-positions.ts'
import type { Rule } from './rule.ts'

const SECRETS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g],
  ['an AWS access key', /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z\d]{16}\b/g],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z\d]{36,}\b|\bgithub_pat_\w{60,}\b/g],
  ['a Slack token', /\bxox[abprs]-[\w-]{20,}\b/g],
  ['a Stripe live key', /\b[rs]k_live_[A-Za-z\d]{16,}\b/g],
  ['a Google API key', /\bAIza[\w-]{35}\b/g],
  ['a JSON Web Token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}/g],
  [
    'a password inside an address',
    /\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s:/@"'<>${}]+:(?!pass(?:word|wd)?@|secret@|\*+@|x+@|postgres@|example@|changeme@)[^\s:/@"'<>${}]{6,}@[^\s"'`]+/gi,
  ],
  [
    'a secret',
    /\b(?:api[_-]?key|secret[_-]?key|client[_-]?secret|access[_-]?token|auth[_-]?token|password)\b["'`]?\s*[:=]\s*["'`]?(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])[\w+/=-]{20,}/gi,
  ],
]

export const secret: Rule = {
  code: 'secret',
  severity: 'error',
  why: 'Specifications are copied into prompts, tickets and public repositories; a key in one is a key given away.',
  example: {
    wrong: 'The service connects to `postgres://shop:9fK2mQ7wzL@db.example.com/shop`.',
    right: 'The service connects to the address in `DATABASE_URL`.',
  },
  reads: 'document',

  // In the whole text, code included: that is where keys are pasted.
  *check({ markdown: { text, lineStarts } }) {
    for (const [what, pattern] of SECRETS)
      for (const match of text.matchAll(pattern))
        yield {
          ...positionAt(lineStarts, match.index),
          message: `This looks like ${what}.`,
          hint: 'Take it out, revoke it, and name the environment variable instead; history keeps what was committed.',
        }
  },
}

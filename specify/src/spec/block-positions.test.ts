// A wrong line is a bug, and lists, tabs, CRLF and nesting are where lines go wrong. Specs are put together at random
// from pieces whose lines are counted while they are written; the parser must agree with the count.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSpec } from './parse-spec.ts'

const RUNS = 300

test('scenarios and blocks stand on the lines the writer counted, whatever surrounds them', () => {
  const seed = 20_260_203
  const random = randomFrom(seed)
  for (let run = 0; run < RUNS; run++) {
    const written = writeSpec(random)
    const spec = parseSpec(written.text, { file: 'spec.md', service: undefined, featureId: '001-x' })
    const found = spec.stories
      .flatMap(({ scenarios }) => scenarios)
      .map(({ id, line, blocks }) => ({
        id,
        line,
        blocks: blocks.map((block) => `${block.line} ${block.text}`),
      }))
    assert.deepEqual(found, written.scenarios, `seed ${seed}, run ${run}\n${written.text}`)
  }
})

type Written = { text: string; scenarios: { id: string; line: number; blocks: string[] }[] }

function writeSpec(random: (below: number) => number): Written {
  const lines: string[] = random(4) === 0 ? ['---', 'status: draft', '---', ''] : []
  const scenarios: Written['scenarios'] = []
  const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)]!
  lines.push('# Feature Specification: X', '', '## User Scenarios & Testing', '')
  for (let story = 1; story <= 1 + random(3); story++) {
    lines.push(pick([`### User Story ${story} - Title (Priority: P1)`, `### US-${story}: Title`]), '')
    if (random(2) === 0)
      lines.push('Prose with `code` and **bold**.', '', '<!-- a comment', 'on two lines -->', '')
    if (random(3) === 0) lines.push('| a | b |', '|---|---|', '| **Given** | x |', '')
    const isNumbered = random(3) > 0
    for (let number = 1; number <= random(4); number++) {
      const scenario: Written['scenarios'][number] = {
        id: `US${story}.${number}`,
        line: lines.length + 1,
        blocks: [],
      }
      scenarios.push(scenario)
      const marker = isNumbered ? `${number}. ` : ''
      const indent = ' '.repeat(marker.length)
      if (isNumbered && random(2) === 0) lines.push(`${marker}**Given** a, **When** b, **Then** c`)
      else lines.push(`${marker}**Given** a,`, `${indent}**When** b`, `${indent}**Then** c`)
      for (let block = 0; block < random(3); block++) {
        if (random(4) > 0 || !isNumbered || block === 0) lines.push('')
        if (random(4) === 0) lines.push(`${indent}As in:`, '')
        const fence = pick(['```', '````', '~~~'])
        const content = Array.from({ length: 1 + random(4) }, (_, i) =>
          pick(['GET /a', '', '  { "a": 1 }', `HTTP 20${i}`]),
        )
        const language = pick(['hurl', 'console', 'event'])
        lines.push(`${indent}${fence}${language}${pick(['', ' title="x"'])}`)
        scenario.blocks.push(`${lines.length + 1} ${content.join('\n')}`)
        lines.push(...content.map((line) => (line === '' ? '' : indent + line)), indent + fence)
        if (random(3) === 0) lines.push('', `${indent}${fence}json`, `${indent}{}`, indent + fence)
      }
      lines.push('')
    }
  }
  lines.push('## Requirements', '', '- **FR-001**: x', '')
  return { text: lines.join(pick(['\n', '\r\n'])), scenarios }
}

/** Mulberry32: small, and its low bits do not repeat. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

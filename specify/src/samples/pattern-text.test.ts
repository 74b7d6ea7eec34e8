import assert from 'node:assert/strict'
import { it } from 'node:test'
import { patternText } from './pattern-text.ts'
import { Random } from './random.ts'

it('texts match their patterns and lengths; contradictions give nothing', () => {
  const cases: [patterns: string[], min: number, max: number][] = [
    [['^[A-Z]{3}-\\d{2,4}$'], 0, 99],
    [['^(?:a|bc)+$'], 7, 9],
    [['foo'], 10, 20],
    [['^[a-z]+$', 'x'], 3, 5],
    [['^\\p{Lu}\\S{2,}$'], 0, 8],
  ]
  for (const [patterns, min, max] of cases)
    for (let i = 0; i < 20; i++) {
      const text = patternText(patterns, { min, max }, new Random(`${i}`))
      assert.ok(
        text !== undefined && text.length >= min && text.length <= max,
        `${patterns.join(' ')}: ${text}`,
      )
      for (const pattern of patterns) assert.match(text, new RegExp(pattern, 'u'))
    }
  assert.equal(patternText(['^a{3}$'], { min: 5, max: 9 }, new Random('x')), undefined)
})

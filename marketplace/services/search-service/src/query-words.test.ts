import assert from 'node:assert/strict'
import test from 'node:test'
import { queryWords } from './query-words.ts'

// search-service/001#FR-002
const cases: readonly [what: string, text: string, words: string[]][] = [
  ['case and fillers do not count', 'A Mug for the GARDEN', ['mug', 'garden']],
  ['fillers alone are looked for', 'to the', ['to', 'the']],
  ['signs separate words and are no words', "mug:* & !('lamp')", ['mug', 'lamp']],
  ['a possessive is its owner', 'women’s shirt', ['women', 'shirt']],
  ['a word counts once', 'mug mug Mug', ['mug']],
  ['letters of other scripts stay', 'Tasse für Öl', ['tasse', 'für', 'öl']],
  ['signs alone are no words', '%_!', []],
  [
    'the ninth word is left out',
    'one two three four five six seven eight nine',
    'one two three four five six seven eight'.split(' '),
  ],
]
for (const [what, text, words] of cases) test(what, () => assert.deepEqual(queryWords(text), words))

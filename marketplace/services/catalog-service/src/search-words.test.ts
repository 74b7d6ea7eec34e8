import assert from 'node:assert/strict'
import test from 'node:test'
import { searchWords } from './search-words.ts'

// catalog-service/001#FR-004
const cases: readonly [what: string, text: string, words: string[]][] = [
  ['words are lower case, each once', 'Blue MUG blue', ['blue', 'mug']],
  ['signs separate words and mean nothing', "'mug' & !lamp:* | (oak)<->%_\\", ['mug', 'lamp', 'oak']],
  ['nothing but signs holds no word', " '&|!:*()<->%_\\ ", []],
  ['fillers are left out', 'a mug for the garden', ['mug', 'garden']],
  ['fillers alone are all there is', 'the a', ['the', 'a']],
  ['a possessive is its owner', "a women's or barista’s mug's", ['women', 'barista', 'mug']],
  ['letters of all scripts count', 'Öl-Lampe 杯子 №7', ['öl', 'lampe', '杯子', 'no7']],
  ['eight words are enough', 'b c d e f g h i j k', ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']],
]
for (const [what, text, words] of cases) test(what, () => assert.deepEqual(searchWords(text), words))

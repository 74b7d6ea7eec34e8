// node scripts/node24.js specify/bench/retrieval/measure.ts [--misses]: how early `find` puts the right place for
// questions in a developer's words. --misses lists those of the half that may be looked at.

import { parseArgs } from 'node:util'
import { rankQuestions, sumUp, whyNot } from './retrieval.ts'

const { values } = parseArgs({ options: { misses: { type: 'boolean', default: false } } })

if (whyNot === undefined) for (const split of ['tune', 'held'] as const) await measure(split)
else console.log(`skipped: ${whyNot}`)

async function measure(split: 'tune' | 'held'): Promise<void> {
  const ranked = await rankQuestions(split)
  const { questions, featureFirst, featureAmongThree, featureMrr, fileMrr } = sumUp(ranked)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  console.log(
    `${split}: ${questions} questions, right feature first ${percent(featureFirst)}, among three ${percent(featureAmongThree)}, ` +
      `MRR of the feature ${featureMrr.toFixed(3)}, MRR of the very file ${fileMrr.toFixed(3)}`,
  )
  if (!values.misses || split === 'held') return
  for (const { question, feature, first } of ranked)
    if (feature !== 1)
      console.log(
        `  ${feature} ${question.id} ${question.question}\n      ${first}, not ${question.features[0]}`,
      )
}

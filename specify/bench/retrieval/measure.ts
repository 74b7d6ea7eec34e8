// node scripts/node24.js specify/bench/retrieval/measure.ts [tune|held]: how early `find` puts the right place for questions
// in a developer's words. Needs the public spec projects beside the repository; says so and stops where they are absent.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openIndex } from '../../src/context/open-index.ts'
import { readingWeight, searchablePaths } from '../../src/context/searchable-files.ts'
import { search } from '../../src/context/search.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'

const PROJECTS = join(import.meta.dirname, '../../../../shared/peer-cases/spec-projects')

type Question = {
  readonly id: string
  readonly project: string
  readonly split: 'tune' | 'held'
  readonly language: string
  readonly question: string
  /** Path prefixes that count as the right feature. */
  readonly features: readonly string[]
  readonly answer: { readonly file: string; readonly lines: readonly [number, number] }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { misses: { type: 'boolean', default: false } },
})
const splits = positionals.length > 0 ? positionals : ['tune', 'held']

if (existsSync(PROJECTS)) {
  const { questions } = JSON.parse(readFileSync(join(import.meta.dirname, 'questions.json'), 'utf8')) as {
    questions: readonly Question[]
  }
  for (const split of splits)
    await measure(
      split,
      questions.filter((one) => one.split === split),
    )
} else console.log(`skipped: the spec projects are not at ${PROJECTS}`)

async function measure(split: string, questions: readonly Question[]): Promise<void> {
  const ranks: { question: Question; feature: number; file: number; seen: string }[] = []
  for (const project of new Set(questions.map((one) => one.project))) {
    const { workspace } = await openWorkspace(join(PROJECTS, project))
    const index = openIndex(workspace.root, searchablePaths(workspace), { keep: false })
    const ranking = { features: workspace.features.map(({ path }) => path), weightOf: readingWeight }
    for (const question of questions.filter((one) => one.project === project)) {
      const { hits } = search(question.question, index, ranking)
      const isRight = (path: string) => question.features.some((start) => path.startsWith(start))
      ranks.push({
        question,
        feature: hits.findIndex(({ path }) => isRight(path)) + 1,
        file: hits.findIndex(({ path }) => path === question.answer.file) + 1,
        seen: hits[0]?.path ?? 'nothing',
      })
    }
  }
  const share = (count: number) => `${((100 * count) / ranks.length).toFixed(1)} %`
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const reciprocal = (rank: number) => (rank === 0 ? 0 : 1 / rank)
  console.log(
    [
      `${split}: ${ranks.length} questions`,
      `right feature first ${share(ranks.filter(({ feature }) => feature === 1).length)}`,
      `among three ${share(ranks.filter(({ feature }) => feature > 0 && feature <= 3).length)}`,
      `MRR of the feature ${mean(ranks.map(({ feature }) => reciprocal(feature))).toFixed(3)}`,
      `MRR of the very file ${mean(ranks.map(({ file }) => reciprocal(file))).toFixed(3)}`,
    ].join(', '),
  )
  if (!values.misses || split === 'held') return
  for (const { question, feature, seen } of ranks)
    if (feature !== 1)
      console.log(
        `  ${feature} ${question.id} ${question.question}\n      ${seen}, not ${question.features[0]}`,
      )
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openIndex } from '../../src/context/open-index.ts'
import { readingWeight, searchablePaths } from '../../src/context/searchable-files.ts'
import { search } from '../../src/context/search.ts'
import { openWorkspace } from '../../src/workspace/open-workspace.ts'

const PROJECTS = join(import.meta.dirname, '../../../../shared/peer-cases/spec-projects')

/** Why nothing can be measured here; undefined when it can. */
export const whyNot = existsSync(PROJECTS) ? undefined : `the public spec projects are not at ${PROJECTS}`

export type Question = {
  readonly id: string
  readonly project: string
  readonly split: 'tune' | 'held'
  readonly question: string
  /** Path prefixes that count as the right feature. */
  readonly features: readonly string[]
  readonly answer: { readonly file: string }
}

/** Ranks from 1 of the first hit of the right feature and of the very file; 0 is nowhere. */
export type Ranked = {
  readonly question: Question
  readonly feature: number
  readonly file: number
  readonly first: string
}

export type Sums = {
  readonly questions: number
  readonly featureFirst: number
  readonly featureAmongThree: number
  /** Mean reciprocal ranks. */
  readonly featureMrr: number
  readonly fileMrr: number
}

/** How early `find` puts the right place, for each question of one half. */
export async function rankQuestions(split: Question['split']): Promise<Ranked[]> {
  const { questions } = JSON.parse(readFileSync(join(import.meta.dirname, 'questions.json'), 'utf8')) as {
    questions: readonly Question[]
  }
  const asked = questions.filter((one) => one.split === split)
  const ranked: Ranked[] = []
  for (const project of new Set(asked.map((one) => one.project))) {
    const { workspace } = await openWorkspace(join(PROJECTS, project))
    const index = openIndex(workspace.root, searchablePaths(workspace), { keep: false })
    const ranking = { features: workspace.features.map(({ path }) => path), weightOf: readingWeight }
    for (const question of asked.filter((one) => one.project === project)) {
      const { hits } = search(question.question, index, ranking)
      const isRight = (path: string) => question.features.some((start) => path.startsWith(start))
      ranked.push({
        question,
        feature: hits.findIndex(({ path }) => isRight(path)) + 1,
        file: hits.findIndex(({ path }) => path === question.answer.file) + 1,
        first: hits[0]?.path ?? 'nothing',
      })
    }
  }
  return ranked
}

export function sumUp(ranked: readonly Ranked[]): Sums {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const reciprocal = (rank: number) => (rank === 0 ? 0 : 1 / rank)
  return {
    questions: ranked.length,
    featureFirst: mean(ranked.map(({ feature }) => Number(feature === 1))),
    featureAmongThree: mean(ranked.map(({ feature }) => Number(feature > 0 && feature <= 3))),
    featureMrr: mean(ranked.map(({ feature }) => reciprocal(feature))),
    fileMrr: mean(ranked.map(({ file }) => reciprocal(file))),
  }
}

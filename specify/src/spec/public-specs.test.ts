// Recall on specs other people wrote, against counts made with plain regular expressions that share no code with
// the parser. The projects stand beside the repository and are not part of it.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { parseMarkdown } from './markdown.ts'
import { parseSpec } from './parse-spec.ts'
import { parseTasks } from './parse-tasks.ts'

const PROJECTS = join(import.meta.dirname, '../../../../shared/peer-cases/spec-projects')
const skip = existsSync(PROJECTS) ? false : 'the public spec projects are not beside this repository'

const ID_OPENS_LINE = /^\s*(?:[-*]\s+|\|\s*)?(?:\[[ x]\]\s*)?[~*`]*((?:FR|SC|NFR)-[A-Z0-9-]*\d+[a-z]?)\b/gm
const GIVEN_OPENS_LINE = /^\s*(?:[-*]|\d+\.)?\s*[*_]+(?:Given|GIVEN|Dado|Dada|Dados|Dadas)[:,]?[*_]+/gm
const BOX = /^\s*[-*] \[[ xX]\] /gm

test('98 % of requirement ids, 97 % of scenarios, 98 % of task boxes are found', { skip }, async (t) => {
  const ids = { expected: 0, found: 0 }
  const scenarios = { expected: 0, found: 0 }
  const boxes = { expected: 0, found: 0 }
  let specs = 0
  for (const project of readdirSync(PROJECTS)) {
    const { workspace } = await openWorkspace(join(PROJECTS, project))
    for (const { id: featureId, service, files } of workspace.features) {
      if (files.spec !== undefined) {
        specs++
        const text = readFileSync(join(workspace.root, files.spec), 'utf8')
        const spec = parseSpec(text, { file: files.spec, service, featureId })
        const declared = new Set([...spec.requirements, ...spec.criteria].map(({ id }) => id))
        const written = new Set([...text.matchAll(ID_OPENS_LINE)].map((match) => match[1]!))
        ids.expected += written.size
        ids.found += [...written].filter((id) => declared.has(id)).length
        add(scenarios, text.match(GIVEN_OPENS_LINE), spec.stories.flatMap((story) => story.scenarios).length)
      }
      if (files.tasks !== undefined) {
        const text = readFileSync(join(workspace.root, files.tasks), 'utf8')
        const tasks = parseTasks(parseMarkdown(text, files.tasks))
        const inBlocks = tasks.reduce((sum, { steps = [] }) => sum + Math.max(0, steps.length - 1), 0)
        add(boxes, text.match(BOX), tasks.length + inBlocks)
      }
    }
  }
  t.diagnostic(`${specs} specs: ids ${share(ids)}, scenarios ${share(scenarios)}, task boxes ${share(boxes)}`)
  assert.ok(ids.found / ids.expected >= 0.98, share(ids))
  assert.ok(scenarios.found / scenarios.expected >= 0.97, share(scenarios))
  assert.ok(boxes.found / boxes.expected >= 0.98, share(boxes))
})

type Count = { expected: number; found: number }

/** One file finding too many must not hide another finding too few. */
function add(count: Count, written: RegExpMatchArray | null, found: number): void {
  count.expected += written?.length ?? 0
  count.found += Math.min(written?.length ?? 0, found)
}

function share({ expected, found }: Count): string {
  return `${found}/${expected}`
}

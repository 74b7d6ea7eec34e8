import type { Heading, List, ListItem } from 'mdast'
import { REQUIREMENT_ID } from './find-requirements.ts'
import { lineOf, plainText, sourceOf, type MarkdownFile } from './markdown.ts'
import type { Task } from './model.ts'
import { mentionedRequirements } from './requirement-mentions.ts'

/** Tasks in the order of the file, in the dialects of the wild: `- [ ] T001 [P] [US1] …`, `**T001**`, `### Task 1.1: …`. */
export function parseTasks({ text, root }: MarkdownFile): Task[] {
  const tasks: Task[] = []
  let block: Block | undefined
  for (const node of root.children) {
    if (node.type === 'heading') {
      closeBlock()
      block = readTaskHeading(node)
    } else if (node.type === 'list') {
      // Boxes with ids below "Task 2" are tasks, and the heading groups them; boxes without are the steps of a task.
      if (hasTaskIds(text, node)) block = undefined
      if (block === undefined) readBoxes(text, node, tasks)
      else {
        block.source += `\n${sourceOf(text, node)}`
        readBoxes(text, node, block.steps)
      }
    }
  }
  closeBlock()
  return tasks

  function closeBlock(): void {
    if (block !== undefined) {
      const { id, source, line, steps } = block
      // An answer to "Status" decides; without it the steps do.
      const isDone = BLOCK_DONE.test(source) || (steps.length > 0 && steps.every((step) => step.isDone))
      tasks.push({ ...task(id, source, isDone, line), ...(steps.length > 0 ? { steps } : {}) })
    }
    block = undefined
  }
}

type Block = {
  readonly id: string
  source: string
  readonly line: number
  readonly steps: Task[]
}

const BLOCK_DONE = /^\s*[-*+]\s+\**Status\**\s*:\**\s*[^\p{L}\n]*(?:done|completed?|finished)\b/imu

/** `### Task 1.1: Project Setup`, the block dialect. */
function readTaskHeading(node: Heading): Block | undefined {
  const [, id, title] = /^Task\s+(\d+(?:\.\d+)*)\s*[::.–—-]?\s*(.*)$/i.exec(plainText(node)) ?? []
  return id === undefined
    ? undefined
    : { id: `Task ${id}`, source: title ?? '', line: lineOf(node), steps: [] }
}

function hasTaskIds(text: string, list: List): boolean {
  return list.children.some(
    (item) => typeof item.checked === 'boolean' && readBox(text, item, false).id !== undefined,
  )
}

function readBoxes(text: string, list: List, tasks: Task[]): void {
  for (const item of list.children) {
    if (typeof item.checked === 'boolean') tasks.push(readBox(text, item, item.checked))
    for (const child of item.children) if (child.type === 'list') readBoxes(text, child, tasks)
  }
}

/** An id stands first, plain, bold or bracketed: `T012`, `**T012**:`, `[T012]`, `T027A`, `F1.2`, `WEB-12`. */
const TASK_ID = /^[*_~`[\s]*((?:T\d+[A-Za-z]?|[A-Z]{1,4}-?\d+(?:[.-]\d+)+|[A-Z]{2,6}-T?\d+))\b[*_~`\]:.)]*\s*/

function readBox(text: string, item: ListItem, isDone: boolean): Task {
  const own = item.children
    .filter((child) => child.type !== 'list')
    .map((child) => sourceOf(text, child))
    .join('\n')
    .replace(/^\[[ xX]\]\s+/, '') // the parser leaves the box in front when bold text follows it
  const match = TASK_ID.exec(own)
  // "**FR-001**" in front of a box is what the task is about, not its name.
  const id = match === null || REQUIREMENT_ID.test(match[1]!) ? undefined : match[1]!
  return task(id, id === undefined ? own : own.slice(match![0].length), isDone, lineOf(item))
}

const STORY_LABEL = /\[\s*(US-?\d+[a-z]?)\s*(?=[\],/|])|(?<=\[[^\]]*[,/|]\s*)(US-?\d+[a-z]?)/g
/** A path has a slash between names, or a name with a file's ending. */
const PATH =
  /(?<![\w:/])(?:\.{0,2}\/)?(?:[\w.@[\]()*-]+\/)+[\w.@[\]()*-]*|(?<![\w/.])\.?[\w-]+(?:\.[\w-]+)*\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|swift|cs|rb|php|sql|ya?ml|json|toml|md|html?|css|scss|sh|proto|graphql|tf|xml|ini|cfg|env|txt|lock|vue|svelte|dart|ex|exs|hurl)\b|\b(?:Dockerfile|Makefile)\b/g

function task(id: string | undefined, source: string, isDone: boolean, line: number): Task {
  const words = source.replaceAll(/https?:\/\/\S+|[\w/-]+#(?:[A-Z]+-|US)\d\S*/g, ' ')
  return {
    id,
    text: source.replaceAll(/\s+/g, ' ').trim(),
    isDone,
    isParallel: /\[P\]/.test(source),
    stories: [...source.matchAll(STORY_LABEL)].map((match) => (match[1] ?? match[2])!.replace('-', '')),
    requirements: mentionedRequirements(source),
    paths: [...new Set([...words.matchAll(PATH)].map(([found]) => found))],
    line,
  }
}

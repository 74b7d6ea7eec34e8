import type { Code, Heading, List, ListItem, Nodes, Table } from 'mdast'
import { findSteps, type FoundStep } from './find-steps.ts'
import { columnOf, endLineOf, lineOf, plainText, type MarkdownFile } from './markdown.ts'
import type { Block, Scenario, Step, Story } from './model.ts'
import { stepWord } from './step-words.ts'

type OpenStory = {
  id: string
  title: string
  priority: string | undefined
  line: number
  scenarios: OpenScenario[]
  withdrawn?: true
}
type OpenScenario = { line: number; endLine: number; steps: Step[]; blocks: Block[] }

/** Stories with their scenarios, in the order of the file, and the executable blocks no scenario owns. */
export function findStories({ text, root }: MarkdownFile): { stories: Story[]; unownedBlocks: Block[] } {
  const stories: OpenStory[] = []
  const unownedBlocks: Block[] = []
  let story: OpenStory | undefined
  let storyDepth = 0
  let scenario: OpenScenario | undefined

  for (const node of root.children) visit(node)
  return {
    stories: stories.map(finished).filter(({ id, scenarios }) => id !== OUTSIDE || scenarios.length > 0),
    unownedBlocks,
  }

  function visit(node: Nodes): void {
    switch (node.type) {
      case 'heading':
        return enterHeading(node)
      case 'list':
        for (const item of node.children) visitItem(item, node)
        return
      case 'blockquote':
        for (const child of node.children) visit(child)
        return
      case 'paragraph': {
        const steps = findSteps(text, node)
        if (steps.length > 0) addSteps(steps, startsAnew(steps[0]!, scenario, 'paragraph'), endLineOf(node))
        return
      }
      case 'table':
        return visitTable(node)
      case 'code':
        return visitBlock(node)
      default:
    }
  }

  function enterHeading(node: Heading): void {
    scenario = undefined
    const heading = readStoryHeading(plainText(node), stories.length + 1)
    if (heading !== undefined) {
      const isStruck = node.children[0]?.type === 'delete'
      story = { ...heading, line: lineOf(node), scenarios: [], ...(isStruck && { withdrawn: true }) }
      storyDepth = node.depth
      stories.push(story)
    } else if (node.depth <= storyDepth && !ACCEPTANCE.test(plainText(node))) story = undefined
  }

  function visitItem(item: ListItem, { ordered }: List): void {
    const [first, ...rest] = item.children
    const steps = first?.type === 'paragraph' ? findSteps(text, first) : []
    if (steps.length > 0) {
      addSteps(steps, startsAnew(steps[0]!, scenario, ordered ? 'number' : 'bullet'), endLineOf(first!))
      const own = scenario
      for (const child of rest) visitInside(child)
      if (own !== undefined) own.endLine = Math.max(own.endLine, endLineOf(item))
      return
    }
    // A numbered item without steps is something else than a scenario: blocks below it are not the previous one's.
    if (ordered) scenario = undefined
    for (const child of item.children) visit(child)
  }

  /** Whatever stands inside a scenario's own list item belongs to it. */
  function visitInside(node: Nodes): void {
    if (node.type === 'paragraph') {
      const steps = findSteps(text, node)
      if (steps.length > 0) addSteps(steps, false, endLineOf(node))
    } else if (node.type === 'list') {
      for (const item of node.children) for (const child of item.children) visitInside(child)
    } else visit(node)
  }

  function visitTable(node: Table): void {
    const [head, ...rows] = node.children
    const words = head!.children.map((cell) => stepWord(plainText(cell)))
    if (!words.includes('when') || !words.includes('then')) return
    for (const row of rows) {
      const steps = row.children.flatMap((cell, i): FoundStep[] =>
        words[i] === undefined ? [] : [{ word: words[i], text: plainText(cell), line: lineOf(row) }],
      )
      addSteps(steps, true, lineOf(row))
    }
    scenario = undefined
  }

  function visitBlock(node: Code): void {
    const language = node.lang?.toLowerCase()
    if (language !== 'hurl' && language !== 'console' && language !== 'event') return
    const block: Block = {
      language,
      text: node.value.replaceAll(/\r\n?/g, '\n'),
      line: lineOf(node) + 1,
      column: columnOf(node),
    }
    if (scenario === undefined) {
      unownedBlocks.push(block)
      return
    }
    scenario.blocks.push(block)
    scenario.endLine = endLineOf(node)
  }

  function addSteps(found: readonly FoundStep[], anew: boolean, endLine: number): void {
    if (anew || scenario === undefined) {
      if (found[0]!.word === 'more') return // "**And**" that follows nothing is emphasis, not a step
      scenario = { line: found[0]!.line, endLine, steps: [], blocks: [] }
      storyOrOutside().scenarios.push(scenario)
    }
    for (const { word, text: said, line } of found) {
      // "And" and "Or" continue whatever kind of step went before.
      const keyword = word === 'more' ? (scenario.steps.at(-1)?.keyword ?? 'given') : word
      scenario.steps.push({ keyword, text: said, line })
    }
    scenario.endLine = Math.max(scenario.endLine, endLine)
  }

  function storyOrOutside(): OpenStory {
    if (story !== undefined) return story
    let outside = stories.find(({ id }) => id === OUTSIDE)
    if (outside === undefined) {
      outside = {
        id: OUTSIDE,
        title: 'Scenarios outside stories',
        priority: undefined,
        line: 1,
        scenarios: [],
      }
      stories.push(outside)
    }
    return outside
  }
}

/** The story that gathers scenarios standing outside every story. */
export const OUTSIDE = 'US0'

function startsAnew(
  { word }: FoundStep,
  open: OpenScenario | undefined,
  where: 'paragraph' | 'number' | 'bullet',
): boolean {
  if (open === undefined) return true
  const has = (keyword: Step['keyword']) => open.steps.some((step) => step.keyword === keyword)
  switch (word) {
    case 'given':
      return where === 'number' || has('when') || has('then')
    case 'when':
      return has('then')
    case 'then':
    case 'more':
      return false
  }
}

function finished({ scenarios, ...story }: OpenStory): Story {
  const real = scenarios.filter(isScenario)
  return {
    ...story,
    scenarios: real.map((scenario, i): Scenario => ({ id: `${story.id}.${i + 1}`, ...scenario })),
  }
}

/** One highlighted "When" alone is emphasis in a sentence; a "Given" alone is a scenario somebody did not finish. */
function isScenario({ steps, blocks }: OpenScenario): boolean {
  return (
    steps[0]?.keyword === 'given' ||
    blocks.length > 0 ||
    new Set(steps.map(({ keyword }) => keyword)).size > 1
  )
}

const STORY =
  /^(?:user story|user stor(?:y|ies)|story|us|história (?:d[eo] )?usuário|história|historia (?:de usuario)?|récit utilisateur|scénario utilisateur|benutzergeschichte|anwendergeschichte|gebruikersverhaal|storia utente|пользовательская история|用户故事|使用者故事|用戶故事|ユーザーストーリー|사용자 스토리|유저 스토리|قصة المستخدم|قصة مستخدم)[\s-]*#?(\d+[a-z]?)\b\s*(.*)$/iu
/** The template of 2025 has one story, and its scenarios below a heading of the same depth. */
const PRIMARY = /^primary user story\b/i
const ACCEPTANCE =
  /^(?:acceptance (?:scenarios?|criteria|tests?)|scenarios?|cenários de aceitação|critérios de aceite|验收场景|受け入れシナリオ|인수 시나리오)\b/iu
const BY_PRIORITY = /^(P\d)\s*[::.–—-]\s*(\S.*)$/
const PRIORITY = /[([](?:[^()[\]]*[::]\s*)?(P\d)\b[^()[\]]*[)\]]/u

function readStoryHeading(
  heading: string,
  number: number,
): { id: string; title: string; priority: string | undefined } | undefined {
  const priority = PRIORITY.exec(heading)?.[1]
  if (PRIMARY.test(heading)) return { id: `US${number}`, title: 'Primary User Story', priority }
  const story = STORY.exec(heading)
  if (story !== null) return { id: `US${story[1]!}`, title: tidyTitle(story[2]!), priority }
  const byPriority = BY_PRIORITY.exec(heading)
  if (byPriority === null) return undefined
  return { id: `US${number}`, title: byPriority[2]!.trim(), priority: byPriority[1]! }
}

function tidyTitle(text: string): string {
  return text
    .replace(PRIORITY, '')
    .replace(/^[\s::.–—-]+/u, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { countFindings } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { passagesOf } from '../context/passages.ts'
import { searchTexts } from '../context/search.ts'
import { tellingLines } from '../context/telling-line.ts'
import { checkDesign } from '../design/check-design.ts'
import { openQuestions, renderDesign, type Cited } from '../design/render-design.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { pathFrom, pathInside } from '../workspace/paths.ts'
import { readText } from '../workspace/read-text.ts'

/** Below this share of the best hit a document is about something else. */
const RELEVANT = 0.35

export const createSpec = command({
  name: 'create-spec',
  summary: 'Start a design document from research/, or check one',
  description: `Writes specs/YYYY-MM-DD-topic.md with the nine sections of a design document, the research that is about the topic
cited by heading, and the questions research left open. --check says what is missing: sections, a diagram that can be
drawn, options with trade-offs and an answer for each open question, a summary of at most 200 words, no dates.`,
  args: '[research/…] <topic>',
  options: {
    check: { type: 'string', placeholder: 'file', file: true, summary: 'Check this document instead' },
    'dry-run': { type: 'boolean', summary: 'Print the document, write nothing' },
  },
  examples: [
    { run: 'specify create-spec "event-driven billing"', does: 'Start a document from all of research/' },
    {
      run: 'specify create-spec research/kafka.md "event-driven billing"',
      does: 'Start it from one document',
    },
    {
      run: 'specify create-spec --check specs/2026-03-26-billing.md',
      does: 'Say what the document still needs',
    },
  ],

  async run({ args, options, cwd }) {
    const { workspace, findings } = await openWorkspace(cwd)
    const all = workspace.files.filter((path) => /^research\/.*\.mdx?$/.test(path))
    if (options.check !== undefined) {
      if (args.length > 0) throw new CliError('unexpected-argument', '--check takes no topic.')
      const file = pathInside(cwd, workspace.root, options.check)
      const text = await readText(resolve(cwd, options.check)).catch(() => undefined)
      if (text === undefined) throw new CliError('no-such-path', `"${options.check}" cannot be read.`)
      const found = checkDesign(text, pathFrom(cwd, workspace.root, file), all)
      const { errors, warnings } = countFindings(found)
      return {
        data: { file: pathFrom(cwd, workspace.root, file), research: all },
        findings: [...findings, ...found],
        text: () =>
          errors + warnings === 0
            ? `✅ ${options.check}: nine sections, ready for review`
            : `${options.check}:`,
      }
    }

    const topic = args.at(-1)?.trim() ?? ''
    const slug = topic
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '')
    if (slug === '')
      throw new CliError(
        'missing-topic',
        'Say what the document is about.',
        'specify create-spec "event-driven billing"',
      )
    const wanted = args.slice(0, -1).map((path) => pathInside(cwd, workspace.root, path))
    for (const [i, path] of wanted.entries())
      if (!workspace.files.some((file) => file === path || file.startsWith(`${path}/`)))
        throw new CliError('no-such-path', `There is no "${args[i]}" here.`)
    const chosen =
      wanted.length === 0
        ? all
        : workspace.files.filter(
            (file) =>
              /\.mdx?$/.test(file) && wanted.some((path) => file === path || file.startsWith(`${path}/`)),
          )
    const texts = await Promise.all(
      chosen.map(async (path) => ({ path, text: await readText(join(workspace.root, path)) })),
    )
    const textOf = (path: string) => texts.find((one) => one.path === path)?.text ?? ''
    const result = searchTexts(topic, texts)
    const { found: hits } = tellingLines(result.hits, result.concepts, textOf)
    const relevant = hits.filter(({ relevance }) => relevance >= RELEVANT * (hits[0]?.relevance ?? 0))
    // What was named is used, whatever its words.
    const used = wanted.length > 0 ? chosen : relevant.map(({ path }) => path)
    const cited = used.map((path): Cited => {
      const hit = hits.find((one) => one.path === path)
      const text = textOf(path)
      const heading = passagesOf(text, true).findLast(
        ({ line, heading: title }) => title !== '' && line <= (hit?.line ?? 1),
      )?.heading
      const anchor =
        heading === undefined
          ? ''
          : `#${heading
              .toLowerCase()
              .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
              .replaceAll(/\s/g, '-')}`
      return {
        link: `../${path}${anchor}`,
        heading: heading ?? posix.basename(path),
        context: (hit?.context ?? '').replace(/^#+\s*/, ''),
      }
    })
    const questions = [
      ...new Set(texts.filter(({ path }) => used.includes(path)).flatMap(({ text }) => openQuestions(text))),
    ]
    const day = new Date().toISOString().slice(0, 10)
    const document = renderDesign({
      topic,
      author: authorOf(workspace.root),
      day,
      cited,
      unused: chosen.filter((path) => !used.includes(path)),
      questions,
    })
    const file = `specs/${day}-${slug}.md`
    if (!options['dry-run']) {
      if (existsSync(join(workspace.root, file)))
        throw new CliError(
          'already-there',
          `${file} is already there.`,
          `Check it: specify create-spec --check ${file}`,
        )
      await writeFileAtomic(join(workspace.root, file), document)
    }
    const seen = pathFrom(cwd, workspace.root, file)
    return {
      data: { file: seen, dryRun: options['dry-run'], cited, questions, document },
      findings,
      text: () =>
        options['dry-run']
          ? document
          : `Wrote ${seen}: ${cited.length} of ${chosen.length} research documents cited, ${questions.length} open questions.\nWhen it is filled in: specify create-spec --check ${seen}`,
    }
  },
})

function authorOf(root: string): string {
  try {
    return execFileSync('git', ['config', 'user.name'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return '' // no git, or nobody told it a name
  }
}

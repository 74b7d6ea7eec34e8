import { join } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { writeFileAtomic } from '@specwright/cli/write-file.ts'
import { encodings, tokenCounter, type Encoding } from '../context/count-tokens.ts'
import { models, type Model } from '../context/models.ts'
import { filesOfVerb, fullness, verbs, type CountedFeature, type Verb } from '../context/token-ledger.ts'
import { featureName } from '../workspace/feature-name.ts'
import { chooseFeatures } from '../workspace/choose-features.ts'
import { QUICK_REF_TOKENS } from '../document/quick-ref-tokens.ts'
import type { Config, Feature } from '../workspace/model.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { pathFrom } from '../workspace/paths.ts'
import { decodeText, readBytes, readText } from '../workspace/read-text.ts'

const LEDGER = '.specify/token-budget.json'
/** A file may grow by a twentieth before the gate says so: rewording is not growth. */
const SLACK = 1.05

export const budget = command({
  name: 'budget',
  summary: 'Count what spec files cost an agent to read, largest first',
  description: `Counts tokens with a tokenizer, not by the number of characters. --save writes the counts to ${LEDGER}, to be
committed; --gate fails when a file has grown by more than 5 % since, or is over the limit, or when all files together
reach budget.critical_threshold of the config (budget.warn_threshold is a warning).`,
  args: '[path]',
  options: {
    verb: {
      type: 'string',
      placeholder: 'verb',
      choices: verbs,
      summary: 'Count what one verb makes an agent read',
    },
    model: {
      type: 'string',
      placeholder: 'name',
      choices: Object.keys(models),
      summary: 'Take tokenizer and context size of this model',
    },
    encoding: {
      type: 'string',
      placeholder: 'name',
      choices: encodings,
      summary: 'The tokenizer: o200k_base (GPT-4o and later, the default) or cl100k_base (GPT-4)',
    },
    limit: { type: 'string', default: '8000', placeholder: 'tokens', summary: 'What one file may cost' },
    window: {
      type: 'string',
      placeholder: 'tokens',
      summary: "The size of the agent's context; 200000 unless the model says otherwise",
    },
    save: { type: 'boolean', summary: `Write the counts to ${LEDGER}` },
    gate: { type: 'boolean', summary: 'Fail on growth since --save, and on what is over a limit' },
    'dry-run': { type: 'boolean', summary: 'With --save: write nothing' },
  },
  examples: [
    { run: 'specify budget', does: 'Count the files of the current feature, or of all' },
    {
      run: 'specify budget --verb plan services/order-service',
      does: 'Count what planning makes an agent read',
    },
    { run: 'specify budget --gate', does: 'Fail in CI when specs have grown since "specify budget --save"' },
  ],

  async run({ args, options, cwd, env }) {
    const limit = wholeNumber(options.limit, '--limit', { min: 1 })
    const model: Model = models[options.model ?? ''] ?? {
      encoding: 'o200k_base',
      window: 200_000,
      isOwnEncoding: true,
    }
    const encoding = (options.encoding as Encoding | undefined) ?? model.encoding
    const window =
      options.window === undefined ? model.window : wholeNumber(options.window, '--window', { min: 1 })
    const { workspace, findings: opening } = await openWorkspace(cwd, args[0])
    const features = await chooseFeatures(workspace, { cwd, path: args[0], env })
    const paths = options.verb === undefined ? features.flatMap(filesOf) : ofVerb(options.verb as Verb)
    const count = await tokenCounter(encoding)
    const tokensOf = new Map(
      [...new Set(paths)].map((path) => [path, count(decodeText(readBytes(join(workspace.root, path))))]),
    )
    if (tokensOf.size === 0)
      throw new CliError(
        'nothing-to-count',
        'There are no spec files here.',
        'Name a feature, or stand in one.',
      )

    const seen = (path: string) => pathFrom(cwd, workspace.root, path)
    const files = [...tokensOf]
      .map(([path, tokens]) => ({ file: seen(path), tokens }))
      .sort((a, b) => b.tokens - a.tokens || (a.file < b.file ? -1 : 1))
    const total = files.reduce((sum, { tokens }) => sum + tokens, 0)
    const findings: Finding[] = [...opening]
    const quickRefTokens = workspace.config.quickRefTokens ?? QUICK_REF_TOKENS
    for (const [path, tokens] of tokensOf) {
      if (tokens > limit) findings.push(overLimit(seen(path), tokens, limit, options.gate))
      if (path.endsWith('quick-ref.md') && tokens > quickRefTokens)
        findings.push(longQuickRef(seen(path), tokens, quickRefTokens))
    }
    findings.push(...overThreshold(total, workspace.config, options.gate))
    if (options.gate) {
      const before = await readLedger(join(workspace.root, LEDGER))
      for (const [path, tokens] of tokensOf) {
        const was = before.files[path]
        if (was !== undefined && tokens > was * SLACK) findings.push(grown(seen(path), was, tokens))
      }
    }
    if (options.save && !options['dry-run']) {
      const content = { encoding, files: Object.fromEntries([...tokensOf].sort(byPath)) }
      await writeFileAtomic(join(workspace.root, LEDGER), `${JSON.stringify(content, null, 2)}\n`)
    }

    const byFeature = features.map((feature) => counted(feature, tokensOf)).filter(({ tokens }) => tokens > 0)
    const status = fullness(total, window)
    return {
      data: { model: options.model, encoding, total, window, status, files, features: byFeature },
      findings,
      text() {
        const width = Math.max(7, String(total).length + 1)
        const lines = files.map(({ file, tokens }) => `${grouped(tokens).padStart(width)}  ${file}`)
        const share = ((100 * total) / window).toFixed(1)
        const what = options.verb === undefined ? 'in all' : `for "${options.verb}", beside its prompt`
        const saved = options.save ? [`${options['dry-run'] ? 'Would write' : 'Wrote'} ${seen(LEDGER)}.`] : []
        return [
          ...lines,
          `${grouped(total).padStart(width)}  ${what} (${encoding}): ${share} % of ${grouped(window)}, ${status}`,
          ...(model.isOwnEncoding || options.encoding !== undefined
            ? []
            : [`The tokenizer of ${options.model} is not public; ${encoding} stands in for it.`]),
          ...saved,
        ].join('\n')
      },
    }

    function ofVerb(verb: Verb): string[] {
      const asked: readonly (Feature | undefined)[] = features.length === 0 ? [undefined] : features
      return asked.flatMap((feature) => filesOfVerb(verb, feature, workspace))
    }
  },
})

function filesOf({ files }: Feature): string[] {
  return Object.values(files)
}

function counted(feature: Feature, tokensOf: ReadonlyMap<string, number>): CountedFeature {
  const { quickRef } = feature.files
  return {
    feature: featureName(feature.service, feature.id),
    tokens: filesOf(feature).reduce((sum, path) => sum + (tokensOf.get(path) ?? 0), 0),
    quickRef: quickRef === undefined ? undefined : tokensOf.get(quickRef),
  }
}

type Ledger = { readonly files: Readonly<Record<string, unknown>> }

async function readLedger(path: string): Promise<{ readonly files: Readonly<Record<string, number>> }> {
  const text = await readText(path).catch(() => undefined)
  if (text === undefined)
    throw new CliError(
      'no-ledger',
      `There is no ${LEDGER} to compare with.`,
      'Run "specify budget --save" and commit it.',
    )
  try {
    const { files } = JSON.parse(text) as Ledger
    return {
      files: Object.fromEntries(
        Object.entries(files).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
      ),
    }
  } catch {
    throw new CliError(
      'bad-ledger',
      `${LEDGER} cannot be read.`,
      'Run "specify budget --save" to write it anew.',
    )
  }
}

function overLimit(file: string, tokens: number, limit: number, isGate: boolean): Finding {
  return {
    code: 'over-budget',
    severity: isGate ? 'error' : 'warning',
    file,
    message: `${grouped(tokens)} tokens, limit ${grouped(limit)}.`,
    hint: 'Split the feature by user story, or move what is decided into quick-ref.md.',
  }
}

function longQuickRef(file: string, tokens: number, most: number): Finding {
  return {
    code: 'long-quick-ref',
    severity: 'warning',
    file,
    message: `${tokens} tokens are many for a quick reference; at most ${most} are expected.`,
    hint: 'Run "specify document" to have it made from spec and contract, or shorten it.',
  }
}

/** What a whole session may read, if the config says so; each threshold counts by itself. */
function overThreshold(total: number, { budget: thresholds }: Config, isGate: boolean): Finding[] {
  const reached = (of: number | undefined) => of !== undefined && total >= of
  if (reached(thresholds?.criticalTokens))
    return [
      {
        code: 'budget-critical',
        severity: isGate ? 'error' : 'warning',
        message: `${grouped(total)} tokens reach budget.critical_threshold, ${grouped(thresholds!.criticalTokens!)}.`,
        hint: 'Run "specify prune", or count one feature: specify budget <feature folder>.',
      },
    ]
  if (!reached(thresholds?.warnTokens)) return []
  return [
    {
      code: 'budget-warning',
      severity: 'warning',
      message: `${grouped(total)} tokens reach budget.warn_threshold, ${grouped(thresholds!.warnTokens!)}.`,
      hint: 'Read quick-ref.md files first; "specify prune" sums a session up.',
    },
  ]
}

function grown(file: string, was: number, tokens: number): Finding {
  return {
    code: 'budget-grown',
    severity: 'error',
    file,
    message: `Grown from ${grouped(was)} to ${grouped(tokens)} tokens.`,
    hint: 'Shorten it, or accept it with "specify budget --save".',
  }
}

function grouped(n: number): string {
  return n.toLocaleString('en-US')
}

function byPath([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1
}

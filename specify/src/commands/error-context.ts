import { join, resolve } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { explainError, type ErrorPlace, type Place, type Verdict } from '../context/explain-error.ts'
import { fileOfFrame, stackFrames } from '../context/stack-frames.ts'
import { readFeature } from '../rules/read-documents.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { pathFrom, pathInside } from '../workspace/paths.ts'
import { decodeText, readBytes, readText } from '../workspace/read-text.ts'

const MEANING: Readonly<Record<Verdict, string>> = {
  infrastructure: 'something outside the code failed',
  violated: 'the specification asks for something else than the code does',
  deviation: 'the code is planned, but nothing says what it must do here',
  missing: 'no specification speaks of this',
}

export const errorContext = command({
  name: 'error-context',
  summary: 'Trace an error to its file, task, requirement and scenario',
  description: `Takes a message or a whole stack trace (Node, browsers, Python, Go, Java, Kotlin, C#, Rust, Ruby, PHP, Elixir,
Dart, Swift, C and C++) and says with evidence whether a requirement is violated, missing, never planned (deviation),
or whether the infrastructure failed.`,
  args: '<message>',
  options: {
    trace: { type: 'string', placeholder: 'file', file: true, summary: 'Read message and trace from a file' },
    file: {
      type: 'string',
      placeholder: 'path',
      file: true,
      summary: 'Where it happened, if the message does not say',
    },
    line: { type: 'string', placeholder: 'number', summary: 'The line in --file' },
    task: { type: 'string', placeholder: 'id', summary: 'The task that was being done' },
  },
  examples: [
    {
      run: 'specify error-context "TypeError: total is undefined" --file src/cart.ts --line 42',
      does: 'Find what the specification says about the place',
    },
    { run: 'specify error-context --trace crash.log --json', does: 'Read a whole stack trace' },
  ],

  async run({ args, options, cwd }) {
    const message = [
      args.join(' '),
      ...(options.trace === undefined ? [] : [await traceText(cwd, options.trace)]),
    ]
      .join('\n')
      .trim()
    if (message === '')
      throw new CliError(
        'missing-message',
        'Say what the error says.',
        'specify error-context "message or stack trace"',
      )
    if (options.line !== undefined && options.file === undefined)
      throw new CliError('missing-value', '--line needs --file.')
    const { workspace, findings } = await openWorkspace(cwd)
    const frames = stackFrames(message).map((frame) => ({
      ...frame,
      file: fileOfFrame(frame.path, workspace.root, workspace.files),
    }))
    const named =
      options.file === undefined
        ? []
        : [
            {
              file: pathInside(cwd, workspace.root, options.file),
              line: options.line === undefined ? 1 : wholeNumber(options.line, '--line', { min: 1 }),
            },
          ]
    for (const { file } of named)
      if (!workspace.files.includes(file))
        throw new CliError('no-such-path', `There is no "${options.file}" here.`)
    const places: ErrorPlace[] = [...named, ...frames].flatMap(({ file, line }) =>
      file === undefined ? [] : [{ file, line, source: sourceOf(join(workspace.root, file)) }],
    )
    const documents = await Promise.all(
      workspace.features.map(async (feature) => (await readFeature(workspace.root, feature)).documents),
    )
    const asked = options.task === undefined ? message : `${message} ${taskText(documents, options.task)}`
    const explained = explainError(asked, places, documents)
    const seen = (place: Place) => ({ ...place, file: pathFrom(cwd, workspace.root, place.file) })
    const data = {
      verdict: explained.verdict,
      meaning: MEANING[explained.verdict],
      frames: frames.map(({ language, path, line, name, file }) => ({
        language,
        path,
        line,
        name,
        file: file === undefined ? undefined : pathFrom(cwd, workspace.root, file),
      })),
      tasks: explained.tasks.map(seen),
      requirements: explained.requirements.map(seen),
      scenarios: explained.scenarios.map(seen),
      evidence: explained.evidence,
      suggestions: explained.suggestions,
    }
    return {
      data,
      findings,
      text: () =>
        [
          `${data.verdict}: ${data.meaning}`,
          ...list('Tasks', data.tasks),
          ...list('Requirements', data.requirements),
          ...list('Scenarios', data.scenarios),
          'Evidence:',
          ...(data.evidence.length === 0
            ? ['- nothing in specs, tasks or code matches']
            : data.evidence.map((one) => `- ${one}`)),
          'Next:',
          ...data.suggestions.map((one) => `- ${one}`),
        ].join('\n'),
    }
  },
})

async function traceText(cwd: string, file: string): Promise<string> {
  const text = await readText(resolve(cwd, file)).catch(() => undefined)
  if (text === undefined) throw new CliError('no-such-path', `"${file}" cannot be read.`)
  return text
}

function sourceOf(path: string): string | undefined {
  try {
    return decodeText(readBytes(path))
  } catch {
    return undefined // the trace is of another version; the name of the file still leads to its tasks
  }
}

function taskText(
  features: readonly { tasks?: { tasks: readonly { id: string | undefined; text: string }[] } }[],
  id: string,
): string {
  const task = features.flatMap(({ tasks }) => tasks?.tasks ?? []).find((one) => one.id === id)
  if (task === undefined)
    throw new CliError('unknown-task', `There is no task "${id}".`, 'Run "specify status".')
  return task.text
}

function list(title: string, places: readonly Place[]): string[] {
  return places.length === 0
    ? []
    : [`${title}:`, ...places.map(({ file, line, text }) => `- ${file}:${line}  ${text}`)]
}

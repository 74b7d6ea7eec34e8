/** One command of a console block, and the output it should have. */
export type ConsoleStep = {
  readonly command: string
  /** Line of the command in the file. */
  readonly line: number
  /** Lines as written: `...` stands for any lines, `[..]` for any text within a line. */
  readonly expected: readonly string[]
  /** From a last line `? 1`; 0 when none is written. */
  readonly exitCode: number
}

export type ConsoleProblem = { readonly message: string; readonly line: number; readonly hint?: string }

/** Reads `$ command` lines, `> ` continuations, expected output, and `? 1` for an exit code. */
export function parseConsoleBlock(
  text: string,
  firstLine: number,
): { steps: ConsoleStep[]; problems: ConsoleProblem[] } {
  const steps: { command: string; line: number; expected: string[]; exitCode: number }[] = []
  const problems: ConsoleProblem[] = []
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const step = steps.at(-1)
    const command = /^\$ (.*)$/.exec(line)?.[1]
    const more = /^> (.*)$/.exec(line)?.[1]
    const exitCode = /^\? (\d+)$/.exec(line)?.[1]
    if (command !== undefined) steps.push({ command, line: firstLine + i, expected: [], exitCode: 0 })
    else if (step === undefined) {
      if (line.trim() === '' || line.startsWith('#')) continue
      const hint = 'Begin with a command: $ pgmock --version'
      problems.push({ message: 'output before any command', line: firstLine + i, hint })
    } else if (more !== undefined && step.expected.length === 0) step.command += `\n${more}`
    else if (exitCode !== undefined) step.exitCode = Number(exitCode)
    else step.expected.push(line)
  }
  for (const step of steps) while (step.expected.at(-1) === '') step.expected.pop()
  if (steps.length === 0 && problems.length === 0)
    problems.push({
      message: 'this block holds no command',
      line: firstLine,
      hint: 'Begin with a command: $ pgmock --version',
    })
  return { steps, problems }
}

/** Whether output fits what was expected; trailing spaces and empty lines at the end do not count. */
export function outputFits(actual: string, expected: readonly string[]): boolean {
  const lines = actual
    .replace(/\s+$/, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
  const body = expected
    .map((line) =>
      line.trim() === '...' ? '(?:.*\n)*?' : `${line.trimEnd().split('[..]').map(escapeRegex).join('.*')}\n`,
    )
    .join('')
  const text = lines.length === 1 && lines[0] === '' ? '' : `${lines.join('\n')}\n`
  return new RegExp(`^${body}$`).test(text)
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

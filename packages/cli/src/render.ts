import type { Finding } from './finding.ts'
import { countFindings } from './finding.ts'
import { renderGithub } from './render-github.ts'
import { renderJunit } from './render-junit.ts'
import { renderSarif } from './render-sarif.ts'

export const formats = ['text', 'json', 'sarif', 'junit', 'github'] as const
export type Format = (typeof formats)[number]

export type RenderContext = {
  readonly program: { readonly name: string; readonly version: string }
  readonly command: string
  readonly color?: boolean
}

/** Findings as text for people or as a file for a tool; ends in a newline, empty for no findings as text. */
export function renderFindings(
  format: Exclude<Format, 'json'>,
  findings: readonly Finding[],
  context: RenderContext,
): string {
  switch (format) {
    case 'text':
      return renderText(findings, context.color ?? false)
    case 'sarif':
      return renderSarif(findings, context)
    case 'junit':
      return renderJunit(findings, context)
    case 'github':
      return renderGithub(findings)
  }
}

const COLOR = { error: 31, warning: 33, info: 36, dim: 2 } as const

function renderText(findings: readonly Finding[], color: boolean): string {
  if (findings.length === 0) return ''
  const paint = (text: string, tone: keyof typeof COLOR) =>
    color ? `\x1b[${COLOR[tone]}m${text}\x1b[0m` : text
  const lines = findings.map((finding) => {
    const { severity, message, hint, code } = finding
    const head = `${place(finding)}${paint(severity, severity)}: ${message} ${paint(`[${code}]`, 'dim')}`
    return hint === undefined ? head : `${head}\n    ${paint(`hint: ${hint}`, 'dim')}`
  })
  const { errors, warnings } = countFindings(findings)
  return `${lines.join('\n')}\n\n${count(errors, 'error')}, ${count(warnings, 'warning')}\n`
}

function place({ file, line, column }: Finding): string {
  if (file === undefined) return ''
  return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

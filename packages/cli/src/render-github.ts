import type { Finding } from './finding.ts'

/** GitHub Actions workflow commands: one annotation per finding. */
export function renderGithub(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, message, hint, code, file, line, column }) => {
      const level = severity === 'info' ? 'notice' : severity
      const properties = Object.entries({ file, line, col: column, title: code })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
      return `::${level} ${properties.join(',')}::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}\n`
    })
    .join('')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

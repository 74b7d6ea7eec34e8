import type { Finding } from './finding.ts'
import type { RenderContext } from './render.ts'

/** SARIF 2.1.0 (OASIS), one run; rule ids are finding codes, file names stay relative. */
export function renderSarif(findings: readonly Finding[], { program }: RenderContext): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: program.name, version: program.version, rules: codes.map((id) => ({ id })) },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: finding.severity === 'info' ? 'note' : finding.severity,
          message: {
            text: finding.hint === undefined ? finding.message : `${finding.message} ${finding.hint}`,
          },
          ...(finding.file !== undefined && { locations: [location(finding.file, finding)] }),
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function location(file: string, { line, column }: Finding): object {
  const region =
    line === undefined
      ? {}
      : { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } }
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { physicalLocation: { artifactLocation: { uri }, ...region } }
}

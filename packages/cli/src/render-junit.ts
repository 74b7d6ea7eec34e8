import type { Finding } from './finding.ts'
import type { RenderContext } from './render.ts'

/** JUnit XML: one test case per file, failed by its errors; warnings go to system-out. No findings: one passed case. */
export function renderJunit(findings: readonly Finding[], { program, command }: RenderContext): string {
  const byFile = Map.groupBy(findings, ({ file }) => file ?? '(no file)')
  if (byFile.size === 0) byFile.set(command, [])
  const failures = [...byFile.values()].filter((list) =>
    list.some(({ severity }) => severity === 'error'),
  ).length
  const cases = [...byFile].map(([file, list]) => testCase(file, list, `${program.name}.${command}`))
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${escapeXml(program.name)}" tests="${byFile.size}" failures="${failures}">
  <testsuite name="${escapeXml(command)}" tests="${byFile.size}" failures="${failures}">
${cases.join('\n')}
  </testsuite>
</testsuites>
`
}

function testCase(file: string, findings: readonly Finding[], className: string): string {
  const open = `    <testcase name="${escapeXml(file)}" classname="${escapeXml(className)}"`
  if (findings.length === 0) return `${open}/>`
  const failures = findings
    .filter(({ severity }) => severity === 'error')
    .map(
      (finding) =>
        `      <failure type="${escapeXml(finding.code)}" message="${escapeXml(finding.message)}">${escapeXml(line(finding))}</failure>`,
    )
  const remarks = findings.filter(({ severity }) => severity !== 'error').map(line)
  const out = remarks.length > 0 ? [`      <system-out>${escapeXml(remarks.join('\n'))}</system-out>`] : []
  return [`${open}>`, ...failures, ...out, '    </testcase>'].join('\n')
}

function line({ file, line: at, severity, message, hint }: Finding): string {
  return `${file ?? ''}:${at ?? ''} ${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`
}

/** Escapes markup and drops the control characters that XML 1.0 cannot carry. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- these are exactly the characters XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}

import type { Finding } from '@specwright/cli/finding.ts'
import type { Document } from '@specwright/json-schema/document.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'

export type ReadDocument = {
  /** Undefined when the file holds no object at all; the findings say why. */
  readonly root: Record<string, unknown> | undefined
  readonly document: Document
  readonly findings: readonly Finding[]
}

/** A contract file as a value; its problems are findings with their line. */
export function readDocument(
  text: string,
  file: string,
  language: 'json' | 'yaml' = /\.(json|avsc)$/.test(file) ? 'json' : 'yaml',
): ReadDocument {
  const document = parseDocument(text, language)
  const root = rootOf(document.value, file)
  const stranger = root === undefined || document.problems.length > 0 ? recognise(text) : undefined
  if (stranger !== undefined)
    return {
      root: undefined,
      document,
      findings: [{ code: 'contract-syntax', severity: 'error', file, ...stranger }],
    }
  const findings = document.problems.map(({ message, hint, line, column }): Finding => ({
    code: 'contract-syntax',
    severity: 'error',
    file,
    message,
    hint,
    line,
    column,
  }))
  if (root === undefined && findings.length === 0)
    findings.push({
      code: 'contract-syntax',
      severity: 'error',
      message: 'This file holds no object: a contract begins with "openapi:" or "events:".',
      file,
      line: 1,
    })
  return { root, document, findings }
}

/** A contract is an object; several Avro schemas of one file are an array. */
function rootOf(value: unknown, file: string): Record<string, unknown> | undefined {
  if (isRecord(value)) return value
  return file.endsWith('.avsc') && Array.isArray(value)
    ? (value as unknown as Record<string, unknown>)
    : undefined
}

/** What people save under a contract's name, recognised by its first telling line. */
function recognise(text: string): Pick<Finding, 'message' | 'hint' | 'line'> | undefined {
  const lines = text.split(/\r\n|\n|\r/)
  const first = lines.findIndex((line) => line.trim() !== '')
  if (first === -1) return { message: 'This contract is empty.', line: 1 }
  const fence = lines.findIndex((line) => /^\s*(```|~~~)/.test(line))
  const heading = lines.findIndex((line) => /^#{1,6} \S/.test(line))
  const bold = lines.findIndex((line) => /^\s*(\*\*\S.*\*\*|[-*] \*\*)/.test(line))
  // A YAML comment looks like a heading: only a fence or bold text below it makes it Markdown.
  if (fence !== -1 || (bold !== -1 && heading !== -1))
    return {
      message: 'This is Markdown, not a contract in YAML or JSON.',
      hint: 'Keep only the YAML between the fences, or give the file the ending .md.',
      line: Math.min(...[fence, heading, bold].filter((line) => line !== -1)) + 1,
    }
  if (/^\s*<(!doctype|html|\?xml)/i.test(lines[first]!))
    return { message: 'This is HTML or XML, not a contract in YAML or JSON.', line: first + 1 }
  if (/^(<{7}|={7}|>{7})/m.test(text)) {
    const line = lines.findIndex((each) => /^<{7}/.test(each))
    return {
      message: 'This file holds a merge conflict.',
      hint: 'Resolve it first.',
      line: Math.max(line, 0) + 1,
    }
  }
  return undefined
}

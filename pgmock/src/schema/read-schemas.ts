// The rim: files → documents. A set file names other files, relative to itself.

import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import type { Document } from '@specwright/json-schema/document.ts'
import { isRecord } from '@specwright/json-schema/json-pointer.ts'
import { parseDocument } from '@specwright/json-schema/parse-document.ts'
import { FindingList } from './finding-list.ts'

export type SchemaFile = { readonly file: string; readonly document: Document }

/** Reads schema and set files in order, each once. Throws CliError when a file given by the user cannot be read. */
export async function readSchemas(
  paths: readonly string[],
  cwd: string,
): Promise<{ files: SchemaFile[]; findings: Finding[] }> {
  const files: SchemaFile[] = []
  const findings: Finding[] = []
  const seen = new Set<string>()
  const add = (finding: Finding) => void findings.push(finding)

  const visit = async (path: string, text: string): Promise<void> => {
    if (seen.has(path)) return
    seen.add(path)
    const file = relative(cwd, path).replaceAll('\\', '/') || path
    const document = parseDocument(text, 'json')
    for (const { code, message, line, column, hint } of document.problems)
      add({ code, severity: 'error', message, file, line, column, hint })
    const members = isRecord(document.value) ? document.value['set'] : undefined
    if (!Array.isArray(members)) {
      files.push({ file, document })
      return
    }
    const list = new FindingList(file, document, add)
    for (const [i, member] of members.entries()) {
      const at = `/set/${i}`
      if (typeof member !== 'string') {
        list.error('schema-invalid', at, 'set must list file names')
        continue
      }
      const memberPath = resolve(dirname(path), member)
      const memberText = await readText(memberPath)
      if (memberText === undefined)
        list.error('file-missing', at, `${member} cannot be read`, 'Names are relative to the set file.')
      else await visit(memberPath, memberText)
    }
  }

  for (const path of paths) {
    const full = resolve(cwd, path)
    const text = await readText(full)
    if (text === undefined)
      throw new CliError('file-missing', `${path} cannot be read.`, 'Give a schema file, or a set file.')
    await visit(full, text)
  }
  return { files, findings }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

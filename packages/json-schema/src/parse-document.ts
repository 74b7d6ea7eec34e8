import { documentOf, type Document } from './document.ts'
import { parseJson } from './parse-json.ts'
import { parseYaml } from './parse-yaml.ts'
import { quickJson } from './quick-json.ts'

/** Reads strict JSON (RFC 8259) or one YAML 1.2 document, and remembers where everything was. Never throws. */
export function parseDocument(text: string, kind: 'json' | 'yaml'): Document {
  return documentOf(text, kind === 'json' ? (quickJson(text) ?? parseJson(text)) : parseYaml(text))
}

export type Import = {
  readonly specifier: string
  /** 1-based. */
  readonly line: number
  readonly kind: 'static' | 'type' | 'dynamic'
}

// One pass over what could hide an import (comments, templates, strings) and imports themselves. TypeScript 7 has
// no stable API to ask; a regular expression with a /quote/ in it may hide imports below it, but they stand on top.
const TOKENS = new RegExp(
  [
    String.raw`\/\/.*`,
    String.raw`\/\*[^]*?\*\/`,
    String.raw`\x60(?:\\[^]|[^\x60\\])*\x60`,
    String.raw`\b(?:import|export)\s+(?<type>type\s+)?(?:[\w$*]|\{)[^'"\x60;()=]*?from\s*(?<from>'[^'\n]+'|"[^"\n]+")`,
    String.raw`\bimport\s*(?<bare>'[^'\n]+'|"[^"\n]+")`,
    String.raw`\bimport\(\s*(?<dynamic>'[^'\n]+'|"[^"\n]+")`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
  ].join('|'),
  'g',
)

/** Every import and re-export of a TypeScript or JavaScript text, in order. */
export function findImports(text: string): Import[] {
  const found: Import[] = []
  for (const match of text.matchAll(TOKENS)) {
    const { type, from, bare, dynamic } = match.groups ?? {}
    const quoted = from ?? bare ?? dynamic
    if (quoted === undefined) continue
    const before = text.slice(0, match.index + match[0].length)
    found.push({
      specifier: quoted.slice(1, -1),
      line: before.split('\n').length,
      kind: type !== undefined ? 'type' : dynamic !== undefined ? 'dynamic' : 'static',
    })
  }
  return found
}

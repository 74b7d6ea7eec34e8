export type Declaration = { readonly name: string; readonly line: number }

/** What a file declares for others, by the keywords of TypeScript, Python, Go, Rust, Java, C#, Ruby, PHP, SQL. */
const DECLARED =
  /^(?:export\s+(?:default\s+)?|public\s+|pub(?:\([a-z]+\))?\s+|abstract\s+|final\s+|static\s+|async\s+|sealed\s+)*(?:function\*?|class|interface|type|enum|struct|trait|record|def|func|fn|const|module|CREATE TABLE(?: IF NOT EXISTS)?)\s+(?:\([^)]*\)\s*)?["'`]?([A-Za-z_$][\w$]*)/
const MARKED = /^(?:export|public|pub)\b/

/** Declarations at the left edge; where the language marks what is public, only those. */
export function declarationsOf(source: string): Declaration[] {
  const found = source.split(/\r\n|\n|\r/).flatMap((text, i) => {
    const name = DECLARED.exec(text)?.[1]
    return name === undefined ? [] : [{ name, line: i + 1, isMarked: MARKED.test(text) }]
  })
  const marked = found.filter(({ isMarked }) => isMarked)
  return (marked.length > 0 ? marked : found).map(({ name, line }) => ({ name, line }))
}

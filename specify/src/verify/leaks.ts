// What an error must not tell: how and where the program was built.

const LEAKS: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    'a stack of JavaScript',
    /\bat (?:async )?[\w.<>[\] ]+ \((?:file:\/\/|node:|\/|[A-Z]:\\)[^)\s]+:\d+:\d+\)|\n\s+at (?:file:\/\/|\/)\S+:\d+:\d+/,
  ],
  ['a stack of Python', /Traceback \(most recent call last\)|File "[^"]+\.py", line \d+/],
  ['a stack of Java', /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)|Exception in thread "/],
  ['a stack of .NET', /\bat [\w.`<>]+\([^)]*\) in [^\n]+\.cs:line \d+/],
  ['a stack of Go', /\bgoroutine \d+ \[|panic: runtime error/],
  ['a stack of PHP', /Stack trace:\s*#0|\.php on line \d+/],
  ['a stack of Ruby', /\.rb:\d+:in [`']/],
  ['a stack of Rust', /thread '[^']*' panicked at/],
  [
    'a path of the server',
    /(?:\/home\/|\/usr\/(?:src|local|lib)\/|\/var\/www\/|\/opt\/|\/app\/|\/root\/|[A-Z]:\\\\?(?:Users|inetpub)\\)[\w.\\/-]{3,}|\bnode_modules\//,
  ],
  [
    'a message of the database',
    /SQLSTATE|syntax error at or near "|duplicate key value violates unique constraint|violates (?:foreign key|check|not-null) constraint|relation "[^"]+" does not exist|invalid byte sequence for encoding|ORA-\d{5}|You have an error in your SQL syntax|SQLITE_ERROR|MongoServerError/,
  ],
]

/** The first sign of one, in the text of an error. */
export function findLeak(text: string): { readonly what: string; readonly text: string } | undefined {
  // In JSON the line breaks of a stack and the quotes of a statement are escaped.
  const plain = text.replaceAll('\\n', '\n').replaceAll('\\"', '"')
  for (const [what, pattern] of LEAKS) {
    const match = pattern.exec(plain)
    if (match !== null) return { what, text: match[0].trim() }
  }
  return undefined
}

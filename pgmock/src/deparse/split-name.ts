/** `s."T"` → s, T; unquoted parts fold to lower case. */
export function splitName(name: string): string[] {
  return [...name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain!.trim().toLowerCase() : quoted.replaceAll('""', '"'),
  )
}

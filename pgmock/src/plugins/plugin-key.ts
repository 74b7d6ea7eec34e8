/** Names of plugins are relative to the file that uses them, so two files may mean two things by one name. */
export function pluginKey(file: string, name: string): string {
  return `${file}\n${name}`
}

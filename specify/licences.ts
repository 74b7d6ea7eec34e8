import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Manifest = { readonly name: string; readonly version: string; readonly license?: string }

/**
 * The notice that goes out with the bundled program: name, version and licence of every package that has a file in it,
 * with the licence's text as the package brings it; equal texts once. Throws for a package without a licence.
 */
export function licenceNotice(root: string, files: Iterable<string>): string {
  const folders = new Set([...files].flatMap((file) => packageFolder(file) ?? []))
  const namesByText = new Map<string, Set<string>>()
  for (const folder of [...folders].sort()) {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
    const text = licenceText(join(root, folder), manifest)
    const names = namesByText.get(text) ?? new Set()
    namesByText.set(
      text,
      names.add(`${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`),
    )
  }
  const parts = [...namesByText].map(([text, names]) => `${[...names].join('\n')}\n\n${text}\n`)
  return `specify contains these packages, each under its own licence.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

/** `node_modules/a/node_modules/@b/c` of a file in it; a package inside a package counts by itself. */
function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0]
}

function licenceText(folder: string, { name, license }: Manifest): string {
  const file = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)/i.test(each))
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
  const readme = ['README.md', 'readme.md'].find((each) => existsSync(join(folder, each)))
  const section =
    readme === undefined
      ? undefined
      : /^#+ licen[cs]e\s*$[^]*/im.exec(readFileSync(join(folder, readme), 'utf8'))
  if (section) return section[0].trim()
  if (license === undefined) throw new Error(`${name} says nothing about its licence.`)
  return `(The package brings no text; its manifest says ${license}.)`
}

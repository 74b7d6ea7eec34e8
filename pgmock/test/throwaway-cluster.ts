// A real PostgreSQL of the system, made for one test file and removed after it. PostgreSQL refuses to run as root, so
// then it runs as nobody.

import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** 65534 is nobody on Linux. */
const NOBODY = 65_534

export type Cluster = {
  readonly bin: string
  readonly major: number
  /** As "Dumped from database version" prints it. */
  readonly version: string
  readonly socketFolder: string
  createDatabase(name: string): Promise<void>
  /** Runs an SQL file with ON_ERROR_STOP; its errors are the rejection's message. */
  psqlFile(database: string, file: string): Promise<void>
  /** One statement; the rows as unaligned text. */
  psql(database: string, sql: string): Promise<string>
  pgDump(database: string, ...args: readonly string[]): Promise<string>
  stop(): Promise<void>
}

export type InstalledPostgres = { readonly major: number; readonly bin: string }

const TOOLS = ['initdb', 'pg_ctl', 'psql', 'pg_dump', 'pg_restore']

/**
 * The PostgreSQL 15, 17 and 18 of this machine, oldest first: those of Debian's packages, of `pg_config`, and of the
 * folders that the environment variable POSTGRES_BINS names, separated by colons.
 */
export function installedPostgres(): readonly InstalledPostgres[] {
  if (process.platform === 'win32') return []
  const named = process.env['POSTGRES_BINS']?.split(':').filter(Boolean) ?? []
  const debian = '/usr/lib/postgresql'
  const packaged = existsSync(debian) ? readdirSync(debian).map((major) => join(debian, major, 'bin')) : []
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  const found = new Map<number, string>()
  for (const bin of [...named, ...packaged, ...(config.status === 0 ? [config.stdout.trim()] : [])]) {
    if (!TOOLS.every((tool) => existsSync(join(bin, tool)))) continue
    const { stdout } = spawnSync(join(bin, 'psql'), ['--version'], { encoding: 'utf8' })
    const major = Number(/(\d+)\./.exec(stdout)?.[1])
    if ([15, 17, 18].includes(major) && !found.has(major)) found.set(major, bin)
  }
  return [...found].map(([major, bin]) => ({ major, bin })).toSorted((a, b) => a.major - b.major)
}

/**
 * One suite for each installed PostgreSQL; without any, one that is skipped with the reason. What does not depend on the
 * version is for the newest alone: a database costs more than the test that uses it.
 */
export function suiteForEachPostgres(
  name: string,
  define: (postgres: InstalledPostgres, isNewest: boolean) => void,
): void {
  suites(name, installedPostgres(), define)
}

/** The same for what no version does differently. */
export function suiteForNewestPostgres(name: string, define: (postgres: InstalledPostgres) => void): void {
  suites(name, installedPostgres().slice(-1), define)
}

function suites(
  name: string,
  installed: readonly InstalledPostgres[],
  define: (postgres: InstalledPostgres, isNewest: boolean) => void,
): void {
  if (installed.length === 0)
    suite(name, { skip: 'needs PostgreSQL 15, 17 or 18 of the system (initdb, psql, pg_dump)' }, () => {})
  for (const postgres of installed)
    suite(`${name}, PostgreSQL ${postgres.major}`, () => define(postgres, postgres === installed.at(-1)))
}

export async function startCluster({ bin }: InstalledPostgres): Promise<Cluster> {
  // Short, since a socket's path has 107 bytes at most.
  const folder = await mkdtemp(join(tmpdir(), 'pgmock-'))
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (process.getuid?.() === 0) await chown(folder, NOBODY, NOBODY)
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  const options = { ...asNobody, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    options,
  )
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off -c full_page_writes=off -c autovacuum=off -c timezone=UTC`
  await run(
    join(bin, 'pg_ctl'),
    ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start'],
    options,
  )

  const client = ['-h', folder, '-U', 'postgres']
  const large = { maxBuffer: 1 << 30, env: { ...process.env, PGTZ: 'UTC' } }
  const psql = async (database: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(
      join(bin, 'psql'),
      [...client, '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', database, ...args],
      large,
    )
    return stdout
  }
  const version = (await psql('postgres', '-At', '-c', 'SHOW server_version')).trim()
  return {
    bin,
    version,
    major: Number.parseInt(version, 10),
    socketFolder: folder,
    createDatabase: async (name) =>
      void (await psql('postgres', '-c', `CREATE DATABASE "${name}" TEMPLATE template0`)),
    psqlFile: async (database, file) => void (await psql(database, '-f', file)),
    psql: async (database, sql) => (await psql(database, '-At', '-c', sql)).trim(),
    pgDump: async (database, ...args) =>
      (await run(join(bin, 'pg_dump'), [...client, ...args, database], large)).stdout,
    stop: async () => {
      await run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], options)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

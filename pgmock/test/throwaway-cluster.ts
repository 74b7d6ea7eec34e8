// A real PostgreSQL of the system, made for one test file and removed after it. PostgreSQL refuses to run as root, so
// then it runs as nobody.

import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Why there is none here, or undefined when there is: the reason of a skipped test. */
export function clusterMissing(): string | undefined {
  if (process.platform === 'win32') return 'needs Linux or macOS'
  return binFolder() === undefined
    ? 'needs PostgreSQL 15, 17 or 18 of the system (initdb, psql, pg_dump)'
    : undefined
}

function binFolder(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const folders = existsSync(debian)
    ? ['18', '17', '15']
        .filter((major) => readdirSync(debian).includes(major))
        .map((major) => join(debian, major, 'bin'))
    : []
  const found = folders.find((folder) =>
    ['initdb', 'pg_ctl', 'psql', 'pg_dump'].every((tool) => existsSync(join(folder, tool))),
  )
  if (found) return found
  const { stdout, status } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  const folder = stdout?.trim()
  const usable =
    status === 0 && ['initdb', 'pg_ctl', 'psql', 'pg_dump'].every((tool) => existsSync(join(folder, tool)))
  return usable &&
    /\b(15|17|18)\./.test(spawnSync(join(folder, 'psql'), ['--version'], { encoding: 'utf8' }).stdout)
    ? folder
    : undefined
}

export async function startCluster(): Promise<Cluster> {
  const bin = binFolder()!
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
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off -c timezone=UTC`
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

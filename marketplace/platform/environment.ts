import { readFileSync } from 'node:fs'
import type { ConnectionConfig } from './db/database.ts'

/** Where everything is and the secrets of this installation. Made by run.ts, handed to each process as a file only it can read. */
export type Environment = {
  readonly host: string
  /** Of every process that listens, by the name of its service. */
  readonly ports: Readonly<Record<string, number>>
  readonly postgres: {
    readonly host: string
    readonly port: number
    /** One role per service, named like its database. */
    readonly passwords: Readonly<Record<string, string>>
  }
  /** Signs service-to-service tokens (HMAC-SHA256). */
  readonly serviceSecret: string
  /** Ed25519 key pair (PKCS8 and SPKI PEM): auth-service signs access tokens, everyone checks them. */
  readonly authPrivateKey: string
  readonly authPublicKey: string
  readonly paymentProvider: {
    readonly url: string
    readonly apiKey: string
    readonly webhookSecret: string
    readonly webhookUrl: string
  }
  readonly smtp: { readonly host: string; readonly port: number }
  /** What a browser sees of the shop. */
  readonly publicUrl: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

export function portOf(environment: Pick<Environment, 'ports'>, name: string): number {
  const port = environment.ports[name]
  if (port === undefined) throw new Error(`No port is reserved for "${name}".`)
  return port
}

export function serviceUrl(environment: Pick<Environment, 'ports' | 'host'>, name: string): string {
  return `http://${environment.host}:${portOf(environment, name)}`
}

/** Connection of the role `role` to `database` (by default its own). */
export function databaseOf({ postgres }: Environment, role: string, database = role): ConnectionConfig {
  const password = postgres.passwords[role]
  if (password === undefined) throw new Error(`This installation has no database role "${role}".`)
  return { host: postgres.host, port: postgres.port, user: role, password, database }
}

/** Reads the file named by MARKETPLACE_ENVIRONMENT. */
export function readEnvironment(
  path: string | undefined = process.env['MARKETPLACE_ENVIRONMENT'],
): Environment {
  if (path === undefined)
    throw new Error('MARKETPLACE_ENVIRONMENT names no file. Start services through marketplace/run.ts.')
  // Written by run.ts of this same version; a wrong shape would be our own bug, not input.
  return JSON.parse(readFileSync(path, 'utf8')) as Environment
}

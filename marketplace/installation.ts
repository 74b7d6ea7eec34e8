import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { serviceUrl, type Environment } from './platform/environment.ts'
import { randomPassword } from './platform/postgres/embedded.ts'

/** One shop on this machine: a folder with its database cluster, its secrets and its lock. */
export type Installation = {
  readonly folder: string
  readonly environmentFile: string
  readonly clusterFolder: string
  readonly superuserPassword: string
  readonly environment: Environment
}

/** We cannot go on, and the person at the terminal can do something about it. */
export class InstallationError extends Error {
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.name = 'InstallationError'
    this.hint = hint
  }
}

/** Every database role, named like its database. */
export const databaseRoles = [
  'auth',
  'catalog',
  'inventory',
  'cart',
  'checkout',
  'payment',
  'orders',
  'notification',
  'review',
  'search',
  'payment_simulator',
  'mailbox',
] as const

/** Ports as offsets of a base port, so that two installations live side by side. */
export const portOffsets = {
  web: 0,
  gateway: 1,
  'auth-service': 11,
  'catalog-service': 12,
  'inventory-service': 13,
  'cart-service': 14,
  'checkout-service': 15,
  'payment-service': 16,
  'order-service': 17,
  'notification-service': 18,
  'review-service': 19,
  'search-service': 20,
  'payment-provider': 21,
  mailbox: 22,
  'mailbox-smtp': 23,
  postgres: 32,
} as const

export type ProcessName = keyof typeof portOffsets

export function portsFrom(basePort: number): Environment['ports'] {
  return Object.fromEntries(Object.entries(portOffsets).map(([name, offset]) => [name, basePort + offset]))
}

const NEEDED_BYTES = 500_000_000

type Secrets = {
  readonly superuserPassword: string
  readonly passwords: Readonly<Record<string, string>>
  readonly serviceSecret: string
  readonly authPrivateKey: string
  readonly authPublicKey: string
  readonly providerKey: string
  readonly webhookSecret: string
}

/** Opens or creates the installation in `folder`. Secrets are made once, by chance, and readable by their owner only. */
export function openInstallation(
  folder: string,
  basePort: number,
  logLevel: Environment['logLevel'],
): Installation {
  mkdirSync(folder, { recursive: true })
  checkDisk(folder)
  const secrets = readSecrets(join(folder, 'secrets.json'))
  const environment = environmentOf(secrets, basePort, logLevel)
  const environmentFile = join(folder, 'environment.json')
  writeFileSync(environmentFile, JSON.stringify(environment, null, 2), { mode: 0o600 })
  return {
    folder,
    environmentFile,
    clusterFolder: join(folder, 'postgres'),
    superuserPassword: secrets.superuserPassword,
    environment,
  }
}

/** Takes the folder for this process. Throws when a living process has it; a dead one's lock is taken over. */
export function lockInstallation(folder: string): { unlock(): void } {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'run.lock')
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN
  if (holder !== process.pid && isAlive(holder))
    throw new InstallationError(
      `The shop in this folder is already running (process ${holder}).`,
      'Stop it with Ctrl-C where it runs, or start a second one: MARKETPLACE_PORT=5000 MARKETPLACE_DATA=/tmp/second-shop npm start',
    )
  writeFileSync(file, String(process.pid), { mode: 0o600 })
  return { unlock: () => rmSync(file, { force: true }) }
}

/**
 * Throws when one of our ports is taken, naming it and what it is for. PostgreSQL's is left out: a server of ours may
 * still hold it after a kill, and starting tells that apart from a stranger.
 */
export async function checkPorts(environment: Environment): Promise<void> {
  for (const [name, port] of Object.entries(environment.ports)) {
    if (name === 'postgres') continue
    if (await isFree(environment.host, port)) continue
    throw new InstallationError(
      `Port ${port} (${name}) is taken by another program.`,
      `Stop that program, or choose other ports: MARKETPLACE_PORT=${environment.ports['web']! + 1000} npm start`,
    )
  }
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function checkDisk(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= NEEDED_BYTES || existsSync(join(folder, 'seeded.json'))) return
  throw new InstallationError(
    `The disk is nearly full: ${Math.round((bavail * bsize) / 1e6)} MB free, ${NEEDED_BYTES / 1e6} MB needed.`,
    'Free some space, or put the data elsewhere: MARKETPLACE_DATA=/path/with/space npm start',
  )
}

/** Whether nobody listens there at this moment. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

function readSecrets(file: string): Secrets {
  if (existsSync(file)) return withNewRoles(file, JSON.parse(readFileSync(file, 'utf8')) as Secrets) // our own file
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const secrets: Secrets = {
    superuserPassword: randomPassword(),
    passwords: newPasswords(),
    serviceSecret: randomPassword(),
    authPrivateKey: privateKey,
    authPublicKey: publicKey,
    providerKey: `sk_test_${randomBytes(18).toString('hex')}`,
    webhookSecret: `whsec_${randomBytes(18).toString('hex')}`,
  }
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}

/** A service that came after this installation gets its password now. */
function withNewRoles(file: string, secrets: Secrets): Secrets {
  if (databaseRoles.every((role) => secrets.passwords[role] !== undefined)) return secrets
  const complete = { ...secrets, passwords: { ...newPasswords(), ...secrets.passwords } }
  writeFileSync(file, JSON.stringify(complete, null, 2), { mode: 0o600 })
  return complete
}

function newPasswords(): Record<string, string> {
  return Object.fromEntries(databaseRoles.map((role) => [role, randomPassword()]))
}

function environmentOf(secrets: Secrets, basePort: number, logLevel: Environment['logLevel']): Environment {
  const host = '127.0.0.1'
  const ports = portsFrom(basePort)
  const at = (name: ProcessName) => serviceUrl({ host, ports }, name)
  return {
    host,
    ports,
    postgres: { host, port: basePort + portOffsets.postgres, passwords: secrets.passwords },
    serviceSecret: secrets.serviceSecret,
    authPrivateKey: secrets.authPrivateKey,
    authPublicKey: secrets.authPublicKey,
    paymentProvider: {
      url: at('payment-provider'),
      apiKey: secrets.providerKey,
      webhookSecret: secrets.webhookSecret,
      webhookUrl: `${at('payment-service')}/api/v1/webhooks/payments`,
    },
    smtp: { host, port: basePort + portOffsets['mailbox-smtp'] },
    publicUrl: at('web'),
    logLevel,
  }
}

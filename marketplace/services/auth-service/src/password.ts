import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

// argon2id as OWASP's password storage notes ask for it at least: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const SALT_BYTES = 16
const HASH_BYTES = 32

type Parameters = { readonly memory: number; readonly passes: number; readonly parallelism: number }

const today: Parameters = { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES }

/** argon2id hash in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, base64 without padding. */
export async function hashPassword(
  password: string,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<string> {
  const hash = await derive(password, salt, today, HASH_BYTES)
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(hash)}`
}

/** Whether the password made this hash, computed with the hash's own parameters. Throws on a hash that is not ours. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const { parameters, salt, hash } = parse(phc)
  return timingSafeEqual(await derive(password, salt, parameters, hash.length), hash)
}

/** Whether the hash was made with weaker (or just other) parameters than today's. */
export function isOutdated(phc: string): boolean {
  const { parameters, hash } = parse(phc)
  const { memory, passes, parallelism } = parameters
  return memory !== MEMORY_KIB || passes !== PASSES || parallelism !== LANES || hash.length !== HASH_BYTES
}

function parse(phc: string): { parameters: Parameters; salt: Buffer; hash: Buffer } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc)
  if (!match) throw new Error('A stored password hash is not an argon2id PHC string.')
  const [, memory, passes, parallelism, salt, hash] = match
  return {
    parameters: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt!, 'base64'),
    hash: Buffer.from(hash!, 'base64'),
  }
}

function derive(password: string, salt: Buffer, parameters: Parameters, tagLength: number): Promise<Buffer> {
  // The same letters can be typed composed or decomposed, depending on the keyboard.
  const message = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce: salt, tagLength, ...parameters }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

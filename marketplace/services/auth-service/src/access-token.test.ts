import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import test from 'node:test'
import { calculateJwkThumbprint, importJWK, jwtVerify } from 'jose'
import { buyerTokenVerifier } from '../../../platform/auth/buyer-token.ts'
import { accessTokens } from './access-token.ts'

const keys = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const { privateKey } = keys
const publicKeyPem = keys.publicKey
const holder = { userId: '01930a5e-7c1a-7000-8000-000000000001', roles: ['buyer'] as const }

// auth-service/001#FR-006
test('a token verifies with the published key and ends 15 minutes after its issue', async () => {
  const tokens = accessTokens(privateKey)
  const { publicKey } = tokens
  const now = new Date()
  const { payload, protectedHeader } = await jwtVerify(
    await tokens.sign(holder, now),
    await importJWK(publicKey),
  )
  assert.equal(protectedHeader.alg, 'EdDSA')
  assert.equal(protectedHeader.kid, publicKey.kid)
  assert.equal(payload.sub, holder.userId)
  assert.equal(payload.iss, 'auth-service')
  assert.equal(payload.aud, 'buyer')
  assert.deepEqual(payload['roles'], ['buyer'])
  assert.equal(payload.exp! - payload.iat!, 900)
})

test('the key id is the thumbprint of the key, and no private part is published', async () => {
  const { publicKey } = accessTokens(privateKey)
  assert.equal(publicKey.kid, await calculateJwkThumbprint({ ...publicKey }, 'sha256'))
  assert.deepEqual(Object.keys(publicKey).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x'])
})

test('other services accept a fresh token', async () => {
  const verify = buyerTokenVerifier(publicKeyPem)
  const token = await accessTokens(privateKey).sign(holder, new Date())
  assert.deepEqual(await verify(token), { userId: holder.userId, roles: ['buyer'] })
})

test('other services refuse a token that has ended', async () => {
  const verify = buyerTokenVerifier(publicKeyPem)
  const old = await accessTokens(privateKey).sign(holder, new Date(Date.now() - 901_000))
  assert.equal(await verify(old), undefined)
})

test('a key that is not Ed25519 is refused at the start', () => {
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  assert.throws(() => accessTokens(rsa.privateKey), /must be an Ed25519 key/)
})

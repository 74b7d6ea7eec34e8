import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkPorts, lockInstallation, openInstallation } from './installation.ts'
import { portOf, readEnvironment } from './platform/environment.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'specwright-test-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('secrets are made once and only their owner can read them', () => {
  const first = openInstallation(join(folder, 'a'), 4000, 'info')
  const second = openInstallation(join(folder, 'a'), 5000, 'info')
  assert.equal(first.environment.serviceSecret, second.environment.serviceSecret)
  assert.equal(second.environment.postgres.port, 5032)
  for (const file of ['secrets.json', 'environment.json'])
    assert.equal(statSync(join(folder, 'a', file)).mode & 0o077, 0, file)
  assert.deepEqual(readEnvironment(second.environmentFile), second.environment)
})

test('a service that came later gets its password, and all others keep theirs', () => {
  const file = join(folder, 'later', 'secrets.json')
  const { environment } = openInstallation(join(folder, 'later'), 4000, 'info')
  const { review: _, ...older } = environment.postgres.passwords
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), passwords: older }))
  const { passwords } = openInstallation(join(folder, 'later'), 4000, 'info').environment.postgres
  assert.ok(passwords['review'])
  assert.deepEqual({ ...passwords, review: undefined }, { ...older, review: undefined })
  assert.equal(
    openInstallation(join(folder, 'later'), 4000, 'info').environment.postgres.passwords['review'],
    passwords['review'],
  )
})

test('two installations share no secret', () => {
  const one = openInstallation(join(folder, 'b'), 4000, 'info')
  const other = openInstallation(join(folder, 'c'), 4000, 'info')
  assert.notEqual(one.environment.serviceSecret, other.environment.serviceSecret)
  assert.notDeepEqual(one.environment.postgres.passwords, other.environment.postgres.passwords)
})

test('a folder that a living process holds is refused, a dead one taken over', () => {
  const locked = join(folder, 'd')
  const { unlock } = lockInstallation(locked)
  unlock()
  writeFileSync(join(locked, 'run.lock'), String(process.ppid))
  assert.throws(() => lockInstallation(locked), /already running/)
  const dead = spawnSync(process.execPath, ['--version']).pid
  writeFileSync(join(locked, 'run.lock'), String(dead))
  lockInstallation(locked).unlock()
  assert.throws(() => readFileSync(join(locked, 'run.lock')), /ENOENT/)
})

test('a taken port is named with what it is for and how to choose others', async () => {
  const squatter = createServer()
  const port = await new Promise<number>((resolve) =>
    squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port)),
  )
  const { environment } = openInstallation(join(folder, 'e'), port - 17, 'info')
  assert.equal(portOf(environment, 'order-service'), port)
  await assert.rejects(checkPorts(environment), (error: Error & { hint: string }) => {
    assert.match(error.message, new RegExp(`Port ${port} \\(order-service\\) is taken`))
    assert.match(error.hint, /MARKETPLACE_PORT=\d+ npm start/)
    return true
  })
  squatter.close()
})

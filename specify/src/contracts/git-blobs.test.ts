import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '../../test/run-specify.ts'
import { gitBlobs } from './git-blobs.ts'

const hasGit = spawnSync('git', ['--version']).status === 0

test(
  'files of a commit are read as they were, in any order and size; folders and strangers are none',
  { skip: hasGit ? false : 'git is not installed' },
  async (t) => {
    const root = temporaryFolder(t)
    const large = 'é\n'.repeat(300_000)
    mkdirSync(join(root, 'in'))
    writeFileSync(join(root, 'in/large.yaml'), large)
    writeFileSync(join(root, 'small one.yaml'), 'a: 1\r\n')
    writeFileSync(join(root, 'empty.yaml'), '')
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args])
    git('init', '-q')
    git('-c', 'core.autocrlf=false', 'add', '-A')
    git('commit', '-qm', 'x')
    writeFileSync(join(root, 'small one.yaml'), 'changed')
    const blobs = gitBlobs(root)
    const names = ['in/large.yaml', 'nowhere.yaml', 'in', 'small one.yaml', 'empty.yaml', 'in/large.yaml']
    const texts = await Promise.all(names.map((name) => blobs.read(`HEAD:./${name}`)))
    blobs.close()
    assert.deepEqual(texts, [large, undefined, undefined, 'a: 1\r\n', '', large])
  },
)

test(
  'a folder without git is an error, not silence',
  { skip: hasGit ? false : 'git is not installed' },
  async (t) => {
    const blobs = gitBlobs(temporaryFolder(t))
    await assert.rejects(blobs.read('HEAD:./a'))
  },
)

import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import { writeHostileWorkspace } from '../../test/hostile-workspace.ts'
import { runSpecify, temporaryFolder } from '../../test/run-specify.ts'

const PROJECTS = join(import.meta.dirname, '../../test/projects')

for (const project of ['contracts-platform', 'base', 'ecommerce-pages'])
  test(`every link in the site of ${project} leads to a page and an anchor that are there`, async (t) => {
    const out = temporaryFolder(t)
    const { exitCode, stdout, stderr } = await runSpecify(join(PROJECTS, project), [
      'site',
      '-o',
      out,
      '--json',
    ])
    assert.equal(exitCode, 0, stdout + stderr)
    const pages = pagesBelow(out)
    assert.ok(pages.length > 12)
    for (const page of pages) assertLinks(out, page)
  })

test('a spec that wants to run scripts becomes pages without any, with unique ids and working links', async (t) => {
  const root = temporaryFolder(t)
  writeHostileWorkspace(root)
  const out = temporaryFolder(t)
  assert.equal((await runSpecify(root, ['site', '-o', out])).exitCode, 0)
  for (const page of pagesBelow(out)) {
    const text = readFileSync(join(out, page), 'utf8')
    assert.doesNotMatch(text, /<img|onerror="|href="javascript|<script>/i, page)
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!)
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
      `ids of ${page}`,
    )
    assertLinks(out, page)
  }
  assert.doesNotMatch(readFileSync(join(out, 'data/search.js'), 'utf8'), /<\/?(script|img)/i)
})

test('written again nothing changes; a page that is gone is removed, files of others stay', async (t) => {
  const root = temporaryFolder(t)
  cpSync(join(PROJECTS, 'base'), root, { recursive: true })
  const out = join(temporaryFolder(t), 'public')
  const write = async () => {
    const { stdout, exitCode } = await runSpecify(root, ['site', '-o', out, '--json'])
    assert.equal(exitCode, 0, stdout)
    return (JSON.parse(stdout) as { data: { written: number; removed: number } }).data
  }
  assert.ok((await write()).written > 12)
  writeFileSync(join(out, 'CNAME'), 'example.com')
  assert.deepEqual(pick(await write()), { written: 0, removed: 0 })
  renameSync(join(root, 'specs/001-log-in'), join(root, 'specs/001-sign-in'))
  assert.ok((await write()).removed > 0)
  assert.ok(!existsSync(join(out, 'features/specs-001-log-in.html')))
  assert.equal(readFileSync(join(out, 'CNAME'), 'utf8'), 'example.com')
})

test('a folder with files of others is refused, as is the workspace itself; a dry run writes nothing', async (t) => {
  const root = temporaryFolder(t)
  cpSync(join(PROJECTS, 'base'), root, { recursive: true })
  const code = async (...argv: string[]) => {
    const { stdout } = await runSpecify(root, ['site', '--json', ...argv])
    return (JSON.parse(stdout) as { error?: { code: string } }).error?.code
  }
  assert.equal(await code(), 'missing-folder')
  assert.equal(await code('-o', '.'), 'folder-is-workspace')
  assert.equal(await code('-o', 'specs'), 'folder-not-empty')
  assert.equal(await code('-o', 'public', '--compare-with', 'HEAD'), 'not-compared')
  mkdirSync(join(root, 'empty'))
  assert.equal(await code('-o', 'empty', '--dry-run'), undefined)
  assert.deepEqual(readdirSync(join(root, 'empty')), [])
})

function pick({ written, removed }: { written: number; removed: number }) {
  return { written, removed }
}

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html'))
}

const idsOf = new Map<string, Set<string>>()

function assertLinks(folder: string, page: string): void {
  const text = readFileSync(join(folder, page), 'utf8')
  for (const [, link] of text.matchAll(/ (?:href|src|action|data-search|data-findings)="([^"]*)"/g)) {
    const url = link!.replaceAll('&amp;', '&')
    if (/^(?:https?|mailto):/.test(url)) continue
    const [path = '', anchor] = url.replace(/\?[^#]*/, '').split('#')
    const target = path === '' ? page : posix.join(posix.dirname(page), path)
    assert.ok(!target.startsWith('..'), `${page} leads outside: ${url}`)
    assert.ok(statSync(join(folder, target), { throwIfNoEntry: false })?.isFile(), `${page} → ${url}`)
    if (anchor === undefined || anchor === '' || !target.endsWith('.html')) continue
    const key = join(folder, target)
    const ids =
      idsOf.get(key) ??
      new Set([...readFileSync(key, 'utf8').matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!))
    idsOf.set(key, ids)
    assert.ok(ids.has(anchor), `${page} → ${url}: no such anchor`)
  }
}

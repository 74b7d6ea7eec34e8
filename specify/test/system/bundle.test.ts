import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, suite, test } from 'node:test'

const SPECIFY = join(import.meta.dirname, '../..')

suite('the program as one file, alone in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'specify-bundle-'))
  const alone = join(folder, 'alone')
  const { node, version } = oldestNode()
  let project = ''

  before(() => {
    const built = join(folder, 'built.cjs')
    const { status, stderr } = spawnSync(process.execPath, [join(SPECIFY, 'bundle.ts'), '--out', built])
    assert.equal(status, 0, String(stderr))
    mkdirSync(alone)
    copyFileSync(built, join(alone, 'specify.cjs'))
    rmSync(built)
  })
  after(() => rmSync(folder, { recursive: true }))

  test(`Node ${version} starts it`, () => {
    assert.match(run(alone, '--version').stdout, /^specify \d+\.\d+\.\d+\n$/)
    assert.deepEqual(readdirSync(alone), ['specify.cjs'])
  })

  test('the licences of the packages in it lie beside what is built', () => {
    const notice = readFileSync(join(folder, 'LICENSES.txt'), 'utf8')
    for (const name of [
      '@modelcontextprotocol/sdk',
      'ajv',
      'gpt-tokenizer',
      'js-yaml',
      'micromark',
      'refa',
      'zod',
    ])
      assert.match(notice, new RegExp(`^${RegExp.escape(name)} \\d\\S+ \\(\\S.*\\)$`, 'm'))
    assert.match(notice, /Permission is hereby granted, free of charge/)
    assert.doesNotMatch(notice, /brings no text/)
  })

  test('init brings the templates and prompts, and validate, specify, find, status and budget work there', () => {
    assert.equal(run(alone, 'init', 'shop', '--ai', 'claude').status, 0)
    project = join(alone, 'shop')
    assert.match(run(project, 'specify', 'Pay by card').stdout, /specs\/001-pay-card\/spec\.md/)
    assert.match(run(project, 'validate', '--all').stdout, /\[placeholder\]/)
    assert.match(run(project, 'find', 'pay card').stdout, /specs\/001-pay-card\/spec\.md/)
    assert.match(run(project, 'budget', 'specs').stdout, /o200k_base/)
    assert.match(run(project, 'budget', 'specs', '--encoding', 'cl100k_base').stdout, /cl100k_base/)
  })

  test('the path of a template that is only inside the program can be read', () => {
    const bare = join(alone, 'bare')
    cpSync(join(SPECIFY, 'test/projects/base'), bare, { recursive: true })
    const { stdout, stderr, status } = run(bare, 'resolve-template', 'checklist')
    assert.equal(status, 0, stderr)
    assert.match(stdout, /checklist/i)
  })

  test('scenarios run and contracts compare as they do from the sources', () => {
    const platform = join(SPECIFY, 'test/projects/contracts-platform')
    for (const argv of [
      ['test', '--check'],
      ['validate-contracts', '--json'],
      ['service-catalog', '--dry-run', '--json'],
    ]) {
      const bundled = run(platform, ...argv)
      const source = spawnSync(process.execPath, [join(SPECIFY, 'bin/specify.js'), ...argv], {
        cwd: platform,
      })
      assert.equal(bundled.stdout, String(source.stdout), argv.join(' '))
      assert.equal(bundled.status, source.status)
    }
  })

  test('a coding agent can talk to it by the Model Context Protocol', () => {
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'x', version: '1' },
    }
    const { stdout } = spawnSync(node, [join(alone, 'specify.cjs'), 'mcp'], {
      cwd: join(SPECIFY, 'test/projects/base'),
      encoding: 'utf8',
      input: `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`,
    })
    assert.match(stdout, /"serverInfo":\{"name":"specify"/)
  })

  test('help, completion and the manual page come out', () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      assert.match(run(alone, 'completion', shell).stdout, /validate-contracts/)
    assert.match(run(alone, 'man').stdout, /^\.TH /m)
    assert.match(run(alone, '--help').stdout, /find/)
  })

  function run(cwd: string, ...argv: string[]) {
    return spawnSync(node, [join(alone, 'specify.cjs'), ...argv], { cwd, encoding: 'utf8' })
  }
})

/** The oldest Node from 20 on that the PATH has; else the one that runs this test. */
function oldestNode(): { node: string; version: string } {
  const found = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => {
    const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim().slice(1)
    return version !== undefined && Number.parseInt(version, 10) >= 20 ? [{ node, version }] : []
  })
  found.sort((a, b) => Number.parseInt(a.version, 10) - Number.parseInt(b.version, 10))
  return found[0] ?? { node: process.execPath, version: process.versions.node }
}

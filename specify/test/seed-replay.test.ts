import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test, type TestContext } from 'node:test'
import { tokenCounter } from '../src/context/count-tokens.ts'
import { runSpecify, temporaryFolder } from './run-specify.ts'
import { designDocument, microservices, singleProject, type Step } from './seed-pages.ts'

// The tutorials, typed line by line into an empty folder.

const WRITTEN = join(import.meta.dirname, 'projects/ecommerce-pages')

test('the tutorial of four services, typed line by line, shows what it promises', async (t) => {
  await replay(t, microservices)
})

test('the tutorial of an online shop', async (t) => {
  const sentence = 'Build an generic ecommerce website with these qualities: loosely coupled services'
  await replay(t, singleProject('crud-postgres-app', sentence, '001-build-generic-ecommerce'))
})

test('the tutorial of a data generator', async (t) => {
  const sentence = 'A command-line tool that transforms declarative JSON schema definitions into dump files'
  await replay(t, singleProject('datagen-cli', sentence, '001-command-line-tool'))
})

test('the page about design documents', async (t) => {
  await replay(t, designDocument)
})

/** Words an agent is told; its prompt passes on only what the program's half takes. */
const TAKES_PROSE = new Set(['constitution', 'plan', 'clarify', 'tasks', 'analyze', 'implement'])

async function replay(t: TestContext, steps: readonly Step[]): Promise<void> {
  const start = temporaryFolder(t)
  let cwd = start
  let root = start
  for (const step of steps) {
    if ('put' in step) {
      for (const line of step.put) put(root, line)
      continue
    }
    const { typed, exit = 0, shows = [] } = step
    const [program = '', ...words] = split(typed)
    if (program === 'cd') cwd = existing(resolve(cwd, words[0]!))
    else if (program === 'mkdir') mkdirSync(resolve(cwd, words.at(-1)!), { recursive: words[0] === '-p' })
    else if (program === 'cp') cpSync(existing(resolve(cwd, words[0]!)), resolve(cwd, words[1]!))
    else if (program === 'git') git(cwd, words[0]!)
    else {
      const argv = (program === 'specify' ? words : agentsCall(root, program, words)).map((word) =>
        word.includes('*') ? globSync(word, { cwd })[0]! : word,
      )
      const { exitCode, stdout, stderr } = await runSpecify(cwd, argv)
      const screen = stdout + stderr
      assert.equal(exitCode, exit, `${typed}\n${screen}`)
      const wide = screen.replaceAll(/ +\n/g, '\n')
      for (const text of shows) assert.ok(wide.includes(text), `${typed} does not show "${text}":\n${screen}`)
      if (argv[0] === 'init') root = argv[1] === '.' ? cwd : join(cwd, argv[1]!)
    }
  }
}

/** What the agent runs when somebody types the line: its installed prompt must name the command. */
function agentsCall(root: string, slash: string, words: readonly string[]): string[] {
  const verb = slash.replace('/speckit.', '')
  const prompts = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    new RegExp(`speckit[-.]${verb}\\b.*\\.md$`).test(path),
  )
  assert.ok(prompts.length > 0, `init installed no prompt for ${slash}`)
  assert.match(readFileSync(join(root, prompts[0]!), 'utf8'), new RegExp(`specify ${verb}\\b`))
  return TAKES_PROSE.has(verb) ? [verb] : verb === 'specify' ? [verb, words.join(' ')] : [verb, ...words]
}

/** `a`, `a → b` to put it elsewhere, or `api-spec.yaml → image-format` for the change the page makes. */
function put(root: string, line: string): void {
  const [from = '', to = from] = line.split(' → ')
  if (to === 'image-format') {
    const path = join(root, from)
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace('required: [image]', 'required: [image, imageFormat]')
        .replace(
          'image: { type: string }',
          'image: { type: string }\n                imageFormat: { type: string }',
        ),
    )
    return
  }
  mkdirSync(dirname(join(root, to)), { recursive: true })
  cpSync(join(WRITTEN, from), join(root, to))
}

function git(cwd: string, what: string): void {
  const run = (...args: string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' })
  if (what === 'init') run('init', '-q')
  else {
    run('add', '-A')
    run('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'Start')
  }
}

function existing(path: string): string {
  assert.ok(existsSync(path), `${path} is not there`)
  return path
}

function split(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
}

const MARKETPLACE = join(import.meta.dirname, '../../marketplace')
const NEIGHBOURS = ['cart-service', 'inventory-service', 'payment-service', 'notification-service']

// The page estimates 40,000 tokens for the one way, 12,000 for the other. These are counted, on five services of our own.
test('working on one of five services costs a fraction when quick references stand in for documents', async (t) => {
  const count = await tokenCounter()
  const read = (path: string) => count(readFileSync(join(MARKETPLACE, path), 'utf8'))
  const below = (service: string, folder: string) =>
    readdirSync(join(MARKETPLACE, 'services', service, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:md|yaml|json)$/.test(path))
      .map((path) => `services/${service}/${folder}/${path}`)
  const shown = async (...argv: string[]) => count((await runSpecify(MARKETPLACE, argv)).stdout)

  const everything = ['order-service', ...NEIGHBOURS].flatMap((service) => [
    ...below(service, 'specs'),
    ...below(service, 'contracts'),
  ])
  const traditional = everything.reduce((sum, path) => sum + read(path), 0)
  const quickRefs = NEIGHBOURS.flatMap((name) => below(name, 'specs')).filter((path) =>
    path.endsWith('quick-ref.md'),
  )
  assert.equal(quickRefs.length, 4)
  const parts = {
    catalog: await shown('service-catalog', '--graph-only'),
    find: await shown('find', '--limit', '5', '--type', 'specs', 'order processing'),
    quickRefs: quickRefs.reduce((sum, path) => sum + read(path), 0),
    spec: read(below('order-service', 'specs').find((path) => path.endsWith('/spec.md'))!),
    budget: await shown('budget', 'services/order-service'),
  }
  const optimized = Object.values(parts).reduce((sum, tokens) => sum + tokens, 0)
  const saved = Math.round(100 * (1 - optimized / traditional))
  t.diagnostic(
    `all documents ${traditional} tokens; ${JSON.stringify(parts)}, together ${optimized}: ${saved} % saved`,
  )
  for (const path of quickRefs) assert.ok(read(path) <= 200, path)
  assert.ok(saved >= 70, `${saved} %`)
})

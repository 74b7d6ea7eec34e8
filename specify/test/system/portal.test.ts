import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openGatherer } from '../../src/portal/gather.ts'
import { siteOf } from '../../src/portal/site.ts'
import { writeSite } from '../../src/portal/write-site.ts'
import { assertAccessible, launchBrowser, noBrowser } from '../browser.ts'
import { writeHostileWorkspace } from '../hostile-workspace.ts'
import { kindsOfPages } from '../portal-pages.ts'

const SPECIFY = join(import.meta.dirname, '../..')
const PLATFORM = join(SPECIFY, 'test/projects/contracts-platform')

suite('the portal in a browser', { skip: noBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'specify-portal-'))
  let browser: Browser
  const sites = new Map<string, { url: string; pages: [string, string][]; all: string[] }>()

  before(async () => {
    writeHostileWorkspace(join(folder, 'hostile'))
    cpSync(PLATFORM, join(folder, 'platform'), { recursive: true })
    cpSync(join(SPECIFY, 'test/projects/broken'), join(folder, 'broken'), { recursive: true })
    writeFileSync(join(folder, '.speckit.config.json'), '{}')
    for (const name of ['hostile', 'platform', 'broken']) sites.set(name, await siteFor(join(folder, name)))
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  async function siteFor(root: string) {
    const { signal } = new AbortController()
    const portal = await openGatherer(root, signal).gather(undefined)
    const out = `${root}-site`
    await writeSite(portal, out, { comparison: undefined, signal, onFile: () => {} })
    const all = siteOf(portal).paths.filter((path) => path.endsWith('.html'))
    return { url: pathToFileURL(out).href, pages: kindsOfPages(portal), all }
  }

  const BROKEN = '"broken" in document.documentElement.dataset'
  const LOOKS: BrowserContextOptions[] = [
    { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'light', viewport: { width: 360, height: 740 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ]

  for (const name of ['platform', 'broken', 'hostile'])
    test(`every kind of page of the ${name} workspace is accessible, wide and narrow, light and dark, and fits its window`, async () => {
      const { url, pages } = sites.get(name)!
      // The other two show what is odd; their colours are the same.
      for (const look of name === 'platform' ? LOOKS : [LOOKS[0]!, LOOKS[3]!]) {
        const page = await opened(look)
        for (const [kind, path] of pages) {
          await page.goto(`${url}/${path}`)
          await openAll(page)
          const what = `${kind} ${look.colorScheme} ${look.viewport!.width}`
          await assertAccessible(page, what)
          assert.equal(
            await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
            true,
            `${what} is wider than its window`,
          )
        }
        await page.context().close()
      }
    })

  test('nothing a spec or contract says runs in the page', async () => {
    const { url, all } = sites.get('hostile')!
    const page = await opened()
    for (const path of all) {
      await page.goto(`${url}/${path}`)
      await openAll(page)
      assert.equal(await page.evaluate(BROKEN), false, path)
    }
    for (const path of [
      'search.html?q=img',
      'findings.html',
      'search.html?q=<img%20src=x%20onerror=document.documentElement.dataset.broken=1>',
    ]) {
      await page.goto(`${url}/${path}`)
      await page.waitForFunction(
        'document.querySelector("[data-list]").children.length > 0 || document.querySelector("[data-shown]").textContent.startsWith("Nothing")',
      )
      assert.equal(await page.evaluate(BROKEN), false, path)
    }
  })

  test('search finds by word and id, and its results lead to the place', async () => {
    const page = await opened()
    await page.goto(`${sites.get('platform')!.url}/index.html`)
    await page.keyboard.press('/')
    await page.keyboard.type('user-service')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.results li')
    assert.match(await page.locator('.results li').first().innerText(), /user-service/)
    await page.getByLabel('Search for').fill('US1.1')
    await page.getByLabel('Kind').selectOption('scenario')
    await page.waitForFunction(
      'document.querySelectorAll(".results .tag").length > 0 && [...document.querySelectorAll(".results .tag")].every((tag) => tag.textContent === "scenario")',
    )
    assert.match(page.url(), /q=US1\.1&kind=scenario$/)
    await page.locator('.results a').first().click()
    await page.waitForSelector('[id="US1.1"]:target')
  })

  test('the filters of the findings stand in the address', async () => {
    const page = await opened()
    const { url } = sites.get('broken')!
    await page.goto(`${url}/findings.html?severity=error`)
    await page.waitForFunction(
      'location.search === "?severity=error" && !document.querySelector(".findings .warning")',
    )
    const errors = await page.locator('.findings > li').count()
    assert.ok(errors > 0)
    await page.getByLabel('Severity').selectOption('')
    await page.getByLabel('Words or path').fill('FR-004')
    await page.waitForFunction('document.querySelectorAll(".findings > li").length === 2')
    assert.match(page.url(), /\?q=FR-004$/)
  })

  test('the graph is moved by keys, buttons and wheel, and a service is shown by name', async () => {
    const page = await opened()
    await page.goto(`${sites.get('platform')!.url}/graph.html`)
    const box = () => page.locator('svg.graph').first().getAttribute('viewBox')
    let last = await box()
    const changes = async (what: string) => {
      const now = await box()
      assert.notEqual(now, last, what)
      last = now
    }
    await page.locator('.canvas').focus()
    for (const key of ['ArrowRight', 'ArrowDown', '+', '-', '1', '0']) {
      await page.keyboard.press(key)
      if (key !== '1') await changes(key)
    }
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await changes('zoom in')
    await page.locator('.canvas').hover()
    await page.mouse.wheel(0, 240)
    await page.waitForFunction(
      `document.querySelector("svg.graph").getAttribute("viewBox") !== ${JSON.stringify(last)}`,
    )
    await page.getByLabel('Show').fill('user-service')
    assert.ok((await page.locator('.graph .node.near').count()) > 0)
    assert.equal(
      await page.evaluate(
        'document.querySelector(\'.node[data-name="user-service"]\').classList.contains("near")',
      ),
      true,
    )
  })

  test("the theme is the system's until the reader chooses, and then stays chosen", async () => {
    const page = await opened({ colorScheme: 'dark' })
    const theme = () => page.evaluate('document.documentElement.dataset.theme')
    const { url } = sites.get('platform')!
    await page.goto(`${url}/index.html`)
    assert.equal(await theme(), 'dark')
    await page.getByRole('button', { name: 'Light theme' }).click()
    await page.goto(`${url}/services.html`)
    assert.equal(await theme(), 'light')
  })

  test('with the keyboard one gets past the navigation, and sees where one is', async () => {
    const page = await opened()
    await page.goto(`${sites.get('platform')!.url}/services.html`)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const focused =
      'document.querySelector("main").contains(document.activeElement) && getComputedStyle(document.activeElement).outlineStyle !== "none"'
    assert.equal(await page.evaluate(focused), true)
  })

  test('without JavaScript every page can be read and walked', async () => {
    const page = await opened({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
    await page.goto(`${sites.get('platform')!.url}/index.html`)
    await page.getByRole('link', { name: 'Services' }).first().click()
    assert.equal(await page.locator('h1').innerText(), 'Services')
    assert.ok(await page.locator('main table').isVisible())
  })

  suite('live', () => {
    let served: Served
    let service: Server
    let servicePort = 0
    const asked: string[] = []

    before(async () => {
      cpSync(PLATFORM, join(folder, 'live'), { recursive: true })
      service = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`)
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"hello":"there"}')
      }).listen(0, '127.0.0.1')
      await once(service, 'listening')
      servicePort = (service.address() as AddressInfo).port
      served = await serve(join(folder, 'live'))
    })
    after(async () => {
      service.close()
      served.child.kill('SIGKILL')
    })

    test('a request is built by the form, shown as curl, sent, and answered', async () => {
      const page = await opened()
      await page.goto(`${served.url}services.html`)
      await page.getByRole('link', { name: 'user-service' }).first().click()
      await page.locator('.operations a').first().click()
      const form = page.locator('details.operation[open] form.try')
      await page.locator('[data-server]').fill(`http://127.0.0.1:${servicePort}`)
      for (const field of await form.locator('input[required]').all()) await field.fill('it is')
      assert.match(
        await form.locator('[data-curl]').innerText(),
        new RegExp(`^curl .*'http://127\\.0\\.0\\.1:${servicePort}/`),
      )
      await form.getByRole('button', { name: 'Send' }).click()
      await form.locator('.reply .status').waitFor()
      assert.match(await form.locator('.reply').innerText(), /200 OK[^]*"hello": "there"/)
      assert.equal(asked.length, 1)
      await assertAccessible(page, 'a page with an answer')
    })

    test('a page renews itself when a file changes', async () => {
      const page = await opened()
      await page.goto(`${served.url}features.html`)
      const spec = join(folder, 'live/services/user-service/specs')
      const file = join(spec, firstSpec(spec))
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/^# .*$/m, '# Feature Specification: Changed a moment ago'),
      )
      await page.getByText('Changed a moment ago').first().waitFor()
    })

    test('breaking changes are asked for by revision; where there is no git it says so', async () => {
      const page = await opened()
      await page.goto(`${served.url}changes.html?ref=v1`)
      assert.equal(await page.getByLabel('Compared with').inputValue(), 'v1')
      assert.match(await page.locator('main').innerText(), /could not be compared/)
    })

    test('a scenario is run at a click and its outcome is on the page', async () => {
      const page = await opened()
      const root = join(folder, 'live')
      writeFileSync(
        join(root, '.speckit.config.json'),
        JSON.stringify({ baseUrl: `http://127.0.0.1:${servicePort}` }),
      )
      await page.goto(`${served.url}scenarios.html`)
      await page.getByRole('button', { name: 'Run all' }).click()
      await page.locator('.mark.failed').first().waitFor({ state: 'attached' })
      assert.match(await page.locator('.run-bar').innerText(), /Last run/)
      assert.ok(existsSync(join(root, '.speckit/cache/last-run.json')))
      await openAll(page)
      await assertAccessible(page, 'scenarios after a run')
    })

    test('no request of a page goes anywhere but to the portal', async () => {
      const page = await opened()
      const elsewhere: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith(served.url) && !request.url().startsWith('data:'))
          elsewhere.push(request.url())
      })
      const problems: string[] = []
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
      for (const [, path] of sites.get('platform')!.pages) {
        await page.goto(served.url + path)
        await page.waitForLoadState('load')
      }
      assert.deepEqual([elsewhere, problems], [[], []])
    })

    test('Ctrl-C ends it at once, with a page open, and the port is free again', async () => {
      const page = await opened()
      await page.goto(served.url)
      served.child.kill('SIGINT')
      const [code] = (await once(served.child, 'exit')) as [number]
      assert.equal(code, 130)
      await assert.rejects(fetch(served.url))
      await page.getByText('not connected').waitFor()
      const again = await serve(join(folder, 'live'), new URL(served.url).port)
      again.child.kill('SIGTERM')
      await once(again.child, 'exit')
    })
  })

  async function opened(look: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(look)
    return await context.newPage()
  }
})

type Served = { readonly url: string; readonly child: ChildProcess }

async function serve(root: string, port = '0'): Promise<Served> {
  const child = spawn(process.execPath, [join(SPECIFY, 'src/cli.ts'), 'serve', '--port', port], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Read to the end: whoever stops listening ends a process that still has something to say.
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (part: Buffer) => {
      said += String(part)
      const [found] = /http:\/\/\S+/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
    child.on('exit', () => reject(new Error(`the portal ended: ${said}`)))
  })
  return { url, child }
}

function firstSpec(folder: string): string {
  return `${readdirSync(folder)[0]}/spec.md`
}

/** Opens everything that can be opened, so that nothing is overlooked for being folded. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
}

// The main job as its user meets it: `npm start` in an empty data folder, buy as a guest in a real browser with and
// without JavaScript, read the e-mail and the order's history, Ctrl-C, start again and find the order. For .ci/run;
// prints what it does, how long it took, and `N passed, N failed`.

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { findChromium, launchBrowser } from './browser.ts'
import { freeBasePort } from './marketplace.ts'
import { call } from './shopper.ts'
import { addToBasket, goToPayment, openProduct, pay, someone } from './storefront.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'specwright-main-job-'))
const port = await freeBasePort()
const shop = `http://127.0.0.1:${port}`
const mailbox = `http://127.0.0.1:${port + 22}`
let [passed, failed] = [0, 0]
let running: ChildProcess | undefined
const bought: string[] = []

try {
  await step('npm start brings the shop up', start)
  if (findChromium() === undefined) say('  skipped: no Chromium, so nothing is bought through a browser')
  else {
    await step('a guest buys one thing in a browser', () => buy(true))
    await step('a guest buys one thing without JavaScript', () => buy(false))
  }
  await step('Ctrl-C stops everything', stop)
  await step('npm start again finds the data', start)
  await step('the orders are still there', async () => {
    for (const url of bought) {
      const page = await fetch(url)
      if (!page.ok || !(await page.text()).includes('Your order is confirmed'))
        throw new Error(`${url}: ${page.status}`)
    }
  })
  await step('Ctrl-C stops everything again', stop)
} finally {
  running?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function step(what: string, work: () => Promise<void>): Promise<void> {
  const from = performance.now()
  try {
    await work()
    passed++
    say(`✓ ${what} (${((performance.now() - from) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed++
    say(`✗ ${what}\n${error instanceof Error ? error.stack : String(error)}`)
  }
}

function start(): Promise<void> {
  // A process group of its own, so that Ctrl-C can be sent as a terminal does: to npm and all below it.
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, MARKETPLACE_DATA: folder, MARKETPLACE_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (text: string) => {
      output += text
      if (output.includes('Ready after')) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    child.once('exit', (code) => reject(new Error(`npm start ended with code ${code}:\n${output}`)))
  })
}

async function stop(): Promise<void> {
  const child = running!
  const ended = new Promise((resolve) => child.once('close', resolve))
  process.kill(-child.pid!, 'SIGINT')
  await ended
  running = undefined
  const left = (await Promise.all([shop, mailbox].map((url) => call(url)))).filter(
    ({ status }) => status !== 0,
  )
  if (left.length > 0) throw new Error('Something still answers after Ctrl-C.')
}

async function buy(javaScriptEnabled: boolean): Promise<void> {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ baseURL: shop, javaScriptEnabled })
    const page = await context.newPage()
    await openProduct(page, '/')
    await addToBasket(page)
    const email = someone()
    await goToPayment(page, email)
    await pay(page)
    await page.getByText('Payment received').first().waitFor()
    bought.push(page.url())
    await readMail(page, email)
  } finally {
    await browser.close()
  }
}

/** Opens the confirmation in the inbox; it comes a moment after the order. */
async function readMail(page: Page, email: string): Promise<void> {
  const mail = page.getByRole('link', { name: /is confirmed/ })
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await page.waitForTimeout(200)) {
    await page.goto(`${mailbox}/?to=${encodeURIComponent(email)}`)
    if ((await mail.count()) > 0) break
  }
  await mail.first().click()
  await page.getByText(email).first().waitFor()
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'
import { chromium, type Browser, type Page } from 'playwright-core'

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox', // Chromium refuses its sandbox to root; pages are our own
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where a Chromium is; CHROMIUM_PATH first. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM_PATH'] ?? '', ...KNOWN].find((path) => path !== '' && existsSync(path))
}

/** Why browser tests cannot run here, or false: for the `skip` of a test. */
export const noBrowser: string | false =
  findChromium() === undefined && 'no Chromium: install Debian\'s "chromium" or set CHROMIUM_PATH'

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium()!, args: FLAGS })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Fails with every accessibility rule of axe (WCAG 2.2 A and AA, best practices) that the page breaks. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> }
    }
    return (await loaded.run({ rules: { 'target-size': { enabled: true } } })).violations
  })
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map(({ html }) => html).join('\n    ')}`,
  )
  assert.deepEqual(told, [], what)
}

// A script for the page, as text: this file is checked without the browser's types.
const FOCUSED = `(() => {
  const element = document.activeElement
  const isOutlined = (one) => one !== null && getComputedStyle(one).outlineStyle !== 'none'
  return {
    text: element.textContent.trim(),
    id: element.id,
    href: element.getAttribute('href') ?? '',
    isMarked: isOutlined(element) || isOutlined(element.closest('.choice, .product-card')),
  }
})()`

export type Focused = {
  readonly text: string
  readonly id: string
  readonly href: string
  /** It, or the card around it, is outlined. */
  readonly isMarked: boolean
}

/** Presses Tab until `isThere` holds for the focused element; fails if focus never gets there. */
export async function tabTo(page: Page, what: string, isThere: (focused: Focused) => boolean): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<Focused>(FOCUSED)
    if (!isThere(focused)) continue
    assert.ok(focused.isMarked, `${what} shows no focus`)
    return
  }
  assert.fail(`Tab never reached ${what}`)
}

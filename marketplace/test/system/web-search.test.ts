import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { assertAccessible, launchBrowser, noBrowser } from '../browser.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'

// Finding things in a real browser. The small demo data has one department, Electronics, and three shops.

let shop: TestMarketplace
let browser: Browser

before(async () => {
  if (noBrowser) return
  const services = ['catalog-service', 'search-service', 'gateway', 'web']
  shop = await startMarketplace({ services })
  browser = await launchBrowser()
})

after(async () => {
  await browser?.close()
  await shop?.stop()
})

type Visitor = Page & AsyncDisposable

async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: shop.shopUrl, reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() })
}

/** The number the page says it found. */
async function total(page: Page): Promise<number> {
  return Number((await page.getByText(/^[\d,]+ products?$/).textContent())!.replaceAll(/\D/g, ''))
}

for (const javaScriptEnabled of [true, false])
  test(
    `a mistyped word finds, filters narrow to what they say and are taken back, ${javaScriptEnabled ? 'with' : 'without'} script`,
    { skip: noBrowser },
    async () => {
      await using page = await visitor({ javaScriptEnabled })
      await page.goto('/')
      await page.getByLabel('Search products').fill('elektronics')
      await page.getByRole('button', { name: 'Search', exact: true }).click()
      await page.waitForURL('**/search?q=elektronics')
      await page.getByText('These are the products for electronics.').waitFor()
      const all = await total(page)

      const shops = page.getByRole('group', { name: 'Shop' }).locator('label')
      const counts = (await shops.allTextContents()).map((text) => Number(/\d+$/.exec(text)![0]))
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        all,
      )
      await shops.nth(0).click()
      await shops.nth(1).click()
      await page.getByRole('button', { name: 'Show products' }).click()
      await page.waitForURL(/seller=.*seller=/)
      assert.equal(await total(page), counts[0]! + counts[1]!)
      // Without script axe itself would wait for ever.
      if (javaScriptEnabled) await assertAccessible(page, 'a narrowed search')

      await page.getByRole('navigation', { name: 'Chosen filters' }).getByRole('link').first().click()
      await page.waitForURL((url) => url.searchParams.getAll('seller').length === 1)
      assert.equal(
        await page.getByRole('group', { name: 'Shop' }).getByRole('checkbox', { checked: true }).count(),
        1,
      )
      assert.ok(counts.includes(await total(page)))
    },
  )

test('a department is narrowed by price and sorted, and pages keep both', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await page.goto('/c/electronics')
  assert.equal(await page.getByRole('group', { name: 'Department' }).count(), 0)
  await page.getByLabel(/^€25 to €50/).check()
  await page.getByRole('button', { name: 'Show products' }).click()
  await page.waitForURL('**/c/electronics?price=2500-5000**')
  await page.getByRole('link', { name: 'Price, high to low' }).click()
  await page.waitForURL(/price=2500-5000.*sort=price-desc/)
  const prices = (await page.locator('.product-card .price').allTextContents()).map((text) =>
    Number(text.slice(1)),
  )
  assert.ok(prices.length > 1)
  assert.deepEqual(
    prices,
    prices.toSorted((a, b) => b - a),
  )
  for (const price of prices) assert.ok(price >= 25 && price < 50, `${price} is out of the range`)
  if ((await total(page)) > 24) {
    await page.getByRole('link', { name: 'Next' }).click()
    await page.waitForURL(/page=2/)
    assert.match(page.url(), /price=2500-5000/)
  }
})

test(
  'on a narrow screen the filters wait behind a button that a keyboard opens',
  { skip: noBrowser },
  async () => {
    await using page = await visitor({ viewport: { width: 360, height: 740 } })
    await page.goto('/search')
    const apply = page.getByRole('button', { name: 'Show products' })
    assert.equal(await apply.isVisible(), false)
    await page.locator('.filters > summary').focus()
    await page.keyboard.press('Enter')
    await apply.waitFor()
    await assertAccessible(page, 'open filters')
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    assert.ok(overflow <= 0)
  },
)

test('the search field suggests how a word may go on', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await page.goto('/')
  await page.getByLabel('Search products').pressSequentially('electr')
  await page.locator('#suggestions option[value=electronics]').waitFor({ state: 'attached' })
})

test('who finds nothing sees what others like', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await page.goto('/search?q=xylophonquartz')
  await page.getByRole('heading', { name: 'What others like' }).waitFor()
  assert.ok((await page.locator('.product-card').count()) >= 4)
  await assertAccessible(page, 'an empty search')
})

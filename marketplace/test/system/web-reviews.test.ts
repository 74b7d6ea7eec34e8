import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoAccounts } from '../../demo-accounts.ts'
import { openAuditor } from '../audit.ts'
import { assertAccessible, launchBrowser, noBrowser, tabTo } from '../browser.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'

// Reviews in a real browser: reading them on the product, writing one from the order.

let shop: TestMarketplace
let browser: Browser

before(async () => {
  if (noBrowser) return
  ;[shop, browser] = await Promise.all([startMarketplace(), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await shop?.stop()
})

for (const javaScriptEnabled of [true, false])
  test(
    `a buyer writes a review from the order and finds it on the product, ${javaScriptEnabled ? 'with' : 'without'} script`,
    { skip: noBrowser },
    async () => {
      const page = await visitor(javaScriptEnabled)
      await signIn(page)
      const orderPath = await orderToReview(page)
      const line = page.locator('.line', { hasText: 'Write a review' }).first()
      const product = (await line.getByRole('link').first().getAttribute('href'))!
      await line.getByRole('link', { name: /^Write a review/ }).click()
      await page.waitForURL('**/review/**')
      await page.getByRole('button', { name: 'Send the review' }).click()
      assert.match((await page.getByRole('alert').textContent())!, /Please check 3 things/)
      if (javaScriptEnabled) await assertAccessible(page, 'the form with errors')

      const title = `Seen ${javaScriptEnabled ? 'with' : 'without'} script`
      await page.getByRole('radio', { name: '4 stars, good' }).check()
      await page.getByLabel('In a few words').fill(title)
      await page.getByLabel('Your review').fill('First line.\nSecond line.')
      await page.getByRole('button', { name: 'Send the review' }).click()
      await page.getByText('Everybody can read it now.').waitFor()
      assert.equal(new URL(page.url()).pathname, orderPath)
      if (javaScriptEnabled) await assertAccessible(page, 'the order with a review')

      await page.goto(product)
      const review = page.locator('.review', { hasText: title })
      assert.match((await review.textContent())!, /4 of 5 stars/)
      assert.match((await review.textContent())!, /Ada B\./)
      if (javaScriptEnabled) await assertAccessible(page, 'the product with reviews')
      await page.context().close()
    },
  )

test('sorting, stars and pages are in the address, without script', { skip: noBrowser }, async () => {
  const page = await visitor(false)
  await page.goto('/search?sort=featured')
  await page.goto((await page.locator('.product-card a').first().getAttribute('href'))!)
  const reviews = page.locator('#reviews')
  const total = await count(page)
  await reviews.getByRole('link', { name: /^5 stars: / }).click()
  await page.waitForURL(/rating=5#reviews$/)
  const fives = await count(page)
  assert.ok(fives > 0 && fives <= total)
  for (const text of await reviews.locator('.review-by').allTextContents()) assert.match(text, /5 of 5 stars/)
  await reviews.getByRole('link', { name: 'Worst first' }).click()
  await page.waitForURL(/rating=5&sort=lowest#reviews$/)
  const address = page.url().replace('#reviews', '')
  await page.goto(`${address}&page=999`)
  await reviews.getByText('There is nothing on this page.').waitFor()
  await page.goto(address.replace('rating=5&', ''))
  assert.equal(await count(page), total)
  await page.context().close()
})

test('stars are chosen by keyboard, and a guest is asked to sign in', { skip: noBrowser }, async () => {
  const page = await visitor(true)
  await signIn(page)
  const orderPath = await orderToReview(page)
  const form = (await page
    .getByRole('link', { name: /^Write a review/ })
    .first()
    .getAttribute('href'))!
  await page.goto(form)
  await tabTo(page, 'the first star', ({ id }) => id === 'rating')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  assert.ok(await page.getByRole('radio', { name: '3 stars, all right' }).isChecked())
  const guest = await visitor(true)
  await guest.goto(form)
  assert.equal(new URL(guest.url()).pathname, '/sign-in')
  assert.equal(new URL(guest.url()).searchParams.get('to'), `${orderPath}${form.slice(orderPath.length)}`)
  await page.context().close()
  await guest.context().close()
})

test('after all that, ratings and reviews agree', { skip: noBrowser }, async () => {
  const auditor = await openAuditor(shop)
  let found: string[] = ['not asked yet']
  // The catalogue hears of a review a moment after it is written.
  for (let tries = 0; tries < 50 && found.length > 0; tries++) {
    found = await auditor.violations()
    if (found.length > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.deepEqual(found, [])
  await auditor.query('catalog', 'update products set rating_count = rating_count + 1 where rating_count > 0')
  assert.match((await auditor.violations()).join('\n'), /a product's rating and its reviews disagree/)
  await auditor.close()
})

async function visitor(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({
    baseURL: shop.shopUrl,
    reducedMotion: 'reduce',
    javaScriptEnabled,
  })
  context.setDefaultTimeout(10_000)
  return await context.newPage()
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(demoAccounts[0].email)
  await page.getByLabel('Password').fill(demoAccounts[0].password)
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/account')
}

/** Opens the first order of the account that has a line without a review, and answers its path. */
async function orderToReview(page: Page): Promise<string> {
  await page.goto('/account')
  const links = page.locator('main a[href^="/orders/"]')
  const paths = await Promise.all(
    Array.from({ length: await links.count() }, async (_, i) => (await links.nth(i).getAttribute('href'))!),
  )
  for (const path of paths) {
    await page.goto(path)
    if ((await page.getByRole('link', { name: /^Write a review/ }).count()) > 0) return path
  }
  return assert.fail(`None of ${paths.length} orders has a line to review.`)
}

/** How many reviews the page says there are. */
async function count(page: Page): Promise<number> {
  return Number(
    /^[\d,]+/.exec((await page.locator('#reviews [role=status]').textContent())!)![0].replace(',', ''),
  )
}

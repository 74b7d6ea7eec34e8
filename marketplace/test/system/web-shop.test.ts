import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { assertAccessible, launchBrowser, noBrowser, tabTo } from '../browser.ts'
import { startMarketplace, type TestMarketplace } from '../marketplace.ts'
import {
  addToBasket,
  cents,
  checkOut,
  fillAddress,
  goToPayment,
  openProduct,
  orderPage,
  pay,
  person,
  someone,
} from '../storefront.ts'

// The whole product in a real browser: what a shopper does, with and without script.

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
    `a guest buys ${javaScriptEnabled ? 'with' : 'without'} script, sees the history and gets the mail`,
    { skip: noBrowser },
    async () => {
      await using page = await visitor({ javaScriptEnabled })
      await page.goto('/')
      await page.getByRole('navigation', { name: 'Departments' }).getByRole('link').first().click()
      await page.waitForURL('**/c/**')
      const name = await openProduct(page, page.url())
      await addToBasket(page, 2)
      const email = someone()
      await goToPayment(page, email)
      const orderId = await pay(page)
      const history = await page.locator('.timeline li:not(.ahead)').allTextContents()
      assert.equal(history.length, 2)
      assert.ok(await page.getByText(name, { exact: true }).first().isVisible())
      const mail = await mailTo(email)
      assert.match(JSON.stringify(mail), new RegExp(orderId.slice(0, 8)))
      await page.goto('/cart')
      assert.ok(await page.getByText('Your basket is empty').isVisible())
    },
  )

test('a declined card is told, the choice is kept, and another card buys', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await openProduct(page, '/search')
  await addToBasket(page)
  await goToPayment(page, someone())
  await page.getByText('Visa •••• 9995').click()
  await page.getByRole('button', { name: /^Pay / }).click()
  const told = page.getByRole('alert')
  await told.waitFor()
  assert.match((await told.textContent())!, /too little money.*Nothing was charged/)
  assert.ok(await page.getByRole('radio', { name: 'Visa •••• 9995' }).isChecked())
  await page.getByText('Mastercard •••• 4444').click()
  await pay(page)
})

test('the same form sent five times at once places one order', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await openProduct(page, '/search?sort=newest')
  await addToBasket(page)
  await goToPayment(page, someone())
  // A script of the page itself, as text: this file is checked without the browser's types.
  const places = await page.evaluate<string[]>(`(() => {
    const form = document.querySelector('form[method=post]')
    const send = () => fetch(form.action, { method: 'post', body: new URLSearchParams(new FormData(form)) })
    return Promise.all([1, 2, 3, 4, 5].map(async () => (await send()).url))
  })()`)
  for (const place of places) assert.match(new URL(place).pathname, /^\/(orders\/|checkout\/.+\/processing$)/)
  const orders = places.map((place) => new URL(place).pathname).filter((path) => path.startsWith('/orders/'))
  assert.equal(new Set(orders).size <= 1, true)
  await page.reload()
  const orderId = await orderPage(page)
  for (const path of orders) assert.equal(path, `/orders/${orderId}`)
})

for (const javaScriptEnabled of [true, false])
  test(
    `wrong input is told field by field and kept, ${javaScriptEnabled ? 'with' : 'without'} script`,
    { skip: noBrowser },
    async () => {
      await using page = await visitor({ javaScriptEnabled })
      await openProduct(page, '/search')
      await addToBasket(page)
      await checkOut(page)
      await fillAddress(page, 'nobody')
      await page.getByLabel('Postcode').fill('!')
      await page.getByRole('button', { name: 'Continue to delivery' }).click()
      const summary = page.getByRole('alert')
      assert.match((await summary.textContent())!, /Please check 2 things/)
      assert.equal(await page.getByLabel('E-mail').getAttribute('aria-invalid'), 'true')
      await summary.getByRole('link').last().click() // leads to its field, and loses nothing
      assert.equal(await page.locator(':focus').getAttribute('id'), 'postcode')
      assert.equal(await page.getByLabel('E-mail').inputValue(), 'nobody')
      assert.equal(await page.getByLabel('City').inputValue(), person.City)
    },
  )

test('going back after a form shows the page before it', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await openProduct(page, '/search')
  await addToBasket(page)
  await checkOut(page)
  await fillAddress(page, someone())
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await page.getByRole('heading', { name: 'How fast?' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Where does it go?' }).waitFor()
  assert.equal(await page.getByLabel('City').inputValue(), person.City)
  await page.goBack()
  await page.getByRole('heading', { name: 'Basket' }).waitFor()
})

for (const javaScriptEnabled of [true, false])
  test(
    `choosing express raises the total that is shown, ${javaScriptEnabled ? 'at once' : 'by a button without script'}`,
    { skip: noBrowser },
    async () => {
      await using page = await visitor({ javaScriptEnabled })
      await openProduct(page, '/search?sort=price-asc')
      await addToBasket(page)
      await checkOut(page)
      await fillAddress(page, someone())
      await page.getByRole('button', { name: 'Continue to delivery' }).click()
      await page.getByRole('heading', { name: 'How fast?' }).waitFor()
      const total = page.locator('aside .grand .money')
      const before = cents((await total.textContent())!)
      await page.getByText('Express').click()
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Update the total' }).click()
      await eventually(async () => cents((await total.textContent())!) > before)
      assert.ok(await page.getByRole('radio', { name: 'Express' }).isChecked())
    },
  )

test('a changed quantity changes the sum, and a removed line is gone', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await openProduct(page, '/search')
  await addToBasket(page)
  await page.goto('/cart')
  const one = cents((await page.locator('.line-total').textContent())!)
  await page.getByLabel('Quantity').selectOption('2')
  await page.getByText('The quantity is changed.').waitFor()
  assert.equal(cents((await page.locator('.line-total').textContent())!), 2 * one)
  assert.match(
    (await page
      .getByRole('link', { name: /Basket/ })
      .first()
      .textContent())!,
    /2 items/,
  )
  await page.getByRole('button', { name: /Remove/ }).click()
  await page.getByText('Your basket is empty').waitFor()
})

test('a purchase needs no mouse', { skip: noBrowser }, async () => {
  await using page = await visitor()
  await page.goto('/search?sort=newest')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter') // the skip link
  await tabTo(page, 'the first product', ({ href }) => href.startsWith('/p/'))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/p/**')
  await tabTo(page, 'Add to basket', ({ text }) => text === 'Add to basket')
  await page.keyboard.press('Enter')
  await page.getByText('It is in your basket.').waitFor()
  await tabTo(page, 'the basket', ({ text }) => text === 'Go to the basket')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/cart')
  await tabTo(page, 'Check out', ({ text }) => text === 'Check out')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Where does it go?' }).waitFor()
  for (const [id, value] of [
    ['email', someone()],
    ['name', person['Full name']],
    ['street', person['Street and number']],
    ['postcode', person.Postcode],
    ['city', person.City],
  ] as const) {
    await tabTo(page, id, (focused) => focused.id === id)
    await page.keyboard.type(value)
  }
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'How fast?' }).waitFor()
  await tabTo(page, 'Continue to payment', ({ text }) => text === 'Continue to payment')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
  await tabTo(page, 'Pay', ({ text }) => text.startsWith('Pay '))
  await page.keyboard.press('Enter')
  await orderPage(page)
})

test('an account keeps its orders, and signing out closes it', { skip: noBrowser }, async () => {
  await using page = await visitor()
  const email = someone()
  await page.goto('/register')
  await page.getByLabel('Name').fill('Ada Blum')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Open account' }).click()
  await page.getByText('Use at least 10 characters.').first().waitFor()
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: 'Open account' }).click()
  await page.getByRole('heading', { name: 'Hello, Ada Blum' }).waitFor()
  await openProduct(page, '/search')
  await addToBasket(page)
  await checkOut(page)
  assert.equal(await page.getByLabel('E-mail').inputValue(), email)
  await goToPayment(page, email)
  const orderId = await pay(page)
  await page.goto('/account')
  await page.locator(`a[href="/orders/${orderId}"]`).click()
  await page.locator(`[data-order-id="${orderId}"]`).waitFor()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(`${shop.shopUrl}/`)
  await page.goto(`/orders/${orderId}`)
  await page.getByRole('heading', { name: 'We cannot show this order' }).waitFor()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('do not belong together').waitFor()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(
    `no page breaks an accessibility rule or needs sideways scrolling at 360 pixels, ${colorScheme}`,
    { skip: noBrowser },
    async () => {
      await using page = await visitor({ colorScheme, viewport: { width: 360, height: 740 } })
      const look = async (what: string) => {
        await assertAccessible(page, what)
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        assert.ok(overflow <= 0, `${what} is ${overflow} pixels too wide`)
      }
      for (const path of [
        '/',
        '/search',
        '/search?q=zzzzzz',
        '/shops',
        '/cart',
        '/sign-in',
        '/register',
        '/nowhere',
      ]) {
        await page.goto(path)
        await look(path)
      }
      await page.goto('/shops')
      await page.locator('.shop-list a').first().click()
      await page.waitForURL('**/shops/*')
      await look('a shop')
      await page.goto('/')
      await page.locator('.department-grid a').first().click()
      await page.waitForURL('**/c/**')
      await look('a department')
      await openProduct(page, page.url())
      await look('a product')
      await addToBasket(page)
      await look('a product just put into the basket')
      await page.goto('/cart')
      await look('the basket')
      await checkOut(page)
      await page.getByRole('button', { name: 'Continue to delivery' }).click()
      await page.getByRole('alert').waitFor()
      await look('the address with errors')
      await fillAddress(page, someone())
      await page.getByRole('button', { name: 'Continue to delivery' }).click()
      await page.getByRole('heading', { name: 'How fast?' }).waitFor()
      await look('delivery')
      await page.getByRole('button', { name: 'Continue to payment' }).click()
      await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
      await look('payment')
      await pay(page)
      await look('the order')
    },
  )

type Visitor = Page & AsyncDisposable

/** A page of a visitor nobody knows yet; a script error on any page fails the test when the page is closed. */
async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: shop.shopUrl, reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text())
  })
  return Object.assign(page, {
    async [Symbol.asyncDispose]() {
      await context.close()
      assert.deepEqual(errors, [])
    },
  })
}

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    if (await isTrue().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail(`It never came true: ${isTrue.toString()}`)
}

async function mailTo(email: string): Promise<readonly unknown[]> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline;) {
    const answer = await fetch(`${shop.mailboxUrl}/api/messages?to=${encodeURIComponent(email)}`)
    const { data } = (await answer.json()) as { data: unknown[] }
    if (data.length > 0) return data
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return assert.fail(`No mail to ${email} arrived.`)
}

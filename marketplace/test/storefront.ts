import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

// Steps that journeys through the storefront share, by what a person sees: labels, buttons, headings.

export const person = {
  'Full name': 'Ada Blum',
  'Street and number': 'Lindenweg 7',
  Postcode: '79102',
  City: 'Freiburg',
} as const

/** Opens the first product of the list at `path` that can be bought, and answers its name. */
export async function openProduct(page: Page, path: string): Promise<string> {
  await page.goto(path)
  const names = page.locator('.product-card a')
  for (let i = 0; i < (await names.count()); i++) {
    await page.goto(path)
    await names.nth(i).click()
    await page.waitForURL('**/p/**')
    if (await page.getByRole('button', { name: 'Add to basket' }).isVisible())
      return (await page.getByRole('heading', { level: 1 }).textContent())!
  }
  return assert.fail(`Nothing at ${path} can be bought.`)
}

export async function addToBasket(page: Page, quantity = 1): Promise<void> {
  await page.getByLabel('Quantity').selectOption(String(quantity))
  await page.getByRole('button', { name: 'Add to basket' }).click()
  await page.getByText('It is in your basket.').waitFor()
}

/** From the basket to the form of the first step. */
export async function checkOut(page: Page): Promise<void> {
  await page.goto('/cart')
  await page.getByRole('button', { name: 'Check out' }).click()
  await page.getByRole('heading', { name: 'Where does it go?' }).waitFor()
}

export async function fillAddress(page: Page, email: string): Promise<void> {
  for (const [label, value] of Object.entries({ 'E-mail': email, ...person }))
    await page.getByLabel(label).fill(value)
}

/** From the first step to the last one. */
export async function goToPayment(page: Page, email: string): Promise<void> {
  await checkOut(page)
  await fillAddress(page, email)
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await page.getByRole('heading', { name: 'How fast?' }).waitFor()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await page.getByRole('heading', { name: 'Check and pay' }).waitFor()
}

/** Presses the button that buys and waits for the order page. */
export async function pay(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Pay / }).click()
  return await orderPage(page)
}

/** Waits for the order page with the history up to the confirmation, and answers the order's id. */
export async function orderPage(page: Page): Promise<string> {
  await page.waitForURL('**/orders/**', { timeout: 20_000 })
  await page.getByRole('heading', { name: 'Your order is confirmed' }).waitFor({ timeout: 20_000 })
  return (await page.locator('[data-order-id]').getAttribute('data-order-id'))!
}

export function someone(): string {
  return `ada-${crypto.randomUUID().slice(0, 8)}@example.com`
}

/** `€1,234.50` as cents. */
export function cents(text: string): number {
  return Number(text.replaceAll(/[^0-9]/g, ''))
}

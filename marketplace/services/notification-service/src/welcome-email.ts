import { html } from '../../../platform/html.ts'
import type { AuthUserRegistered } from '../../auth-service/contracts/events.ts'
import { button, emailPage, firstNameOf, SHOP_NAME, style, type Email } from './email-layout.ts'

export function welcomeEmail({ name }: Pick<AuthUserRegistered['data'], 'name'>, shopUrl: string): Email {
  const title = `Welcome to ${SHOP_NAME}`
  const sentence = 'Your account is open. Your orders will be listed in it, whatever shop they came from.'
  const body = html`
<h1 style="${style.heading}">Welcome, ${firstNameOf(name)}</h1>
<p style="${style.lead}">${sentence}</p>
<p style="margin:0">${button('Have a look around', shopUrl)}</p>`
  const text = `${SHOP_NAME}

Welcome, ${firstNameOf(name)}.

${sentence}

${shopUrl}
`
  return { subject: title, html: emailPage({ title, preview: sentence, body, shopUrl }), text }
}

const words: Readonly<Record<string, readonly [title: string, text: string]>> = {
  'not-found': ['There is nothing here', 'The address may be mistyped, or the product has left the shop.'],
  'order-not-found': [
    'We cannot show this order',
    'Use the link from your confirmation e-mail, or sign in with the account you ordered with.',
  ],
  'checkout-not-found': [
    'This checkout is not there any more',
    'Your basket is kept: start again from there.',
  ],
  'too-many-requests': ['That was a lot at once', 'Wait a few seconds, then reload this page.'],
  'shop-unavailable': [
    'A part of the shop is taking a break',
    'Nothing you did is lost. Try again in a moment.',
  ],
  unexpected: [
    'Something went wrong on our side',
    'It has been noted. Try again, or go back to the start page.',
  ],
}

export function ErrorWords({ status, code }: { readonly status: number; readonly code: string }) {
  const [title, text] = words[code] ?? words['unexpected']!
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`${title} · Colonnade`}</title>
      <div className="empty">
        <p className="eyebrow">{status}</p>
        <h1>{title}</h1>
        <p>{text}</p>
        <a className="button" href={code === 'checkout-not-found' ? '/cart' : '/'}>
          {code === 'checkout-not-found' ? 'Go to the basket' : 'Go to the start page'}
        </a>
      </div>
    </main>
  )
}

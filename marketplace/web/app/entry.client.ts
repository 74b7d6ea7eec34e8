// The only script of the shop pages (docs/decisions/0040). Every page works without it; with it a form is sent in the
// background and the answer takes the page's place, selects are sent when changed, waiting pages look again, and the search
// field suggests how what is typed may go on.

const root = document.documentElement
root.classList.add('enhanced')

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
  event.preventDefault()
  // A second click while the first is on its way changes nothing.
  if (form.dataset['pending'] !== undefined) return
  void send(form, event.submitter)
})

document.addEventListener('change', (event) => {
  const field = event.target
  if (!(field instanceof HTMLElement) || field.closest('[data-send-on-change]') === null) return
  const form = field.closest('form')
  form?.requestSubmit(form.querySelector<HTMLButtonElement>('[data-update]'))
})

let suggesting: ReturnType<typeof setTimeout> | undefined
document.addEventListener('input', (event) => {
  const field = event.target
  if (!(field instanceof HTMLInputElement) || field.list === null) return
  clearTimeout(suggesting)
  suggesting = setTimeout(() => void suggest(field), 150)
})

// Pages were put into history without being loaded, so going back loads the real one. Links within a page come here
// too, and must not lose what was typed.
let shownPage = location.pathname + location.search
addEventListener('popstate', () => {
  if (location.pathname + location.search !== shownPage) location.reload()
})

lookAgain()

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  form.dataset['pending'] = ''
  submitter?.setAttribute('aria-disabled', 'true')
  const fields = [...new FormData(form, submitter)].flatMap(
    ([name, value]) => (typeof value === 'string' ? [[name, value]] : []), // no form of ours sends files
  )
  try {
    const response = await fetch(form.action, { method: 'post', body: new URLSearchParams(fields) })
    await show(response, document.activeElement?.id)
  } catch {
    delete form.dataset['pending']
    submitter?.removeAttribute('aria-disabled')
    tell(form, 'The connection was lost. Please try again.')
  }
}

/** Puts the answered page in place of this one, and the reader where it matters: the notice, the same field, or the top. */
async function show(response: Response, focusedId: string | undefined): Promise<void> {
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const main = document.querySelector('main')
  if (main?.dataset['lookAgainMs'] !== undefined && main.innerHTML === page.querySelector('main')?.innerHTML)
    return lookAgain() // nothing new: leave focus and selection alone
  const url = new URL(response.url)
  const samePage = url.pathname === location.pathname
  if (samePage) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  shownPage = url.pathname + url.search
  document.title = page.title
  document.body.replaceChildren(...page.body.childNodes)
  const notice = document.querySelector<HTMLElement>('[data-focus]')
  const same = samePage && focusedId ? document.getElementById(focusedId) : null
  const target = notice ?? same ?? document.querySelector<HTMLElement>('main')
  if (!samePage) scrollTo(0, 0)
  target?.focus({ preventScroll: target !== notice })
  lookAgain()
}

async function suggest(field: HTMLInputElement): Promise<void> {
  const text = field.value
  const response = await fetch(`/search/suggestions?q=${encodeURIComponent(text)}`).catch(() => undefined)
  if (!response?.ok || field.value !== text) return // typed on meanwhile
  const options = ((await response.json()) as string[]).map((suggestion) => new Option('', suggestion))
  field.list?.replaceChildren(...options)
}

function tell(form: HTMLFormElement, text: string): void {
  form.querySelector('[data-told]')?.remove()
  const notice = document.createElement('p')
  notice.className = 'notice bad'
  notice.role = 'alert'
  notice.dataset['told'] = ''
  notice.textContent = text
  form.append(notice)
}

/** A page that waits for something names its patience in data-look-again-ms. */
function lookAgain(): void {
  const waiting = document.querySelector<HTMLElement>('[data-look-again-ms]')
  if (waiting === null) return
  setTimeout(() => void look(), Number(waiting.dataset['lookAgainMs']))
}

async function look(): Promise<void> {
  const response = await fetch(location.href).catch(() => undefined)
  if (response?.ok) await show(response, document.activeElement?.id)
  else lookAgain()
}

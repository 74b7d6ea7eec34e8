// A page of a live portal renews itself when a file of the workspace has changed, and can run scenarios.
const live = document.querySelector('meta[name=specify-live]')
if (live !== null && typeof EventSource !== 'undefined') {
  const root = document.documentElement.dataset.root
  const sign = document.querySelector('.live')
  const state = document.querySelector('[data-run-state]')
  const buttons = [...document.querySelectorAll('[data-run]')]
  const say = (text) => {
    if (state !== null) state.textContent = text
    else if (sign !== null) sign.textContent = text
  }
  const remember = `specify-place ${location.pathname}`

  const source = new EventSource(`${root}-/events`)
  let isLost = false
  source.addEventListener('open', () => {
    if (isLost) location.reload()
  })
  source.addEventListener('error', () => {
    isLost = true
    sign.classList.add('lost')
    sign.textContent = 'not connected'
  })
  source.addEventListener('changed', () => {
    // Whoever is filling in a form keeps it; the sign says that there is news.
    const isBusy =
      document.activeElement?.closest('form.try') !== null && document.activeElement !== document.body
    if (isBusy) {
      say('files changed: reload')
      return
    }
    sessionStorage.setItem(
      remember,
      JSON.stringify({
        top: scrollY,
        open: [...document.querySelectorAll('details[open][id]')].map(({ id }) => id),
      }),
    )
    location.reload()
  })
  source.addEventListener('running', (event) => {
    const { done, total, failed } = JSON.parse(event.data)
    for (const button of buttons) button.disabled = true
    say(`running ${done}/${total}${failed > 0 ? `, ${failed} failed` : ''}`)
  })
  source.addEventListener('stopped', (event) => {
    for (const button of buttons) button.disabled = false
    say(JSON.parse(event.data).message)
  })

  // From another machine the portal can only be read.
  for (const button of live.content === '' ? [] : buttons) {
    button.hidden = false
    button.addEventListener('click', () => void run(button))
  }

  async function run(button) {
    for (const one of buttons) one.disabled = true
    say('starting …')
    const answer = await fetch(`${root}-/run`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Specify-Token': live.content },
      body: JSON.stringify({ scenario: button.dataset.run }),
    })
    if (answer.ok) return
    for (const one of buttons) one.disabled = false
    say((await answer.json()).message)
  }

  const place = sessionStorage.getItem(remember)
  if (place !== null) {
    sessionStorage.removeItem(remember)
    const { top, open } = JSON.parse(place)
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
    scrollTo({ top, behavior: 'instant' })
  }
}

// What every page has: theme, menu, the key for search, times in the reader's zone, opening what an address points at.
const root = document.documentElement

const theme = document.querySelector('.theme')
if (theme !== null) {
  const name = () => {
    const next = root.dataset.theme === 'dark' ? 'Light' : 'Dark'
    theme.textContent = next
    theme.setAttribute('aria-label', `${next} theme`)
  }
  theme.hidden = false
  name()
  theme.addEventListener('click', () => {
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark'
    try {
      localStorage.setItem('specify-theme', root.dataset.theme)
    } catch {
      // it holds for this page then
    }
    name()
  })
}

const menu = document.querySelector('.menu')
const sections = document.querySelector('.sections')
if (menu !== null && sections !== null) {
  menu.hidden = false
  sections.classList.add('closed')
  menu.addEventListener('click', () => {
    const isOpen = !sections.classList.toggle('closed')
    menu.setAttribute('aria-expanded', String(isOpen))
  })
}

const find = document.querySelector('#find')
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    find?.focus()
  }
})

for (const time of document.querySelectorAll('time[datetime]')) {
  const moment = new Date(time.dateTime)
  if (!Number.isNaN(moment.getTime()))
    time.textContent = moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

const openTarget = () => {
  const id = decodeURIComponent(location.hash.slice(1))
  const target = id === '' ? null : document.getElementById(id)
  if (target === null) return
  for (let one = target.closest('details'); one !== null; one = one.parentElement?.closest('details') ?? null)
    one.open = true
  target.scrollIntoView()
}
addEventListener('hashchange', openTarget)
openTarget()

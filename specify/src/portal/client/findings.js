// The filters of the findings stand in the address. Rows are made of text nodes: what a finding quotes is never HTML.
const form = document.querySelector('[data-findings]')
if (form !== null) {
  const STEP = 150
  const SIGNS = { error: '✕', warning: '!', info: 'i' }
  const list = document.querySelector('[data-list]')
  const shown = document.querySelector('[data-shown]')
  const more = document.querySelector('[data-more]')
  const root = document.documentElement.dataset.root ?? ''
  let matching = []
  let limit = STEP

  const element = (name, className, ...children) => {
    const made = document.createElement(name)
    if (className !== '') made.className = className
    made.append(...children)
    return made
  }
  const row = ([severity, code, message, hint, file, line, link]) => {
    const sign = element('span', '', SIGNS[severity])
    sign.setAttribute('aria-hidden', 'true')
    const place = element('code', 'place', line > 0 ? `${file}:${line}` : file)
    const where = link === '' ? place : element('a', '', place)
    if (link !== '') where.href = root + link
    const about = element('p', 'quiet', ...(file === '' ? [] : [where, ' · ']), element('code', '', code))
    const said = element(
      'div',
      '',
      element('p', '', message),
      ...(hint === '' ? [] : [element('p', 'quiet', hint)]),
      about,
    )
    return element('li', '', element('span', `mark ${severity}`, sign, ` ${severity}`), said)
  }
  const draw = () => {
    list.replaceChildren(...matching.slice(0, limit).map(row))
    shown.textContent = `${Math.min(limit, matching.length).toLocaleString()} of ${matching.length.toLocaleString()} findings`
    more.hidden = matching.length <= limit
  }
  const apply = () => {
    const [severity, code] = [form.severity.value, form.code.value]
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean)
    matching = window.specifyFindings.filter(
      (one) =>
        (severity === '' || one[0] === severity) &&
        (code === '' || one[1] === code) &&
        words.every((word) => one.slice(1, 5).some((text) => text.toLowerCase().includes(word))),
    )
    limit = STEP
    draw()
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''))
    history.replaceState(null, '', `${location.pathname}${asked.size > 0 ? `?${asked}` : ''}`)
  }
  const data = document.createElement('script')
  data.src = form.dataset.findings
  data.addEventListener('load', () => {
    for (const [name, value] of new URLSearchParams(location.search)) if (form[name]) form[name].value = value
    form.addEventListener('input', apply)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      apply()
    })
    more.addEventListener('click', () => {
      limit += STEP
      draw()
    })
    apply()
  })
  document.head.append(data)
}

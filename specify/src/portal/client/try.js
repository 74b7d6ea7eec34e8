// "Try it": the request is built from the fields, shown as a line for curl, and sent. A live portal passes it on, because
// services seldom allow pages of other origins; from a file the browser asks directly, which mocks allow.
const server = document.querySelector('[data-server]')
const live = document.querySelector('meta[name=specify-live]:not([content=""])')
if (server !== null) {
  const remembered = `specify-server ${location.pathname}`
  server.closest('.server').hidden = false
  try {
    server.value = localStorage.getItem(remembered) ?? server.value
  } catch {
    // what the contract says will do
  }
  const forms = [...document.querySelectorAll('form.try')]

  const requestOf = (form) => {
    const { method, media } = form.dataset
    let path = form.dataset.path
    const query = new URLSearchParams()
    const headers = {}
    const cookies = []
    for (const [name, entered] of new FormData(form)) {
      const value = typeof entered === 'string' ? entered : '' // there is no field for files
      const [, place, key] = /^(path|query|header|cookie) (.*)$/s.exec(name) ?? []
      if (place === 'path') path = path.replaceAll(`{${key}}`, encodeURIComponent(value))
      else if (value === '') continue
      else if (place === 'query') query.append(key, value)
      else if (place === 'header') headers[key] = value
      else if (place === 'cookie') cookies.push(`${key}=${value}`)
    }
    if (cookies.length > 0) headers.Cookie = cookies.join('; ')
    const body = form.elements.body?.value
    if (body !== undefined && body !== '') headers['Content-Type'] = media
    const url = `${server.value.replace(/\/+$/, '')}${path}${query.size > 0 ? `?${query}` : ''}`
    return { method, url, headers, body: body === '' ? undefined : body }
  }
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`
  const curlOf = ({ method, url, headers, body }) =>
    [
      `curl ${method === 'GET' ? '' : method === 'HEAD' ? '--head ' : `-X ${method} `}${quoted(url)}`,
      ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
      ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
    ].join(' \\\n  ')
  const redraw = (form) => {
    form.querySelector('[data-curl] code').textContent = curlOf(requestOf(form))
  }
  const asked = async (request) => {
    if (live === null) {
      const { url, ...rest } = request
      const answer = await fetch(url, rest)
      return {
        status: answer.status,
        statusText: answer.statusText,
        headers: [...answer.headers],
        body: await answer.text(),
      }
    }
    const answer = await fetch(`${document.documentElement.dataset.root}-/try`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Specify-Token': live.content },
      body: JSON.stringify(request),
    })
    const told = await answer.json()
    if (!answer.ok) throw new Error(told.message)
    return told
  }
  const pretty = (text) => {
    try {
      return JSON.stringify(JSON.parse(text), null, 2)
    } catch {
      return text
    }
  }
  const part = (name, className, text) => {
    const made = document.createElement(name)
    made.className = className
    made.textContent = text
    return made
  }
  const block = (text) => {
    const pre = document.createElement('pre')
    pre.tabIndex = 0
    pre.append(part('code', '', text))
    return pre
  }
  const send = async (form) => {
    const reply = form.querySelector('.reply')
    const button = form.querySelector('[type=submit]')
    reply.hidden = false
    reply.replaceChildren(part('p', 'quiet', 'Waiting for the answer …'))
    button.disabled = true
    const startedAt = performance.now()
    try {
      const { status, statusText, headers, body } = await asked(requestOf(form))
      const line = part('p', '', '')
      line.append(
        part('span', `status s${String(status)[0]}`, `${status} ${statusText}`),
        part('span', 'quiet', `  ${Math.round(performance.now() - startedAt)} ms`),
      )
      const details = document.createElement('details')
      details.append(
        part('summary', 'quiet', `${headers.length} headers`),
        block(headers.map(([name, value]) => `${name}: ${value}`).join('\n')),
      )
      reply.replaceChildren(line, details, body === '' ? part('p', 'quiet', 'No body.') : block(pretty(body)))
    } catch (error) {
      const why =
        live === null
          ? ' Is it running, and does it allow requests from pages (CORS)? "specify mock" does.'
          : ''
      reply.replaceChildren(part('p', '', `No answer: ${error.message}.${why}`))
    } finally {
      button.disabled = false
    }
  }

  for (const form of forms) {
    form.hidden = false
    redraw(form)
    form.addEventListener('input', () => redraw(form))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void send(form)
    })
    form.querySelector('[data-copy-curl]').addEventListener('click', (event) => {
      navigator.clipboard?.writeText(form.querySelector('[data-curl]').textContent).then(
        () => (event.target.textContent = 'Copied'),
        () => (event.target.textContent = 'Select and copy'),
      )
    })
  }
  server.addEventListener('input', () => {
    for (const form of forms) redraw(form)
    try {
      localStorage.setItem(remembered, server.value)
    } catch {
      // it holds for this page then
    }
  })
}

// Search over the index of the whole workspace, which is loaded on this page only. Every word must be found; a hit in the
// title counts more than one in the text, and more at the beginning of a word.
const form = document.querySelector('[data-search]')
if (form !== null) {
  const MOST = 60
  const WEIGHT = {
    page: 3,
    service: 5,
    feature: 5,
    operation: 4,
    event: 4,
    story: 3,
    requirement: 3,
    scenario: 2,
    task: 1,
  }
  const list = document.querySelector('[data-list]')
  const shown = document.querySelector('[data-shown]')
  const root = document.documentElement.dataset.root ?? ''
  const asked = new URLSearchParams(location.search)
  form.q.value = asked.get('q') ?? ''
  form.kind.value = asked.get('kind') ?? ''

  const points = (text, word, whole) => {
    const at = text.indexOf(word)
    if (at === -1) return 0
    const isStart = at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1])
    return whole * (isStart ? 2 : 1) + (text.length === word.length ? whole * 4 : 0)
  }
  const scored = (words, kind) => {
    const hits = []
    for (const entry of window.specifySearch) {
      if (kind !== '' && entry[0] !== kind) continue
      const title = entry[1].toLowerCase()
      const text = entry[2].toLowerCase()
      let score = 0
      for (const word of words) {
        const own = points(title, word, 4) + points(text, word, 1)
        if (own === 0) {
          score = 0
          break
        }
        score += own
      }
      if (score > 0) hits.push([score + WEIGHT[entry[0]], entry])
    }
    return hits.sort((a, b) => b[0] - a[0])
  }
  const marked = (text, words) => {
    const pattern = new RegExp(
      `(${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|')})`,
      'gi',
    )
    return text.split(pattern).map((part, i) => {
      if (i % 2 === 0) return part
      const mark = document.createElement('mark')
      mark.textContent = part
      return mark
    })
  }
  const run = () => {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean)
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''))
    history.replaceState(null, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}`)
    if (words.length === 0) {
      list.replaceChildren()
      shown.textContent = `${window.specifySearch.length.toLocaleString()} things can be found.`
      return
    }
    const hits = scored(words, form.kind.value)
    shown.textContent =
      hits.length === 0
        ? `Nothing has all of: ${words.join(', ')}.`
        : `${Math.min(MOST, hits.length)} of ${hits.length.toLocaleString()} found`
    list.replaceChildren(
      ...hits.slice(0, MOST).map(([, [kind, title, text, path]]) => {
        const link = document.createElement('a')
        link.href = root + path
        link.append(...marked(title, words))
        const tag = document.createElement('span')
        tag.className = 'tag'
        tag.textContent = kind
        const about = document.createElement('p')
        about.className = 'quiet'
        about.append(...marked(text, words))
        const item = document.createElement('li')
        item.append(link, ' ', tag, ...(text === '' ? [] : [about]))
        return item
      }),
    )
  }
  const data = document.createElement('script')
  data.src = form.dataset.search
  data.addEventListener('load', () => {
    form.addEventListener('input', run)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      run()
    })
    run()
    if (form.q.value === '') form.q.focus()
  })
  document.head.append(data)
}

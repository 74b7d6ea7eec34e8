// Tables with a field above them show the rows that have all the words.
for (const field of document.querySelectorAll('[data-narrows]')) {
  const bar = field.closest('.narrow')
  const rows = [...bar.nextElementSibling.querySelectorAll('tbody tr')]
  const texts = rows.map((row) => row.textContent.toLowerCase())
  const status = bar.querySelector('[role=status]')
  bar.hidden = false
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const [i, row] of rows.entries()) {
      const isShown = words.every((word) => texts[i].includes(word))
      row.hidden = !isShown
      if (isShown) shown++
    }
    status.textContent = words.length === 0 ? '' : `${shown} of ${rows.length}`
  })
}

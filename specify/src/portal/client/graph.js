// Moving about in the graph: wheel, drag, two fingers, buttons, keys. It all comes down to the viewBox.
for (const viewer of document.querySelectorAll('[data-viewer]')) {
  const canvas = viewer.querySelector('.canvas')
  const svg = viewer.querySelector('svg.graph')
  const whole = svg.getAttribute('viewBox').split(' ').map(Number)
  let [x, y, width, height] = whole
  viewer.classList.add('on')
  viewer.querySelector('.tools').hidden = false
  svg.removeAttribute('width')
  svg.removeAttribute('height')

  const show = () => svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`)
  const shape = () => canvas.clientWidth / Math.max(1, canvas.clientHeight)
  /** The part shown has the shape of the canvas, so that a pixel is a pixel both ways. */
  const fit = () => {
    const wish = (canvas.clientWidth * whole[3]) / whole[2] + 24
    canvas.style.height = `${Math.min(innerHeight * 0.75, Math.max(280, Math.min(wish, whole[3] * 1.6 + 24)))}px`
    ;[x, y, width, height] = whole
    const wanted = shape()
    if (width / height > wanted) {
      y -= (width / wanted - height) / 2
      height = width / wanted
    } else {
      x -= (height * wanted - width) / 2
      width = height * wanted
    }
    // A graph of three boxes is not blown up to the size of the window.
    if (width < canvas.clientWidth) zoom(canvas.clientWidth / width)
    show()
  }
  const zoom = (factor, atX = x + width / 2, atY = y + height / 2) => {
    const next = Math.min(Math.max(width * factor, 120), Math.max(whole[2], whole[3] * shape()) * 2.5)
    const real = next / width
    x = atX - (atX - x) * real
    y = atY - (atY - y) * real
    width *= real
    height *= real
    show()
  }
  const real = () => zoom(canvas.clientWidth / width)
  const pointAt = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect()
    return [x + ((clientX - box.left) / box.width) * width, y + ((clientY - box.top) / box.height) * height]
  }
  const move = (dx, dy) => {
    x += dx
    y += dy
    show()
  }

  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.004), ...pointAt(event))
    },
    { passive: false },
  )
  const fingers = new Map()
  let wasDragged = false
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    fingers.set(event.pointerId, event)
    wasDragged = false
  })
  canvas.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId)
    if (before === undefined) return
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY]
    if (!wasDragged && Math.hypot(dx, dy) < 4) return
    wasDragged = true
    canvas.setPointerCapture(event.pointerId) // only now: a click must reach its link
    canvas.classList.add('moving')
    if (fingers.size === 2) {
      const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId)
      const span = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
      zoom(span(before) / Math.max(1, span(event)), ...pointAt(other))
    } else move((-dx / canvas.clientWidth) * width, (-dy / canvas.clientHeight) * height)
    fingers.set(event.pointerId, event)
  })
  const release = (event) => {
    fingers.delete(event.pointerId)
    if (fingers.size === 0) canvas.classList.remove('moving')
  }
  canvas.addEventListener('pointerup', release)
  canvas.addEventListener('pointercancel', release)
  canvas.addEventListener('dragstart', (event) => event.preventDefault())
  canvas.addEventListener(
    'click',
    (event) => {
      if (wasDragged) event.preventDefault()
    },
    true,
  )
  canvas.addEventListener('keydown', (event) => {
    const step = width / 10
    const KEYS = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      '+': () => zoom(0.8),
      '=': () => zoom(0.8),
      '-': () => zoom(1.25),
      0: fit,
      1: real,
    }
    if (event.ctrlKey || event.metaKey || event.altKey || KEYS[event.key] === undefined) return
    event.preventDefault()
    KEYS[event.key]()
  })
  const BUTTONS = { in: () => zoom(0.8), out: () => zoom(1.25), fit, real }
  for (const button of viewer.querySelectorAll('[data-zoom]'))
    button.addEventListener('click', () => BUTTONS[button.dataset.zoom]())
  viewer.querySelector('[data-focus]').addEventListener('input', (event) => {
    const node = nodes.get(event.target.value)
    light(node === undefined ? undefined : event.target.value)
    if (node === undefined) return
    const [, left, top] = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(node.getAttribute('transform'))
    const box = node.querySelector('rect').getBBox()
    width = Math.min(width, canvas.clientWidth * 1.2)
    height = width / shape()
    x = Number(left) + box.width / 2 - width / 2
    y = Number(top) + box.height / 2 - height / 2
    show()
  })

  const nodes = new Map([...svg.querySelectorAll('.node')].map((node) => [node.dataset.name, node]))
  const lines = [...svg.querySelectorAll('.lines path')]
  /** Shows one service with its neighbours, and the others faintly. */
  const light = (name) => {
    for (const one of svg.querySelectorAll('.near')) one.classList.remove('near')
    svg.classList.toggle('dimmed', name !== undefined)
    if (name === undefined) return
    nodes.get(name)?.classList.add('near')
    for (const line of lines) {
      const { from, to } = line.dataset
      if (from !== name && to !== name) continue
      line.classList.add('near')
      nodes.get(from === name ? to : from)?.classList.add('near')
    }
  }
  for (const [name, node] of nodes) {
    node.addEventListener('pointerenter', () => fingers.size === 0 && light(name))
    node.addEventListener('pointerleave', () => light(undefined))
  }
  addEventListener('resize', fit)
  fit()
  // A wide graph in a narrow window begins where it can be read, at its left end.
  const SMALLEST = 0.5
  if (canvas.clientWidth / width < SMALLEST) {
    zoom(canvas.clientWidth / width / SMALLEST, whole[0])
    x = whole[0]
    show()
  }
}

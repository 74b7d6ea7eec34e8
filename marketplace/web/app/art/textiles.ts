import { ellipse, flatLight, line, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'
import { outlineOf, turned } from './lathe.ts'

// Cloth, leather and things to wear.

/** Stripes, checks, dots or nothing inside a box, in the brush's second colours. */
function weave({ random, second, pale, main }: Brush, width: number, height: number): string {
  const kind = random.pick(['stripes', 'bars', 'checks', 'dots', 'arches', 'plain'] as const)
  const step = random.pick([36, 48, 64])
  const colour = random.pick([second.base, pale.light, main.deep])
  const left = -width / 2
  const top = -height
  const columns = Array.from({ length: Math.ceil(width / step) }, (_, i) => left + i * step)
  const rows = Array.from({ length: Math.ceil(height / step) }, (_, i) => top + i * step)
  switch (kind) {
    case 'stripes':
      return columns.map((x) => rect(x, top, step * 0.36, height, 0, colour)).join('')
    case 'bars':
      return rows.map((y) => rect(left, y, width, step * 0.3, 0, colour)).join('')
    case 'checks':
      return [
        ...columns.map((x) => rect(x, top, step * 0.5, height, 0, colour, 'opacity=".55"')),
        ...rows.map((y) => rect(left, y, width, step * 0.5, 0, colour, 'opacity=".55"')),
      ].join('')
    case 'dots':
      return rows
        .flatMap((y, r) =>
          columns.map((x) => ellipse(x + (r % 2 ? step / 2 : 0), y + 10, step * 0.16, step * 0.16, colour)),
        )
        .join('')
    case 'arches':
      return rows
        .flatMap((y) =>
          columns.map((x) =>
            shape(
              `M${n(x + 5)} ${n(y + step)}v${n(-step * 0.45)}a${n(step / 2 - 5)} ${n(step / 2 - 5)} 0 0 1 ${n(step - 10)} 0v${n(step * 0.45)}Z`,
              colour,
            ),
          ),
        )
        .join('')
    case 'plain':
      return ''
  }
}

function cloth(brush: Brush, d: string, width: number, height: number, fill = brush.main.base): string {
  const clip = brush.define((id) => `<clipPath id="${id}"><path d="${d}"/></clipPath>`)
  return (
    shape(d, fill) + `<g clip-path="${clip}">${weave(brush, width, height)}</g>` + shape(d, flatLight(brush))
  )
}

export function cushion(brush: Brush): Drawing {
  const pillow = (size: number) =>
    `M${-size} ${n(-size * 1.9)}Q0 ${n(-size * 1.72)} ${size} ${n(-size * 1.9)}Q${n(size * 0.86)} ${n(-size)} ${size} -8Q0 ${n(-size * 0.14)} ${-size} -8Q${n(-size * 0.86)} ${n(-size)} ${-size} ${n(-size * 1.9)}Z`
  const behind = brush.random.chance(0.5)
    ? move(84, 0, shape(pillow(150), brush.second.base) + shape(pillow(150), flatLight(brush)), 'rotate(7)')
    : ''
  return {
    svg: behind + move(behind ? -46 : 0, 0, cloth(brush, pillow(176), 352, 340), 'rotate(-4)'),
    halfWidth: 180,
    height: 340,
  }
}

export function blanket(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const layers = random.pick([3, 4, 5])
  const tones = [main, pale, second, main, pale]
  let svg = ''
  for (let i = 0; i < layers; i++) {
    const high = 72
    const wide = 190 - i * 6 + random.between(-8, 8)
    const y = -i * 70
    const fill = tones[i % tones.length]!
    svg +=
      rect(-wide, y - high, wide * 2, high, 34, fill.base) +
      rect(-wide, y - high, wide * 2, high, 34, flatLight(brush))
    svg += line(`M${n(-wide + 20)} ${n(y - high / 2)}H${n(wide - 40)}`, fill.deep, 4, 'opacity=".6"')
    if (random.chance(0.5))
      svg += [0, 26, 52]
        .map((x) => rect(-wide + 60 + x, y - high, 12, high, 0, fill.deep, 'opacity=".5"'))
        .join('')
  }
  return { svg, halfWidth: 180, height: layers * 70 }
}

export function rug(brush: Brush): Drawing {
  const clothing = cloth(brush, 'M-190 -500H190V-20H-190Z', 380, 500)
  const fringe = Array.from(
    { length: 24 },
    (_, i) => `M${n(-184 + i * 16)} -20v22M${n(-184 + i * 16)} -500v-20`,
  ).join('')
  const border = `<rect x="-168" y="-478" width="336" height="436" fill="none" stroke="${brush.second.base}" stroke-width="10"/>`
  return { svg: line(fringe, brush.pale.light, 5) + clothing + border, halfWidth: 190, height: 510 }
}

export function bag(brush: Brush): Drawing {
  const { random, wood, main } = brush
  const leather = random.chance(0.5)
  const handle = leather
    ? line('M-84 -300C-84 -470 84 -470 84 -300', wood.deep, 16)
    : line('M-78 -300C-78 -520 -18 -520 -18 -300M18 -300C18 -520 78 -520 78 -300', main.deep, 18)
  const d = leather
    ? 'M-150 -310Q0 -326 150 -310L186 -20Q0 8 -186 -20Z'
    : 'M-166 -330H166L176 -6Q0 6 -176 -6Z'
  const clasp = leather
    ? shape('M-152 -312Q0 -328 152 -312L166 -190Q0 -120 -166 -190Z', main.deep, 'opacity=".75"') +
      rect(-18, -172, 36, 44, 8, brush.metal.base)
    : ''
  return { svg: handle + cloth(brush, d, 380, 330) + clasp, halfWidth: 180, height: 450 }
}

export function backpack(brush: Brush): Drawing {
  const { main, second, wood } = brush
  const d = 'M-150 -20V-290C-150 -460 150 -460 150 -290V-20Q0 6 -150 -20Z'
  return {
    svg:
      line('M-50 -410C-50 -486 50 -486 50 -410', wood.deep, 18) +
      cloth(brush, d, 300, 440) +
      rect(-112, -190, 224, 164, 24, main.deep) +
      shape('M-112 -190H112V-130Q0 -92 -112 -130Z', second.base) +
      rect(-10, -136, 20, 54, 6, wood.base) +
      line('M-120 -262H120', main.deep, 6),
    halfWidth: 150,
    height: 470,
  }
}

export function shirt(brush: Brush): Drawing {
  const { random, wood, main } = brush
  const d =
    'M-92 -470L-60 -482Q0 -430 60 -482L92 -470L210 -390L166 -300L120 -326L128 -60Q0 -44 -128 -60L-120 -326L-166 -300L-210 -390Z'
  const buttons = random.chance(0.4)
    ? line('M0 -446V-60', main.deep, 4) +
      [0, 1, 2, 3, 4].map((i) => ellipse(0, -400 + i * 76, 7, 7, brush.pale.light)).join('')
    : ''
  const hanger = line('M-130 -452L0 -520L130 -452M0 -520C0 -560 34 -556 30 -580', wood.deep, 9)
  return { svg: move(0, -30, hanger + cloth(brush, d, 430, 500) + buttons), halfWidth: 110, height: 560 }
}

export function scarf(brush: Brush): Drawing {
  const { main } = brush
  const fall = (x: number, long: number, turn: number) =>
    move(
      x,
      -430,
      cloth(brush, `M-56 0H56L64 ${long}H-64Z`, 130, 0) +
        line(Array.from({ length: 8 }, (_, i) => `M${-56 + i * 16} ${long}v26`).join(''), main.deep, 5),
      `rotate(${turn})`,
    )
  const d = 'M-130 -460C-150 -560 150 -560 130 -460C120 -380 -120 -380 -130 -460Z'
  return {
    svg: fall(-30, 380, 3) + fall(46, 330, -5) + cloth(brush, d, 300, 560, main.deep),
    halfWidth: 110,
    height: 520,
  }
}

export function hat(brush: Brush): Drawing {
  const { random, main, second } = brush
  if (random.chance(0.5)) {
    const knit = Array.from(
      { length: 9 },
      (_, i) => `M${n(-140 + i * 35)} -60Q${n((-140 + i * 35) * 0.7)} -250 0 -300`,
    ).join('')
    return {
      svg:
        shape('M-160 -60C-166 -340 166 -340 160 -60Z', main.base) +
        line(knit, main.deep, 5, 'opacity=".6"') +
        shape('M-160 -60C-166 -340 166 -340 160 -60Z', flatLight(brush)) +
        rect(-172, -104, 344, 98, 34, second.base) +
        rect(-172, -104, 344, 98, 34, flatLight(brush)) +
        ellipse(0, -316, 44, 42, second.base),
      halfWidth: 160,
      height: 350,
    }
  }
  const crown = turned(brush, {
    tone: main,
    profile: [
      [210, 96],
      [190, 112],
      [0, 128],
    ],
    bands: [{ from: 10, to: 58, fill: second.base }],
  })
  return {
    svg: ellipse(0, -20, 240, 44, main.deep) + ellipse(0, -26, 236, 40, main.base) + move(0, -30, crown),
    halfWidth: 220,
    height: 240,
  }
}

export function shoe(brush: Brush): Drawing {
  const { main, second, pale } = brush
  const one =
    shape('M-190 -30V-170Q-150 -186 -96 -170L-40 -100L150 -84Q204 -74 204 -30Z', main.base) +
    shape('M-190 -30V-170Q-150 -186 -96 -170L-40 -100L150 -84Q204 -74 204 -30Z', flatLight(brush)) +
    shape('M-190 -112L-118 -104L-96 -30H-190Z', second.base) +
    line('M-78 -146L-44 -166M-56 -124L-20 -142M-34 -104L4 -118', pale.light, 9) +
    rect(-200, -36, 412, 36, 16, pale.light)
  return { svg: move(34, -70, one, 'scale(.94)') + move(-20, 0, one), halfWidth: 210, height: 240 }
}

/** Soft knitted or felted animal. */
export function plush(brush: Brush): Drawing {
  const { main, pale, ink, second } = brush
  const ears = brush.random.chance(0.5)
    ? ellipse(-74, -440, 40, 40, main.deep) + ellipse(74, -440, 40, 40, main.deep)
    : ellipse(-52, -480, 30, 92, main.deep) + ellipse(52, -480, 30, 92, main.deep)
  const torso = outlineOf([
    [250, 90],
    [120, 136],
    [20, 110],
    [0, 90],
  ])
  return {
    svg:
      ears +
      ellipse(-128, -150, 38, 76, main.deep) +
      ellipse(128, -150, 38, 76, main.deep) +
      shape(torso, main.base) +
      ellipse(0, -120, 78, 86, pale.base) +
      ellipse(0, -340, 122, 112, main.base) +
      ellipse(0, -306, 54, 42, pale.base) +
      ellipse(-46, -356, 11, 13, ink.base) +
      ellipse(46, -356, 11, 13, ink.base) +
      ellipse(0, -324, 15, 11, ink.base) +
      shape('M-88 -244Q0 -206 88 -244L80 -216Q0 -182 -80 -216Z', second.base) +
      ellipse(-80, -22, 62, 42, main.deep) +
      ellipse(80, -22, 62, 42, main.deep) +
      ellipse(-30, -250, 160, 240, flatLight(brush), 'opacity=".5"'),
    halfWidth: 140,
    height: 520,
  }
}

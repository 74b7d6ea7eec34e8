import { ellipse, line, move, n, shape, type Brush, type Drawing } from './brush.ts'
import { turned, type Profile } from './lathe.ts'

// Ceramics, glass and other round things. Numbers are proportions found by looking.

export function vase(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const height = random.between(340, 470)
  const belly = random.between(110, 165)
  const neck = random.between(34, 62)
  const low = random.chance(0.5)
  const profile: Profile = [
    [height, neck * 1.25],
    [height * 0.93, neck],
    [height * 0.78, neck * 1.05],
    [height * (low ? 0.42 : 0.58), belly],
    [height * 0.16, belly * (low ? 0.86 : 0.55)],
    [0, belly * 0.5],
  ]
  const dip = random.between(0.3, 0.62) * height
  const bands = random.pick([
    [{ from: -40, to: dip, fill: pale.base }],
    [
      { from: dip, to: dip + 26, fill: second.base },
      { from: dip - 44, to: dip - 34, fill: second.base },
    ],
    [],
  ])
  const stems = random.chance(0.55) ? branch(brush, -height, neck) : ''
  const body = turned(brush, { profile, tone: main, inside: main, bands, gloss: random.chance(0.6) })
  return { svg: stems + body, halfWidth: belly, height }
}

/** Bare twigs with leaves or buds, rising from an opening at `y`. */
function branch({ random, second, wood }: Brush, y: number, spread: number): string {
  const round = random.chance(0.4)
  return Array.from({ length: random.pick([2, 3, 3, 4]) }, (_, i) => {
    const lean = (i - 1.2) * 58 + random.between(-18, 18)
    const rise = random.between(150, 250)
    const leaves = [0.35, 0.52, 0.68, 0.84, 1].map((along, k) => {
      const x = lean * along ** 1.4
      const side = k % 2 === 0 ? 1 : -1
      const leaf = round
        ? ellipse(side * 11, -6, 12, 12, second.base)
        : shape('M0 0C12 -30 46 -34 66 -22C50 4 22 10 0 0Z', k % 2 === 0 ? second.base : second.deep)
      return move(x, y - rise * along, leaf, round ? '' : `scale(${side * 0.8} .8)`)
    })
    const stem = line(
      `M${n(spread * 0.3 * (i - 1))} ${n(y + 20)}Q${n(lean * 0.2)} ${n(y - rise * 0.6)} ${n(lean)} ${n(y - rise)}`,
      wood.deep,
      5,
    )
    return stem + leaves.join('')
  }).join('')
}

export function bottle(brush: Brush): Drawing {
  const { random, main, pale, ink, wood } = brush
  const height = random.between(400, 500)
  const radius = random.between(72, 96)
  const shoulder = random.between(0.58, 0.68)
  const body = turned(brush, {
    tone: main,
    gloss: true,
    profile: [
      [height, 24],
      [height * 0.8, 26],
      [height * shoulder, radius * 0.94],
      [height * shoulder - 40, radius],
      [30, radius],
      [0, radius * 0.94],
    ],
    bands: [{ from: height * 0.16, to: height * 0.46, fill: pale.light }],
  })
  const stopper = move(
    0,
    -height,
    turned(brush, {
      tone: random.chance(0.5) ? wood : ink,
      profile: [
        [46, 24],
        [40, 29],
        [0, 27],
      ],
    }),
  )
  const text = line(
    `M${n(-radius * 0.42)} ${n(-height * 0.33)}h${n(radius * 0.84)}M${n(-radius * 0.3)} ${n(-height * 0.27)}h${n(radius * 0.6)}`,
    main.deep,
    6,
  )
  return { svg: body + text + stopper, halfWidth: radius, height: height + 46 }
}

export function jar(brush: Brush): Drawing {
  const { random, main, pale, wood, metal } = brush
  const height = random.between(210, 290)
  const radius = random.between(105, 135)
  const body = turned(brush, {
    tone: main,
    gloss: true,
    profile: [
      [height, radius * 0.82],
      [height - 26, radius],
      [26, radius],
      [0, radius * 0.9],
    ],
    bands: [{ from: height * 0.22, to: height * 0.62, fill: pale.light }],
  })
  const text = line(
    `M${n(-radius * 0.36)} ${n(-height * 0.34)}h${n(radius * 0.72)}M${n(-radius * 0.22)} ${n(-height * 0.24)}h${n(radius * 0.44)}`,
    main.deep,
    6,
  )
  const lid = move(
    0,
    -height + 4,
    turned(brush, {
      tone: random.chance(0.5) ? wood : metal,
      profile: [
        [44, radius * 0.86],
        [0, radius * 0.88],
      ],
    }),
  )
  return { svg: body + text + lid, halfWidth: radius, height: height + 44 }
}

export function cup(brush: Brush): Drawing {
  const { random, main, pale, second, wood } = brush
  const height = random.between(190, 240)
  const top = random.between(110, 130)
  const foot = random.between(0.6, 0.95)
  const handle = line(
    `M${n(top * 0.92)} ${n(-height * 0.78)}C${n(top + 96)} ${n(-height * 0.86)} ${n(top + 80)} ${n(-height * 0.2)} ${n(top * 0.88)} ${n(-height * 0.26)}`,
    main.deep,
    26,
  )
  const body = turned(brush, {
    tone: main,
    inside: wood,
    gloss: true,
    profile: [
      [height, top],
      [height * 0.6, top * (0.96 + foot * 0.03)],
      [height * 0.2, top * (foot * 0.5 + 0.46)],
      [0, top * foot * 0.8],
    ],
    bands: random.pick([
      [{ from: -40, to: height * 0.4, fill: pale.base }],
      [{ from: height * 0.5, to: height * 0.58, fill: second.base }],
      [],
    ]),
  })
  const saucer = random.chance(0.5)
    ? turned(brush, {
        tone: main,
        profile: [
          [26, top * 1.65],
          [10, top * 1.4],
          [0, top * 0.8],
        ],
      })
    : ''
  return {
    svg: saucer + move(0, saucer ? -18 : 0, handle + body),
    halfWidth: saucer ? top * 1.6 : top + 20,
    height: height + 10,
  }
}

export function bowl(brush: Brush): Drawing {
  const { random, main, pale, second } = brush
  const one = (y: number, radius: number, flip: boolean) =>
    move(
      0,
      y,
      turned(brush, {
        tone: flip ? pale : main,
        inside: flip ? second : pale,
        gloss: true,
        profile: [
          [radius * 0.62, radius],
          [radius * 0.4, radius * 0.93],
          [radius * 0.12, radius * 0.55],
          [0, radius * 0.42],
        ],
        bands: flip ? [] : [{ from: radius * 0.46, to: radius * 0.54, fill: second.base }],
      }),
    )
  const radius = random.between(170, 205)
  if (random.chance(0.45))
    return { svg: one(0, radius, false), halfWidth: radius * 0.75, height: radius * 0.62 }
  const step = radius * 0.36
  return {
    svg: one(0, radius, false) + one(-step, radius * 0.9, true) + one(-step * 1.95, radius * 0.8, false),
    halfWidth: radius * 0.75,
    height: radius * 1.3,
  }
}

export function plate(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const radius = random.between(180, 205)
  const rings = [
    ellipse(0, 0, radius, radius, main.base),
    ellipse(0, 0, radius * 0.93, radius * 0.93, random.chance(0.5) ? pale.light : main.light),
    ellipse(0, 0, radius * 0.66, radius * 0.66, random.chance(0.5) ? main.base : second.base, 'opacity=".9"'),
    ellipse(0, 0, radius * 0.62, radius * 0.62, pale.light),
  ].join('')
  const dots = Array.from({ length: 16 }, (_, i) => {
    const angle = (i / 16) * Math.PI * 2
    return ellipse(Math.cos(angle) * radius * 0.8, Math.sin(angle) * radius * 0.8, 8, 8, second.deep)
  })
  const stand = shape('M-70 0L-40 -60L40 -60L70 0L48 0L26 -40L-26 -40L-48 0Z', brush.wood.deep)
  const light = `<circle r="${n(radius)}" fill="${lightOn(brush)}"/>`
  return {
    svg: move(0, -radius - 18, rings + dots.join('') + light) + stand,
    halfWidth: radius * 0.6,
    height: radius * 2 + 18,
  }
}

function lightOn(brush: Brush): string {
  return brush.define(
    (id) =>
      `<linearGradient id="${id}" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".35"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#0a0a1e" stop-opacity=".28"/></linearGradient>`,
  )
}

export function teapot(brush: Brush): Drawing {
  const { random, main, pale, wood } = brush
  const radius = random.between(135, 155)
  const height = radius * 1.45
  const spout = shape(
    `M${n(radius * 0.7)} ${n(-height * 0.3)}C${n(radius + 60)} ${n(-height * 0.4)} ${n(radius + 30)} ${n(-height * 0.86)} ${n(radius + 92)} ${n(-height * 0.96)}L${n(radius + 66)} ${n(-height * 1.04)}C${n(radius + 4)} ${n(-height * 0.95)} ${n(radius + 20)} ${n(-height * 0.7)} ${n(radius * 0.7)} ${n(-height * 0.66)}Z`,
    main.deep,
  )
  const handle = line(
    `M${n(-radius * 0.72)} ${n(-height * 0.92)}C${n(-radius * 0.9)} ${n(-height * 1.65)} ${n(radius * 0.9)} ${n(-height * 1.65)} ${n(radius * 0.72)} ${n(-height * 0.92)}`,
    wood.deep,
    16,
  )
  const body = turned(brush, {
    tone: main,
    gloss: true,
    profile: [
      [height, radius * 0.5],
      [height * 0.86, radius * 0.82],
      [height * 0.5, radius],
      [height * 0.16, radius * 0.82],
      [0, radius * 0.55],
    ],
    bands: random.chance(0.5) ? [{ from: -40, to: height * 0.4, fill: pale.base }] : [],
  })
  const lid = move(
    0,
    -height + 4,
    turned(brush, {
      tone: main,
      profile: [
        [16, radius * 0.2],
        [0, radius * 0.48],
      ],
    }) + ellipse(0, -30, 20, 18, wood.base),
  )
  return { svg: handle + spout + body + lid, halfWidth: radius, height: height * 1.5 }
}

export function candle(brush: Brush): Drawing {
  const { random, main, pale, metal } = brush
  const glow = brush.define(
    (id) =>
      `<radialGradient id="${id}"><stop offset="0" stop-color="#ffdf8a" stop-opacity=".75"/><stop offset="1" stop-color="#ffdf8a" stop-opacity="0"/></radialGradient>`,
  )
  const flame = (y: number) =>
    ellipse(0, y - 34, 120, 120, glow) +
    line(`M0 ${n(y)}v-16`, '#333', 4) +
    shape(
      `M0 ${n(y - 66)}C20 ${n(y - 40)} 16 ${n(y - 14)} 0 ${n(y - 12)}C-16 ${n(y - 14)} -20 ${n(y - 40)} 0 ${n(y - 66)}Z`,
      '#fff3c4',
    )
  if (random.chance(0.5)) {
    const height = random.between(170, 220)
    const glass = turned(brush, {
      tone: main,
      inside: pale,
      gloss: true,
      profile: [
        [height, 104],
        [20, 104],
        [0, 98],
      ],
      bands: [{ from: height * 0.28, to: height * 0.66, fill: pale.light }],
    })
    return {
      svg: glass + line(`M-34 ${n(-height * 0.38)}h68`, main.deep, 6) + flame(-height + 4),
      halfWidth: 104,
      height: height + 60,
    }
  }
  const stick = (x: number, height: number) =>
    move(
      x,
      0,
      turned(brush, {
        tone: metal,
        profile: [
          [70, 26],
          [60, 12],
          [30, 12],
          [14, 46],
          [0, 56],
        ],
      }) +
        move(
          0,
          -70,
          turned(brush, {
            tone: main,
            profile: [
              [height, 17],
              [0, 20],
            ],
          }),
        ) +
        flame(-70 - height),
    )
  return {
    svg:
      stick(-96, random.between(190, 250)) +
      stick(4, random.between(280, 330)) +
      stick(104, random.between(150, 230)),
    halfWidth: 150,
    height: 440,
  }
}

export function tin(brush: Brush): Drawing {
  const { random, main, second, pale, metal } = brush
  const height = random.between(260, 330)
  const radius = random.between(96, 120)
  const body = turned(brush, {
    tone: main,
    profile: [
      [height, radius],
      [0, radius],
    ],
    bands: [
      { from: height * 0.2, to: height * 0.7, fill: pale.light },
      { from: height * 0.7, to: height * 0.74, fill: second.base },
      { from: height * 0.16, to: height * 0.2, fill: second.base },
    ],
  })
  const mark = random.chance(0.5)
    ? ellipse(0, -height * 0.4, 34, 34, second.base)
    : shape(
        `M-36 ${n(-height * 0.3)}V${n(-height * 0.42)}A36 36 0 0 1 36 ${n(-height * 0.42)}V${n(-height * 0.3)}Z`,
        second.base,
      )
  const lid = move(
    0,
    -height,
    turned(brush, {
      tone: metal,
      profile: [
        [34, radius * 1.03],
        [0, radius * 1.03],
      ],
    }),
  )
  return { svg: body + mark + lid, halfWidth: radius, height: height + 34 }
}

export function plant(brush: Brush): Drawing {
  const { random, main, pale, second } = brush
  const height = random.between(170, 210)
  const pot = turned(brush, {
    tone: main,
    inside: brush.ink,
    profile: [
      [height, 112],
      [height - 34, 114],
      [0, 82],
    ],
    bands: random.chance(0.5) ? [{ from: height * 0.35, to: height * 0.5, fill: pale.base }] : [],
  })
  const slim = random.chance(0.5)
  const leaves = Array.from({ length: slim ? 9 : 7 }, (_, i) => {
    const angle = -68 + (136 / (slim ? 8 : 6)) * i + random.between(-6, 6)
    const length = random.between(190, 290) * (1 - Math.abs(angle) / 220)
    const wide = slim ? 22 : 58
    const leaf = shape(
      `M0 0C${wide} ${n(-length * 0.3)} ${wide} ${n(-length * 0.75)} 0 ${n(-length)}C${-wide} ${n(-length * 0.75)} ${-wide} ${n(-length * 0.3)} 0 0Z`,
      i % 2 === 0 ? second.base : second.deep,
    )
    return `<g transform="translate(0 ${n(-height - 4)}) rotate(${n(angle)})">${leaf}${line(`M0 -10V${n(-length * 0.9)}`, second.light, 3, 'opacity=".7"')}</g>`
  })
  return { svg: pot + leaves.join(''), halfWidth: 100, height: height + 260 }
}

export function basket(brush: Brush): Drawing {
  const { random, wood, main } = brush
  const height = random.between(210, 260)
  const top = random.between(150, 175)
  const rows = Array.from({ length: 9 }, (_, i) => ({
    from: (height / 9) * i,
    to: (height / 9) * i + 4,
    fill: wood.deep,
  }))
  const body = turned(brush, {
    tone: wood,
    inside: wood,
    profile: [
      [height, top],
      [height * 0.5, top * 1.03],
      [0, top * 0.8],
    ],
    bands: [...rows, { from: height * 0.44, to: height * 0.66, fill: main.base }],
  })
  const handle = line(
    `M${n(-top * 0.9)} ${n(-height)}C${n(-top * 0.8)} ${n(-height - 210)} ${n(top * 0.8)} ${n(-height - 210)} ${n(top * 0.9)} ${n(-height)}`,
    wood.deep,
    18,
  )
  return { svg: handle + body, halfWidth: top, height: height + 150 }
}

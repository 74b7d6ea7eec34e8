import { ellipse, flatLight, line, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'
import { turned } from './lathe.ts'

// For garden, trail and the animals at home.

export function tent(brush: Brush): Drawing {
  const { main, second, ink, pale } = brush
  return {
    svg:
      line('M-230 6L-270 20M230 6L270 20', ink.base, 5) +
      shape('M-230 0L-40 -360L230 0Z', main.base) +
      shape('M-40 -360L230 0H90Z', main.deep) +
      shape('M-150 0L-44 -300L40 0Z', ink.deep) +
      shape('M-150 0L-44 -300L-96 -40Q-110 -6 -150 0Z', second.base) +
      shape('M-40 -360L-26 -366L250 -6L230 0Z', pale.base),
    halfWidth: 230,
    height: 370,
  }
}

/** Yoga mat, sleeping bag: rolled up and seen from the end. */
export function roll(brush: Brush): Drawing {
  const { random, main, second, wood } = brush
  const spiral = Array.from(
    { length: 5 },
    (_, i) =>
      `<circle cx="-150" cy="-104" r="${96 - i * 19}" fill="none" stroke="${i % 2 ? second.base : main.deep}" stroke-width="9"/>`,
  ).join('')
  const straps = random.chance(0.7)
    ? rect(-30, -204, 28, 200, 8, wood.deep) + rect(120, -204, 28, 200, 8, wood.deep)
    : ''
  return {
    svg:
      shape('M-150 -204H180Q236 -104 180 -4H-150Z', main.base) +
      shape('M-150 -204H180Q236 -104 180 -4H-150Z', flatLight(brush)) +
      straps +
      ellipse(-150, -104, 104, 102, main.light) +
      spiral,
    halfWidth: 230,
    height: 210,
  }
}

export function dumbbells(brush: Brush): Drawing {
  const { main, metal, second } = brush
  const one =
    rect(-150, -98, 300, 26, 8, metal.base) +
    [-200, 110]
      .map(
        (x) =>
          rect(x, -150, 46, 130, 14, main.base) +
          rect(x + 44, -168, 46, 166, 16, main.deep) +
          rect(x, -150, 46, 130, 14, flatLight(brush)),
      )
      .join('') +
    rect(-60, -100, 120, 30, 6, second.base)
  return { svg: move(30, -110, one, 'scale(.9)') + one, halfWidth: 210, height: 250 }
}

export function helmet(brush: Brush): Drawing {
  const { main, ink, second } = brush
  const d = 'M-210 -60C-230 -330 190 -360 214 -60Q0 -20 -210 -60Z'
  const vents = [
    'M-110 -110C-100 -200 -40 -250 -20 -256C-50 -200 -60 -150 -60 -100Z',
    'M0 -96C0 -170 20 -230 44 -256C76 -220 80 -150 70 -96Z',
    'M122 -100C120 -160 116 -200 104 -230C150 -200 172 -150 174 -100Z',
  ]
  return {
    svg:
      line('M-140 -50C-120 20 -20 40 0 60M150 -50C130 20 30 40 10 60', ink.base, 12) +
      shape(d, main.base) +
      vents.map((vent) => shape(vent, ink.base)).join('') +
      line('M-206 -76Q0 -30 210 -76', second.base, 14) +
      shape(d, flatLight(brush)),
    halfWidth: 190,
    height: 330,
  }
}

export function goggles(brush: Brush): Drawing {
  const { main, second, ink } = brush
  const glass = (x: number) =>
    rect(x - 96, -190, 192, 140, 60, main.base) +
    rect(x - 76, -174, 152, 108, 48, second.light, 'opacity=".85"') +
    shape(`M${x - 60} -150l40 -18l-30 80Z`, '#fff', 'opacity=".5"')
  return {
    svg:
      line('M-210 -130C-300 -300 300 -300 210 -130', ink.base, 22) +
      line('M-30 -130Q0 -160 30 -130', ink.base, 16) +
      glass(-112) +
      glass(112),
    halfWidth: 200,
    height: 260,
  }
}

export function poles(brush: Brush): Drawing {
  const { main, wood, ink, metal } = brush
  const pole = (x: number, turn: number) =>
    move(
      x,
      0,
      line('M0 0V-520', metal.base, 12) +
        line('M0 -200V-420', main.base, 16) +
        rect(-15, -560, 30, 110, 14, wood.deep) +
        line('M0 -550C40 -540 46 -470 10 -440', ink.base, 7) +
        ellipse(0, -40, 30, 10, ink.base),
      `rotate(${turn})`,
    )
  return { svg: pole(-60, -8) + pole(60, 7), halfWidth: 100, height: 560 }
}

export function wateringCan(brush: Brush): Drawing {
  const { main, metal } = brush
  const body = turned(brush, {
    tone: main,
    inside: brush.ink,
    gloss: true,
    profile: [
      [230, 96],
      [210, 104],
      [0, 130],
    ],
  })
  const spout =
    shape('M100 -60L230 -250L262 -232L120 -20Z', main.deep) +
    shape('M206 -262L276 -300L300 -236L252 -206Z', metal.base)
  return {
    svg:
      line('M-90 -216C-250 -300 -240 -60 -118 -60', main.deep, 20) +
      line('M-70 -232C-40 -330 50 -330 80 -232', main.deep, 18) +
      spout +
      body,
    halfWidth: 150,
    height: 320,
  }
}

/** Spade, rake, trowel, shears: long handles, side by side. */
export function gardenTools(brush: Brush): Drawing {
  const { random, wood, metal, main } = brush
  const handle = (head: string) =>
    rect(-11, -560, 22, 420, 10, wood.base) +
    rect(-11, -560, 22, 420, 10, flatLight(brush)) +
    rect(-36, -572, 72, 24, 12, main.base) +
    head
  const heads = [
    shape('M-58 -170H58V-60Q40 -6 0 0Q-40 -6 -58 -60Z', metal.base) + line('M0 -166V-30', metal.deep, 5),
    rect(-80, -160, 160, 20, 6, metal.deep) +
      Array.from({ length: 7 }, (_, i) => rect(-78 + i * 25, -146, 8, 140, 3, metal.base)).join(''),
    line('M-40 -4V-120M0 0V-160M40 -4V-120M-40 -120Q0 -170 40 -120', metal.base, 13),
  ]
  const first = random.pick([0, 1, 2])
  return {
    svg:
      move(-92, 0, handle(heads[first]!), 'rotate(-4)') +
      move(92, 0, handle(heads[(first + 1) % 3]!), 'rotate(4)'),
    halfWidth: 150,
    height: 570,
  }
}

export function parasol(brush: Brush): Drawing {
  const { main, pale, wood } = brush
  const segments = [-240, -144, -48, 48, 144]
    .map((x, i) =>
      shape(
        `M0 -560Q${x * 0.9} -500 ${x} -360Q${x + 48} -330 ${x + 96} -360Q${(x + 96) * 0.9} -500 0 -560Z`,
        i % 2 ? pale.base : main.base,
      ),
    )
    .join('')
  return {
    svg:
      rect(-10, -560, 20, 550, 8, wood.base) +
      turned(brush, {
        tone: brush.ink,
        profile: [
          [26, 70],
          [0, 96],
        ],
      }) +
      segments +
      ellipse(0, -566, 12, 14, wood.deep),
    halfWidth: 100,
    height: 580,
  }
}

export function petBed(brush: Brush): Drawing {
  const { main, pale, second } = brush
  const rim = turned(brush, {
    tone: main,
    inside: pale,
    profile: [
      [130, 200],
      [90, 226],
      [40, 228],
      [0, 200],
    ],
  })
  return {
    svg:
      rim +
      ellipse(0, -120, 160, 22, pale.base) +
      ellipse(-10, -124, 130, 15, pale.light) +
      move(
        40,
        -116,
        rect(-50, -30, 100, 26, 13, second.base) +
          [-50, 50]
            .flatMap((x) => [ellipse(x, -30, 15, 15, second.base), ellipse(x, -6, 15, 15, second.base)])
            .join(''),
      ),
    halfWidth: 220,
    height: 160,
  }
}

export function catTree(brush: Brush): Drawing {
  const { random, main, wood, pale } = brush
  const rope = (x: number, from: number, to: number) =>
    rect(x - 24, -to, 48, to - from, 6, wood.light) +
    line(
      Array.from(
        { length: Math.floor((to - from) / 18) },
        (_, i) => `M${x - 24} ${-to + 10 + i * 18}h48`,
      ).join(''),
      wood.deep,
      4,
    )
  const platform = (x: number, y: number, wide: number) =>
    rect(x - wide, -y - 26, wide * 2, 32, 14, main.base) +
    rect(x - wide, -y - 26, wide * 2, 32, 14, flatLight(brush))
  const high = random.between(430, 500)
  return {
    svg:
      rope(-90, 20, 250) +
      rope(80, 20, high) +
      platform(0, 0, 190) +
      platform(-90, 250, 110) +
      platform(80, high, 100) +
      line(`M-150 -250v70`, pale.deep, 4) +
      ellipse(-150, -166, 18, 18, pale.base),
    halfWidth: 190,
    height: high + 30,
  }
}

export function leash(brush: Brush): Drawing {
  const { main, metal, second } = brush
  return {
    svg:
      line(
        'M-150 -60C-190 -330 60 -420 110 -280C150 -160 -90 -150 -70 -260C-40 -420 190 -420 180 -150',
        main.base,
        26,
      ) +
      line(
        'M-150 -60C-190 -330 60 -420 110 -280C150 -160 -90 -150 -70 -260C-40 -420 190 -420 180 -150',
        main.light,
        6,
        'stroke-dasharray="14 12"',
      ) +
      `<circle cx="-150" cy="-38" r="34" fill="none" stroke="${metal.base}" stroke-width="14"/>` +
      rect(160, -160, 40, 30, 6, second.base) +
      rect(168, -134, 24, 110, 12, metal.base) +
      ellipse(180, -26, 20, 24, metal.deep),
    halfWidth: 190,
    height: 390,
  }
}

export function train(brush: Brush): Drawing {
  const { main, second, pale, wood } = brush
  const wheels = (xs: readonly number[]) =>
    xs.map((x) => ellipse(x, -34, 34, 34, wood.base) + ellipse(x, -34, 12, 12, wood.deep)).join('')
  const car = (x: number, fill: string) =>
    rect(x, -150, 130, 96, 14, fill) + rect(x, -150, 130, 96, 14, flatLight(brush))
  const engine =
    rect(60, -170, 170, 116, 20, main.base) +
    rect(40, -260, 90, 206, 12, main.deep) +
    rect(58, -236, 54, 62, 6, pale.light) +
    rect(170, -232, 34, 70, 6, second.base) +
    rect(30, -276, 112, 24, 10, second.base) +
    rect(60, -170, 170, 116, 20, flatLight(brush))
  return {
    svg:
      line('M-250 -64H60', wood.deep, 10) +
      car(-250, second.base) +
      car(-104, pale.base) +
      engine +
      wheels([-216, -150, -74, -8, 76, 190]),
    halfWidth: 245,
    height: 280,
  }
}

export function balanceBike(brush: Brush): Drawing {
  const { main, second, ink, wood } = brush
  const wheel = (x: number) =>
    `<circle cx="${x}" cy="-100" r="94" fill="none" stroke="${ink.base}" stroke-width="20"/><circle cx="${x}" cy="-100" r="70" fill="${wood.base}"/><circle cx="${x}" cy="-100" r="20" fill="${main.base}"/>`
  return {
    svg:
      wheel(-150) +
      wheel(150) +
      line('M-150 -100L-60 -240H80L150 -100M80 -240L60 -330', main.base, 24) +
      line('M20 -350L110 -330', ink.base, 22) +
      rect(-130, -280, 130, 36, 18, second.base),
    halfWidth: 240,
    height: 350,
  }
}

export function kite(brush: Brush): Drawing {
  const { main, second, pale, ink } = brush
  const knots = [0, 1, 2]
    .map((i) =>
      shape(`M${-40 + i * 26} ${-70 + i * 34}l-26 -12v24Zl26 -12v24Z`, [second, main, pale][i]!.base),
    )
    .join('')
  return {
    svg:
      line('M0 -170C-70 -110 40 -60 20 0', ink.base, 4) +
      shape('M0 -560L170 -380L0 -150L-170 -380Z', main.base) +
      shape('M0 -560L170 -380H0Z', second.base) +
      shape('M-170 -380H0V-150Z', pale.base) +
      line('M0 -560V-150M-170 -380H170', ink.base, 5) +
      shape('M0 -560L170 -380L0 -150L-170 -380Z', flatLight(brush)) +
      knots,
    halfWidth: 80,
    height: n(560),
  }
}

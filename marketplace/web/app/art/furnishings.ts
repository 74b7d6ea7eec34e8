import { ellipse, flatLight, line, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'
import { turned } from './lathe.ts'

// Furniture and lighting.

export function chair(brush: Brush): Drawing {
  const { random, wood, main, ink } = brush
  const frame = random.chance(0.5) ? wood : ink
  const back = random.pick([
    rect(-120, -500, 240, 150, 60, main.base) + rect(-120, -500, 240, 150, 60, flatLight(brush)),
    [-84, -28, 28, 84].map((x) => rect(x - 8, -490, 16, 250, 8, frame.base)).join('') +
      rect(-128, -512, 256, 44, 22, frame.base),
    shape('M-124 -330V-400A124 110 0 0 1 124 -400V-330Z', main.base) +
      shape('M-124 -330V-400A124 110 0 0 1 124 -400V-330Z', flatLight(brush)),
  ])
  const legs =
    line('M-112 -236L-138 0M112 -236L138 0', frame.base, 20) +
    line('M-84 -240L-92 -34M84 -240L92 -34', frame.deep, 16) +
    line('M-118 -500V-240M118 -500V-240', frame.base, 18)
  const seat =
    shape('M-136 -262Q0 -288 136 -262L152 -224Q0 -196 -152 -224Z', main.base) +
    shape('M-152 -224Q0 -196 152 -224V-208Q0 -180 -152 -208Z', main.deep)
  return { svg: line('M-112 -90H112', frame.deep, 10) + legs + back + seat, halfWidth: 150, height: 512 }
}

export function stool(brush: Brush): Drawing {
  const { random, wood, main } = brush
  const height = random.between(270, 340)
  const legs =
    line(`M-80 ${n(-height)}L-126 0M80 ${n(-height)}L126 0`, wood.base, 24) +
    line(`M-10 ${n(-height)}L-16 -26M34 ${n(-height)}L44 -26`, wood.deep, 18)
  const rung = line(`M-104 ${n(-height * 0.34)}H104`, wood.deep, 12)
  const seat = move(
    0,
    -height,
    turned(brush, {
      tone: random.chance(0.5) ? main : wood,
      profile: [
        [34, 140],
        [22, 148],
        [0, 138],
      ],
    }),
  )
  return { svg: rung + legs + seat, halfWidth: 130, height: height + 36 }
}

export function table(brush: Brush): Drawing {
  const { random, wood, main } = brush
  const round = random.chance(0.6)
  if (round) {
    const foot = turned(brush, {
      tone: main,
      profile: [
        [290, 34],
        [150, 30],
        [60, 60],
        [14, 120],
        [0, 126],
      ],
    })
    return {
      svg:
        foot +
        move(
          0,
          -290,
          turned(brush, {
            tone: wood,
            profile: [
              [26, 205],
              [0, 200],
            ],
          }),
        ),
      halfWidth: 130,
      height: 320,
    }
  }
  const legs =
    line('M-180 -260L-190 0M180 -260L190 0', wood.base, 22) +
    line('M-130 -260V-36M130 -260V-36', wood.deep, 18)
  const top = shape('M-180 -318H180L216 -268H-216Z', wood.light) + rect(-216, -268, 432, 26, 4, wood.base)
  const drawer = rect(-90, -242, 180, 46, 4, main.base) + ellipse(0, -219, 8, 8, brush.metal.base)
  return { svg: legs + drawer + top, halfWidth: 190, height: 320 }
}

export function lamp(brush: Brush): Drawing {
  const { random, main, second, metal } = brush
  const glow = brush.define(
    (id) =>
      `<radialGradient id="${id}"><stop offset="0" stop-color="#fff1c9" stop-opacity=".8"/><stop offset="1" stop-color="#fff1c9" stop-opacity="0"/></radialGradient>`,
  )
  const belly = random.between(60, 100)
  const foot = random.pick([
    turned(brush, {
      tone: second,
      gloss: true,
      profile: [
        [250, 16],
        [210, 20],
        [120, belly],
        [30, belly * 0.7],
        [0, belly * 0.7],
      ],
    }),
    turned(brush, {
      tone: metal,
      profile: [
        [260, 9],
        [26, 9],
        [18, 80],
        [0, 92],
      ],
    }),
    turned(brush, {
      tone: second,
      profile: [
        [250, 22],
        [0, 74],
      ],
    }),
  ])
  const wide = random.between(130, 165)
  const shade = move(
    0,
    -250,
    turned(brush, {
      tone: main,
      inside: brush.pale,
      profile: random.pick([
        [
          [190, wide * 0.55],
          [0, wide],
        ],
        [
          [170, wide * 0.86],
          [0, wide * 0.92],
        ],
        [
          [150, 34],
          [110, wide * 0.78],
          [0, wide],
        ],
      ]),
    }),
  )
  const light = ellipse(0, -250, wide * 1.9, 190, glow)
  return {
    svg: light + foot + shade + ellipse(0, -250, wide * 0.9, 12, '#fff4d6', 'opacity=".7"'),
    halfWidth: belly,
    height: 450,
  }
}

export function pendant(brush: Brush): Drawing {
  const { random, main, pale, metal } = brush
  const glow = brush.define(
    (id) =>
      `<radialGradient id="${id}"><stop offset="0" stop-color="#fff1c9" stop-opacity=".85"/><stop offset="1" stop-color="#fff1c9" stop-opacity="0"/></radialGradient>`,
  )
  const wide = random.between(150, 190)
  const profile = random.pick([
    [
      [200, 22],
      [150, wide * 0.6],
      [60, wide * 0.96],
      [0, wide],
    ],
    [
      [230, 18],
      [190, wide * 0.5],
      [20, wide],
      [0, wide],
    ],
    [
      [240, 20],
      [210, wide * 0.7],
      [120, wide],
      [30, wide * 0.72],
      [0, wide * 0.5],
    ],
  ] as const)
  const shade = move(0, -230, turned(brush, { tone: main, inside: pale, profile }))
  return {
    svg:
      line('M0 -430V-900', brush.ink.base, 5) +
      ellipse(0, -220, 260, 230, glow) +
      shade +
      move(
        0,
        -430,
        turned(brush, {
          tone: metal,
          profile: [
            [34, 14],
            [0, 22],
          ],
        }),
      ) +
      ellipse(0, -228, wide * 0.7, 16, '#fff7e2'),
    halfWidth: 90,
    height: 430,
  }
}

export function shelf(brush: Brush): Drawing {
  const { random, wood, main, second, pale } = brush
  const books = (y: number, from: number) =>
    Array.from({ length: random.pick([3, 4, 5]) }, (_, i) => {
      const high = random.between(70, 108)
      return rect(
        from + i * 27,
        y - high,
        24,
        high,
        3,
        [main.base, second.base, pale.base, main.deep][i % 4]!,
      )
    }).join('')
  const board = (y: number) => rect(-190, y, 380, 18, 3, wood.base) + rect(-190, y + 18, 380, 8, 0, wood.deep)
  const pot = (x: number, y: number) =>
    move(
      x,
      y,
      turned(brush, {
        tone: main,
        inside: brush.ink,
        profile: [
          [70, 36],
          [40, 42],
          [0, 28],
        ],
      }),
    )
  return {
    svg: [
      rect(-190, -500, 18, 500, 3, wood.deep),
      rect(172, -500, 18, 500, 3, wood.deep),
      books(-330, -160),
      pot(100, -330),
      board(-330),
      pot(-110, -170),
      books(-170, 0),
      board(-170),
      books(-14, -150),
      board(-14),
      board(-500),
    ].join(''),
    halfWidth: 190,
    height: 500,
  }
}

export function clock(brush: Brush): Drawing {
  const { random, main, second, pale, ink, wood } = brush
  const radius = random.between(165, 190)
  const marks = Array.from(
    { length: 12 },
    (_, i) =>
      `<rect x="-4" y="${n(-radius * 0.82)}" width="8" height="${i % 3 === 0 ? 28 : 16}" rx="4" fill="${ink.base}" transform="rotate(${i * 30})"/>`,
  ).join('')
  const hand = (degrees: number, length: number, width: number, fill: string) =>
    `<rect x="${-width / 2}" y="${n(-length)}" width="${width}" height="${n(length + 20)}" rx="${width / 2}" fill="${fill}" transform="rotate(${n(degrees)})"/>`
  const hour = random.between(0, 360)
  const face =
    ellipse(0, 0, radius, radius, random.chance(0.5) ? wood.base : main.base) +
    ellipse(0, 0, radius * 0.9, radius * 0.9, random.chance(0.6) ? pale.light : main.light) +
    marks +
    hand(hour, radius * 0.46, 14, ink.base) +
    hand((hour * 12) % 360, radius * 0.68, 10, ink.base) +
    hand(random.between(0, 360), radius * 0.74, 4, second.base) +
    ellipse(0, 0, 12, 12, second.base) +
    `<circle r="${n(radius)}" fill="${flatLight(brush)}"/>`
  return {
    svg: line('M-96 -30L-124 0M96 -30L124 0', wood.deep, 22) + move(0, -radius - 10, face),
    halfWidth: radius * 0.8,
    height: radius * 2 + 10,
  }
}

export function mirror(brush: Brush): Drawing {
  const { random, main, wood, metal } = brush
  const frame = random.pick([wood, metal, main])
  const glass = brush.define(
    (id) =>
      `<linearGradient id="${id}" x2="1" y2="1"><stop offset="0" stop-color="#f4f8fb"/><stop offset=".46" stop-color="#cfdde6"/><stop offset=".47" stop-color="#e6eff4"/><stop offset="1" stop-color="#aebfcb"/></linearGradient>`,
  )
  const arch = (inset: number) =>
    `M${-150 + inset} ${-14 - inset / 2}V-330A${150 - inset} ${150 - inset} 0 0 1 ${150 - inset} -330V${-14 - inset / 2}Z`
  return {
    svg: rect(-120, -16, 240, 16, 4, frame.deep) + shape(arch(0), frame.base) + shape(arch(20), glass),
    halfWidth: 150,
    height: 480,
  }
}

export function officeChair(brush: Brush): Drawing {
  const { main, ink, metal } = brush
  const back = 'M-120 -560Q0 -590 120 -560L132 -330Q0 -300 -132 -330Z'
  const seat = 'M-160 -270Q0 -300 160 -270L166 -222Q0 -196 -166 -222Z'
  const wheels = [-150, -60, 60, 150].map((x) => ellipse(x, -14, 17, 17, ink.base)).join('')
  return {
    svg:
      line('M0 -80L-150 -30M0 -80L150 -30M0 -80L-60 -26M0 -80L60 -26', metal.deep, 15) +
      wheels +
      rect(-13, -230, 26, 150, 6, metal.base) +
      shape(back, main.base) +
      shape(back, flatLight(brush)) +
      rect(-12, -320, 24, 70, 4, ink.base) +
      shape(seat, main.deep) +
      shape(seat, flatLight(brush)) +
      line('M-176 -250V-350H-130M176 -250V-350H130', ink.base, 17),
    halfWidth: 170,
    height: 580,
  }
}

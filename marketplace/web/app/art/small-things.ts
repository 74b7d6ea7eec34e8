import { around, ellipse, flatLight, line, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'
import { turned } from './lathe.ts'

// Paper, tools, toys, jewellery, food and sound.

export function notebook(brush: Brush): Drawing {
  const { random, main, second, pale, wood } = brush
  const cover =
    rect(-150, -430, 300, 420, 12, main.base) +
    rect(-150, -430, 44, 420, 12, main.deep) +
    rect(-150, -430, 300, 420, 12, flatLight(brush))
  const label = random.pick([
    rect(-50, -340, 140, 92, 4, pale.light) + line('M-20 -306h80M-6 -280h52', main.deep, 6),
    rect(96, -430, 14, 420, 0, second.base),
    ellipse(26, -230, 66, 66, second.base),
    shape('M-40 -130V-240A66 66 0 0 1 92 -240V-130Z', second.base),
  ])
  const pages = rect(-138, -422, 296, 420, 10, pale.deep) + rect(-140, -424, 294, 418, 10, pale.light)
  const pencil = move(
    206,
    0,
    rect(-11, -330, 22, 290, 2, second.base) +
      shape('M-11 -40H11L0 0Z', wood.light) +
      rect(-11, -350, 22, 24, 6, main.deep),
    'rotate(6)',
  )
  return {
    svg: move(-20, 0, pages + cover + label, 'rotate(-3)') + (random.chance(0.6) ? pencil : ''),
    halfWidth: 170,
    height: 440,
  }
}

export function books(brush: Brush): Drawing {
  const { random, main, second, pale, ink } = brush
  const tones = [main, pale, second, ink, main]
  let y = 0
  const svg = Array.from({ length: random.pick([3, 4, 5]) }, (_, i) => {
    const high = random.between(52, 84)
    const wide = random.between(150, 200)
    const x = random.between(-18, 18)
    y -= high
    const fill = tones[i % tones.length]!
    return (
      rect(x - wide, y, wide * 2, high, 6, fill.base) +
      rect(x - wide + 36, y, 10, high, 0, fill.deep) +
      rect(x + wide - 60, y, 10, high, 0, fill.deep) +
      rect(x - 60, y + high / 2 - 5, 120, 10, 5, fill.light) +
      rect(x - wide, y, wide * 2, high, 6, flatLight(brush))
    )
  }).join('')
  return { svg, halfWidth: 180, height: -y }
}

export function print(brush: Brush): Drawing {
  const { random, main, second, pale, wood, ink } = brush
  const frame = random.pick([wood, ink, pale])
  const picture = random.pick([
    ellipse(30, -330, 70, 70, second.base) +
      shape('M-130 -70V-190Q-60 -270 10 -190T130 -200V-70Z', main.base) +
      shape('M-130 -70V-130Q-30 -190 60 -120T130 -130V-70Z', main.deep),
    [0, 1, 2]
      .map((i) =>
        shape(
          `M${-110 + i * 76} -90V-300A34 34 0 0 1 ${-42 + i * 76} -300V-90Z`,
          [main.base, second.base, main.deep][i]!,
        ),
      )
      .join(''),
    ellipse(-30, -250, 92, 92, main.base) +
      ellipse(50, -200, 74, 74, second.base, 'opacity=".85"') +
      rect(-110, -120, 220, 14, 7, main.deep),
    move(
      0,
      -90,
      shape(
        'M0 0C-10 -120 -90 -150 -96 -230C-20 -220 10 -150 6 -90C20 -180 70 -230 104 -250C110 -160 60 -90 0 0Z',
        main.base,
      ),
    ) + rect(-60, -96, 120, 30, 8, second.base),
  ])
  return {
    svg:
      rect(-176, -500, 352, 490, 4, frame.deep) +
      rect(-168, -492, 336, 474, 2, frame.base) +
      rect(-150, -474, 300, 438, 0, '#fbfaf6') +
      move(0, -12, picture) +
      shape('M-150 -474H20L-150 -200Z', '#fff', 'opacity=".22"'),
    halfWidth: 176,
    height: 500,
  }
}

export function board(brush: Brush): Drawing {
  const { random, wood, main } = brush
  const grain = Array.from(
    { length: 8 },
    (_, i) =>
      `M${n(-116 + i * 33)} -340Q${n(-100 + i * 33 + random.between(-14, 14))} -180 ${n(-116 + i * 33)} -12`,
  ).join('')
  const round = random.chance(0.4)
  const d = round
    ? 'M-34 -480H34V-352A176 176 0 1 1 -34 -352Z'
    : 'M-36 -500Q0 -520 36 -500V-380H120Q140 -380 140 -356V-24Q140 0 116 0H-116Q-140 0 -140 -24V-356Q-140 -380 -120 -380H-36Z'
  return {
    svg:
      shape(d, wood.base) +
      (round ? '' : line(grain, wood.deep, 4, 'opacity=".5"')) +
      shape(d, flatLight(brush)) +
      ellipse(0, -456, 13, 13, wood.deep) +
      line('M0 -456C20 -420 44 -430 52 -470', main.base, 7),
    halfWidth: 140,
    height: 510,
  }
}

export function pan(brush: Brush): Drawing {
  const { main, wood, metal } = brush
  const body = turned(brush, {
    tone: main,
    gloss: true,
    profile: [
      [190, 172],
      [40, 172],
      [0, 156],
    ],
  })
  const lid = move(
    0,
    -190,
    turned(brush, {
      tone: main,
      profile: [
        [46, 60],
        [30, 140],
        [0, 178],
      ],
    }) +
      move(
        0,
        -46,
        turned(brush, {
          tone: wood,
          profile: [
            [34, 26],
            [18, 26],
            [0, 16],
          ],
        }),
      ),
  )
  const ears = line('M-172 -130h-56v34h56M172 -130h56v34h-56', metal.deep, 18)
  return { svg: ears + body + lid, halfWidth: 180, height: 280 }
}

export function soap(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const bar = (x: number, y: number, turn: number, fill: Brush['main']) =>
    move(
      x,
      y,
      rect(-130, -78, 260, 88, 26, fill.deep) +
        rect(-130, -92, 260, 84, 26, fill.base) +
        rect(-130, -92, 260, 84, 26, flatLight(brush)) +
        rect(-64, -66, 128, 32, 16, fill.light, 'opacity=".7"'),
      `rotate(${n(turn)})`,
    )
  const wrap = rect(-54, -104, 108, 106, 0, pale.light) + line('M-30 -62h60M-18 -42h36', main.deep, 5)
  return {
    svg:
      bar(0, -4, 0, main) +
      bar(random.between(-20, 20), -98, random.between(-5, 5), second) +
      move(0, -192, bar(0, 0, random.between(-6, 6), pale) + wrap),
    halfWidth: 130,
    height: 300,
  }
}

export function ring(brush: Brush): Drawing {
  const { random, main, metal, pale } = brush
  const plinth = move(
    0,
    0,
    turned(brush, {
      tone: pale,
      profile: [
        [150, 150],
        [0, 150],
      ],
    }),
  )
  const stone = random.pick([
    shape('M-40 -40L0 -70L40 -40L0 8Z', main.base) + shape('M-40 -40L0 -70V8Z', main.light),
    ellipse(0, -30, 38, 44, main.base) + ellipse(-10, -44, 12, 14, '#fff', 'opacity=".6"'),
    shape('M-44 0V-40A44 44 0 0 1 44 -40V0Z', main.base) +
      shape('M-44 0V-40A44 44 0 0 1 0 -84V0Z', main.light, 'opacity=".7"'),
  ])
  const band = `<circle cy="-254" r="96" fill="none" stroke="${metal.base}" stroke-width="22"/><circle cy="-254" r="101" fill="none" stroke="${metal.light}" stroke-width="5" opacity=".9"/><circle cy="-254" r="86" fill="none" stroke="${metal.deep}" stroke-width="4"/>`
  return { svg: plinth + band + move(0, -348, stone), halfWidth: 150, height: 430 }
}

export function necklace(brush: Brush): Drawing {
  const { random, main, second, metal, pale } = brush
  const bust =
    shape('M-150 0C-150 -130 -60 -160 -52 -260V-380Q0 -410 52 -380V-260C60 -160 150 -130 150 0Z', pale.base) +
    shape(
      'M-150 0C-150 -130 -60 -160 -52 -260V-380Q0 -410 52 -380V-260C60 -160 150 -130 150 0Z',
      flatLight(brush),
    )
  const beads = random.chance(0.5)
    ? Array.from({ length: 13 }, (_, i) => {
        const t = i / 12
        const x = -62 + 124 * t
        return (
          ellipse(x, -262 + Math.sin(t * Math.PI) * 110, 15, 15, i % 3 === 0 ? second.base : main.base) +
          ellipse(x - 4, -267 + Math.sin(t * Math.PI) * 110, 5, 5, '#fff', 'opacity=".6"')
        )
      }).join('')
    : line('M-58 -280C-50 -120 50 -120 58 -280', metal.deep, 6) +
      ellipse(0, -142, 32, 36, main.base) +
      ellipse(-9, -154, 10, 11, '#fff', 'opacity=".6"')
  return { svg: bust + beads, halfWidth: 150, height: 400 }
}

export function watch(brush: Brush): Drawing {
  const { random, main, metal, pale, ink, second } = brush
  const strap =
    shape('M-62 -520H62L72 -360H-72ZM-72 -170H72L62 -10Q0 4 -62 -10Z', main.base) +
    shape('M-62 -520H62L72 -360H-72ZM-72 -170H72L62 -10Q0 4 -62 -10Z', flatLight(brush))
  const dial =
    ellipse(0, 0, 118, 118, metal.base) +
    ellipse(0, 0, 100, 100, random.chance(0.5) ? pale.light : ink.base) +
    Array.from(
      { length: 12 },
      (_, i) =>
        `<rect x="-3" y="-88" width="6" height="16" rx="3" fill="${metal.deep}" transform="rotate(${i * 30})"/>`,
    ).join('') +
    line('M0 0L-34 -42', metal.deep, 9) +
    line('M0 0L22 -66', metal.deep, 7) +
    ellipse(0, 0, 9, 9, second.base) +
    `<circle r="118" fill="${flatLight(brush)}"/>`
  return {
    svg: strap + rect(112, -282, 22, 34, 6, metal.deep) + move(0, -265, dial),
    halfWidth: 90,
    height: 520,
  }
}

export function toy(brush: Brush): Drawing {
  const { random, main, second, pale, wood } = brush
  if (random.chance(0.5)) {
    const wheel = (x: number) => ellipse(x, -44, 44, 44, wood.base) + ellipse(x, -44, 16, 16, wood.deep)
    const body =
      'M-190 -60V-150Q-186 -172 -150 -176L-96 -250Q-84 -266 -60 -266H50Q76 -266 90 -246L126 -178L174 -164Q192 -158 192 -130V-60Z'
    return {
      svg:
        shape(body, main.base) +
        shape('M-80 -178L-46 -228H-6V-178ZM16 -178V-228H48L82 -178Z', pale.light) +
        shape(body, flatLight(brush)) +
        wheel(-108) +
        wheel(112),
      halfWidth: 190,
      height: 270,
    }
  }
  const rings = [150, 124, 100, 76].map((radius, i) =>
    move(
      0,
      -20 - i * 66,
      turned(brush, {
        tone: [main, pale, second, wood][i]!,
        profile: [
          [66, radius * 0.82],
          [34, radius],
          [0, radius * 0.86],
        ],
      }),
    ),
  )
  return {
    svg:
      turned(brush, {
        tone: wood,
        profile: [
          [20, 160],
          [0, 160],
        ],
      }) +
      rings.join('') +
      ellipse(0, -310, 46, 46, main.base) +
      ellipse(-14, -324, 14, 14, '#fff', 'opacity=".4"'),
    halfWidth: 160,
    height: 350,
  }
}

export function blocks(brush: Brush): Drawing {
  const { random, main, second, pale, wood } = brush
  const cube = (x: number, y: number, fill: Brush['main']) =>
    rect(x - 62, y - 124, 124, 124, 8, fill.base) + rect(x - 62, y - 124, 124, 124, 8, flatLight(brush))
  const arch =
    shape('M-130 -124V-248H130V-124H70A70 70 0 0 0 -70 -124Z', main.base) +
    shape('M-130 -124V-248H130V-124H70A70 70 0 0 0 -70 -124Z', flatLight(brush))
  return {
    svg:
      cube(-68, 0, second) +
      cube(random.between(64, 74), 0, wood) +
      arch +
      cube(random.between(-40, 30), -248, pale) +
      shape('M-70 -372L0 -470L70 -372Z', main.deep),
    halfWidth: 140,
    height: 460,
  }
}

export function pouch(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const d = 'M-122 -440H122L134 -40Q130 0 100 0H-100Q-130 0 -134 -40Z'
  const mark = random.pick([
    ellipse(0, -210, 56, 56, second.base),
    shape('M-56 -150V-230A56 56 0 0 1 56 -230V-150Z', second.base),
    [0, 1, 2].map((i) => rect(-60 + i * 44, -266 + i * 20, 30, 116 - i * 20, 15, second.base)).join(''),
  ])
  return {
    svg:
      shape(d, main.base) +
      rect(-96, -320, 192, 236, 6, pale.light) +
      move(0, 6, mark) +
      line('M-54 -112h108', main.deep, 7) +
      shape(d, flatLight(brush)) +
      rect(-124, -470, 248, 42, 4, main.deep) +
      line('M-124 -410H124', main.deep, 4),
    halfWidth: 134,
    height: 470,
  }
}

export function box(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const high = random.between(190, 280)
  const front =
    rect(-190, -high, 290, high, 4, main.base) +
    shape(`M100 ${n(-high)}L190 ${n(-high - 50)}V-50L100 0Z`, main.deep) +
    shape(`M-190 ${n(-high)}L-100 ${n(-high - 50)}H190L100 ${n(-high)}Z`, main.light)
  const ribbon = random.chance(0.5)
    ? rect(-64, -high, 38, high, 0, second.base) +
      shape(`M-64 ${n(-high)}L26 ${n(-high - 50)}H64L-26 ${n(-high)}Z`, second.light)
    : rect(-140, -high * 0.72, 190, high * 0.44, 4, pale.light) +
      line(`M-104 ${n(-high * 0.54)}h118M-84 ${n(-high * 0.42)}h78`, main.deep, 7)
  return {
    svg: front + ribbon + rect(-190, -high, 290, high, 4, flatLight(brush)),
    halfWidth: 190,
    height: high + 50,
  }
}

export function speaker(brush: Brush): Drawing {
  const { random, main, wood, ink, pale, metal } = brush
  const shell = random.pick([wood, main, ink])
  const cone = (y: number, radius: number) =>
    ellipse(0, y, radius, radius, ink.deep) +
    ellipse(
      0,
      y,
      radius * 0.84,
      radius * 0.84,
      around(
        brush,
        [
          [0, ink.light],
          [0.6, ink.base],
          [1, ink.deep],
        ],
        '40%,35%',
      ),
    ) +
    ellipse(0, y, radius * 0.32, radius * 0.32, metal.base)
  return {
    svg:
      rect(-140, -470, 280, 462, 22, shell.base) +
      rect(-140, -470, 280, 462, 22, flatLight(brush)) +
      cone(-370, 56) +
      cone(-176, 106) +
      line('M-100 -34h40', pale.light, 6) +
      rect(-110, -10, 220, 10, 5, ink.deep),
    halfWidth: 140,
    height: 470,
  }
}

export function headphones(brush: Brush): Drawing {
  const { main, ink, metal } = brush
  const cup = (x: number) =>
    rect(x - 44, -220, 88, 170, 44, ink.base) +
    rect(x - 34, -230, 68, 180, 34, main.base) +
    rect(x - 34, -230, 68, 180, 34, flatLight(brush))
  return {
    svg: move(
      0,
      -20,
      line('M-148 -180C-190 -520 190 -520 148 -180', main.deep, 36) +
        line('M-148 -190C-186 -504 186 -504 148 -190', main.base, 18) +
        line('M-148 -240V-180M148 -240V-180', metal.base, 14) +
        cup(-148) +
        cup(148),
    ),
    halfWidth: 180,
    height: 470,
  }
}

export function tool(brush: Brush): Drawing {
  const { random, main, wood, metal } = brush
  const handled = (x: number, head: string, turn: number) =>
    move(
      x,
      0,
      rect(-14, -330, 28, 330, 14, wood.base) +
        rect(-14, -330, 28, 330, 14, flatLight(brush)) +
        rect(-16, -120, 32, 44, 4, main.base) +
        head,
      `rotate(${turn})`,
    )
  const heads = [
    ellipse(0, -400, 54, 82, metal.base) + ellipse(-12, -416, 22, 44, metal.light, 'opacity=".8"'),
    shape('M-20 -320H20L28 -500Q10 -540 -28 -530Z', metal.base),
    rect(-46, -350, 92, 40, 6, metal.deep) +
      Array.from({ length: 8 }, (_, i) => rect(-44 + i * 11.5, -430, 8, 84, 3, main.deep)).join(''),
    line('M-30 -330C-60 -480 60 -480 30 -330M-12 -330C-24 -470 24 -470 12 -330', metal.base, 7),
  ]
  const first = random.pick([0, 1, 2, 3])
  return {
    svg:
      handled(-110, heads[first]!, -7) +
      handled(0, heads[(first + 1) % 4]!, 1) +
      handled(110, heads[(first + 3) % 4]!, 8),
    halfWidth: 150,
    height: 500,
  }
}

export function bouquet(brush: Brush): Drawing {
  const { random, main, second, pale, wood } = brush
  const flowers = Array.from({ length: 9 }, (_, i) => {
    const angle = -56 + i * 14 + random.between(-5, 5)
    const long = random.between(300, 400)
    const tones = [main, second, pale]
    const fill = tones[i % 3]!
    const petals = Array.from(
      { length: 6 },
      (__, k) =>
        `<ellipse cy="-20" rx="15" ry="26" fill="${k % 2 ? fill.base : fill.light}" transform="rotate(${k * 60})"/>`,
    ).join('')
    return `<g transform="translate(0 -140) rotate(${n(angle)})">${line(`M0 0V${n(-long)}`, '#5c7a55', 6)}<g transform="translate(0 ${n(-long)})">${petals}${ellipse(0, 0, 13, 13, wood.deep)}</g></g>`
  })
  const paper =
    shape('M-150 -250Q0 -200 150 -250L46 -10Q0 6 -46 -10Z', pale.base) +
    shape('M-150 -250Q0 -200 150 -250L46 -10Q0 6 -46 -10Z', flatLight(brush)) +
    rect(-72, -120, 144, 26, 4, second.deep)
  return { svg: flowers.join('') + paper, halfWidth: 80, height: 540 }
}

export function knife(brush: Brush): Drawing {
  const { random, wood, metal, main, ink } = brush
  const handle = random.pick([wood, ink, main])
  const block =
    shape('M-120 0V-260L-40 -330H140V0Z', wood.base) + shape('M-120 0V-260L-40 -330H140V0Z', flatLight(brush))
  const grip = (x: number, y: number) =>
    move(
      x,
      y,
      rect(-20, -150, 40, 150, 14, handle.base) +
        rect(-20, -150, 40, 150, 14, flatLight(brush)) +
        ellipse(0, -110, 5, 5, metal.light) +
        ellipse(0, -50, 5, 5, metal.light),
      'rotate(-14)',
    )
  const blade = move(
    210,
    0,
    shape('M-26 0Q-40 -200 -16 -340H26V0Z', metal.light) +
      line('M-6 -20V-320', metal.deep, 4) +
      rect(-24, -490, 48, 156, 16, handle.base) +
      rect(-24, -490, 48, 156, 16, flatLight(brush)),
    'rotate(7)',
  )
  return {
    svg: move(-70, 0, block + grip(-40, -300) + grip(30, -322) + grip(100, -322)) + blade,
    halfWidth: 190,
    height: 490,
  }
}

export function pens(brush: Brush): Drawing {
  const { main, second, metal, ink } = brush
  const pen = (x: number, turn: number, fill: Brush['main']) =>
    move(
      x,
      0,
      shape('M-9 -70L0 0L9 -70Z', metal.base) +
        rect(-17, -260, 34, 192, 8, fill.base) +
        rect(-20, -480, 40, 226, 14, fill.deep) +
        rect(-20, -262, 40, 12, 0, metal.base) +
        line('M22 -470V-320', metal.base, 8) +
        rect(-20, -480, 40, 410, 10, flatLight(brush)),
      `rotate(${turn})`,
    )
  return { svg: pen(-90, -9, main) + pen(0, 1, ink) + pen(92, 10, second), halfWidth: 130, height: 490 }
}

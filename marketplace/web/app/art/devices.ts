import { around, ellipse, flatLight, line, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'
import { turned } from './lathe.ts'

// Things with a plug or a battery.

/** A rounded box with light on it. */
function shell(
  brush: Brush,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
): string {
  return rect(x, y, width, height, radius, fill) + rect(x, y, width, height, radius, flatLight(brush))
}

export function tablet(brush: Brush): Drawing {
  const { random, ink, main, second, pale } = brush
  const picture = random.pick([
    ellipse(60, -330, 70, 70, second.base) +
      shape('M-140 -40V-170Q-50 -280 40 -180T140 -200V-40Z', main.base),
    [0, 1, 2, 3]
      .map((i) =>
        rect(
          -116 + (i % 2) * 124,
          -392 + Math.floor(i / 2) * 124,
          108,
          108,
          26,
          [main, second, pale, brush.metal][i]!.base,
        ),
      )
      .join(''),
    line('M-100 -350h200M-100 -300h160M-100 -250h190M-100 -200h120M-100 -150h180', ink.light, 12),
  ])
  const clip = brush.define(
    (id) => `<clipPath id="${id}"><rect x="-140" y="-432" width="280" height="384" rx="6"/></clipPath>`,
  )
  const screen =
    rect(-140, -432, 280, 384, 6, random.chance(0.5) ? '#f7f6f1' : main.light) +
    `<g clip-path="${clip}">${picture}</g>` +
    shape('M-140 -432H40L-140 -180Z', '#fff', 'opacity=".16"')
  return {
    svg: move(
      0,
      0,
      shell(brush, -160, -460, 320, 450, 26, ink.base) + screen,
      `rotate(${n(random.between(-5, 5))})`,
    ),
    halfWidth: 160,
    height: 470,
  }
}

export function keyboard(brush: Brush): Drawing {
  const { random, main, second, pale, ink } = brush
  const body = random.pick([ink, pale, main])
  const key = body === pale ? '#fff' : pale.base
  const special = random.pick([main, second])
  const keys = [0, 1, 2, 3].flatMap((row) =>
    Array.from({ length: 10 }, (_, i) =>
      rect(
        -222 + row * 4 + i * 43,
        -196 + row * 42,
        37,
        36,
        7,
        (i === 9 && row < 3) || (i === 0 && row > 1) ? special.base : key,
      ),
    ),
  )
  const space = rect(-110, -28, 210, 30, 7, key)
  return {
    svg: move(
      0,
      -20,
      shell(brush, -240, -214, 480, 232, 20, body.deep) +
        shell(brush, -240, -220, 480, 226, 20, body.base) +
        keys.join('') +
        space,
    ),
    halfWidth: 240,
    height: 240,
  }
}

export function mouse(brush: Brush): Drawing {
  const { random, main, ink, pale } = brush
  const body = random.pick([main, ink, pale])
  const d = 'M-110 -120C-110 -330 110 -330 110 -120C110 -10 70 0 0 0C-70 0 -110 -10 -110 -120Z'
  return {
    svg:
      shape(d, body.base) +
      line('M0 -276V-160M-108 -150Q0 -176 108 -150', body.deep, 5) +
      rect(-13, -236, 26, 62, 13, main === body ? pale.base : main.base) +
      shape(d, flatLight(brush)),
    halfWidth: 110,
    height: 280,
  }
}

export function camera(brush: Brush): Drawing {
  const { random, main, ink, metal, second } = brush
  const body = random.pick([ink, main])
  const lens = (radius: number, fill: string) => ellipse(20, -150, radius, radius, fill)
  const glass = around(
    brush,
    [
      [0, '#b9d3ee'],
      [0.35, '#31465f'],
      [1, '#0d131c'],
    ],
    '38%,34%',
  )
  return {
    svg:
      rect(-120, -312, 96, 40, 10, metal.base) +
      shell(brush, -220, -290, 440, 280, 40, body.base) +
      rect(-220, -210, 440, 120, 0, body.deep, 'opacity=".6"') +
      lens(126, metal.base) +
      lens(112, ink.deep) +
      lens(82, glass) +
      ellipse(-12, -184, 18, 12, '#fff', 'opacity=".75"') +
      ellipse(178, -250, 14, 14, second.base),
    halfWidth: 220,
    height: 310,
  }
}

/** Router, power bank, dock, smart plug: a small box that glows. */
export function device(brush: Brush): Drawing {
  const { random, main, second, pale, ink } = brush
  const body = random.pick([pale, ink, main])
  const lights = [0, 1, 2, 3]
    .map((i) => ellipse(-54 + i * 36, -46, 7, 7, i < random.between(1, 4) ? second.light : body.deep))
    .join('')
  const kind = random.pick(['tower', 'puck', 'bar'] as const)
  switch (kind) {
    case 'tower':
      return {
        svg:
          shell(brush, -110, -400, 220, 396, 56, body.base) +
          lights +
          line('M-40 -330h80M-40 -300h80M-40 -270h80', body.deep, 8),
        halfWidth: 110,
        height: 400,
      }
    case 'puck':
      return {
        svg:
          turned(brush, {
            tone: body,
            profile: [
              [150, 180],
              [130, 200],
              [30, 204],
              [0, 190],
            ],
            bands: [{ from: 40, to: 62, fill: main.base }],
          }) + ellipse(0, -148, 60, 9, second.light),
        halfWidth: 200,
        height: 170,
      }
    case 'bar':
      return {
        svg:
          shell(brush, -200, -170, 400, 160, 44, body.base) +
          move(100, -44, lights) +
          line('M200 -90C290 -90 250 -10 330 0', body.deep, 14),
        halfWidth: 200,
        height: 180,
      }
  }
}

export function microphone(brush: Brush): Drawing {
  const { main, metal, ink, second } = brush
  const grid = Array.from({ length: 7 }, (_, i) => `M-80 ${-470 + i * 26}h160M${-72 + i * 24} -494v180`).join(
    '',
  )
  return {
    svg:
      turned(brush, {
        tone: ink,
        profile: [
          [26, 120],
          [0, 130],
        ],
      }) +
      line('M0 -26V-190', metal.base, 18) +
      line('M-130 -400V-300C-130 -150 130 -150 130 -300V-400', metal.deep, 14) +
      shell(brush, -88, -500, 176, 300, 88, main.base) +
      line(grid, main.deep, 4, 'opacity=".7"') +
      rect(-88, -310, 176, 22, 0, second.base),
    halfWidth: 130,
    height: 500,
  }
}

export function earbuds(brush: Brush): Drawing {
  const { main, pale, ink } = brush
  const bud = (x: number, turn: number) =>
    move(
      x,
      -190,
      rect(-16, -10, 32, 150, 16, pale.base) +
        rect(-16, -10, 32, 150, 16, flatLight(brush)) +
        ellipse(0, -14, 48, 44, pale.base) +
        ellipse(34, -20, 20, 26, ink.base) +
        ellipse(-14, -22, 14, 14, '#fff', 'opacity=".5"'),
      `rotate(${turn}) scale(${Math.sign(turn)} 1)`,
    )
  return {
    svg:
      bud(-74, -10) +
      bud(74, 10) +
      shell(brush, -170, -130, 340, 124, 58, main.base) +
      line('M-166 -78H166', main.deep, 5) +
      ellipse(0, -44, 7, 7, pale.light),
    halfWidth: 170,
    height: 280,
  }
}

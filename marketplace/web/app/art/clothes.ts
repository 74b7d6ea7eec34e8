import { ellipse, flatLight, line, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'

// Clothes on a hanger or laid down, and small jewellery.

const HANGER = 'M-120 -452L0 -520L120 -452M0 -520C0 -560 34 -556 30 -580'

function lit(brush: Brush, d: string, fill: string): string {
  return shape(d, fill) + shape(d, flatLight(brush))
}

/** Long sleeves: jacket, coat, sweater, hoodie, as chance has it. */
export function jacket(brush: Brush): Drawing {
  const { random, main, second, pale, wood, metal } = brush
  const d =
    'M-92 -470L-50 -484Q0 -450 50 -484L92 -470Q180 -440 196 -360L226 -90L160 -76L132 -300L138 -30Q0 -10 -138 -30L-132 -300L-160 -76L-226 -90L-196 -360Q-180 -440 -92 -470Z'
  const front = random.pick([
    line('M0 -460V-24', main.deep, 6) +
      line('M0 -440V-40', metal.base, 4, 'stroke-dasharray="6 6"') +
      line('M-90 -150h60M30 -150h60', main.deep, 7),
    [0, 1, 2, 3, 4].map((i) => ellipse(0, -420 + i * 86, 9, 9, pale.light)).join('') +
      line('M-10 -460V-24', main.deep, 4) +
      rect(-100, -330, 70, 80, 6, main.deep, 'opacity=".5"'),
    [0, 1, 2].map((i) => rect(-134, -330 + i * 54, 268, 20, 0, i === 1 ? pale.base : second.base)).join('') +
      line('M-138 -50Q0 -30 138 -50', main.deep, 16),
    shape('M-80 -474Q0 -400 80 -474Q60 -540 0 -540Q-60 -540 -80 -474Z', main.deep) +
      line('M-26 -440V-350M26 -440V-350', pale.base, 6) +
      shape('M-80 -70L-50 -180H50L80 -70Z', main.deep, 'opacity=".6"'),
  ])
  return {
    svg: move(0, -20, line(HANGER, wood.deep, 9) + lit(brush, d, main.base) + front),
    halfWidth: 110,
    height: 560,
  }
}

export function trousers(brush: Brush): Drawing {
  const { random, main, second, wood, metal } = brush
  const d = 'M-110 -500H110L130 -10H40L4 -340L-40 -10H-130Z'
  const seams =
    line('M-104 -450Q-60 -440 -56 -400M104 -450Q60 -440 56 -400M0 -500V-420', main.deep, 5) +
    (random.chance(0.5) ? line('M-120 -40h70M50 -40h70', second.base, 8) : '')
  return {
    svg:
      lit(brush, d, main.base) +
      rect(-112, -516, 224, 34, 8, main.deep) +
      ellipse(0, -499, 8, 8, metal.light) +
      seams +
      line('M-80 -520V-548H80V-520', wood.deep, 7),
    halfWidth: 120,
    height: 540,
  }
}

export function dress(brush: Brush): Drawing {
  const { random, main, second, wood, pale } = brush
  const d =
    'M-76 -470L-50 -480Q0 -410 50 -480L76 -470L90 -320Q80 -290 84 -270L190 -30Q0 6 -190 -30L-84 -270Q-80 -290 -90 -320Z'
  const pattern = random.chance(0.5)
    ? Array.from({ length: 14 }, (_, i) =>
        ellipse(-90 + (i % 5) * 45 + (i % 2) * 8, -230 + Math.floor(i / 5) * 70, 11, 11, pale.base),
      ).join('')
    : [0, 1, 2, 3]
        .map((i) => line(`M${-26 + i * 18} -264L${-90 + i * 60} -26`, main.deep, 5, 'opacity=".7"'))
        .join('')
  return {
    svg: move(
      0,
      -10,
      line(HANGER, wood.deep, 9) +
        lit(brush, d, main.base) +
        pattern +
        rect(-88, -290, 176, 24, 6, second.base),
    ),
    halfWidth: 130,
    height: 570,
  }
}

export function skirt(brush: Brush): Drawing {
  const { main, second } = brush
  const d = 'M-96 -400H96L190 -20Q0 16 -190 -20Z'
  const folds = Array.from({ length: 7 }, (_, i) => `M${-66 + i * 22} -380L${n(-138 + i * 46)} -14`).join('')
  return {
    svg:
      lit(brush, d, main.base) +
      line(folds, main.deep, 6, 'opacity=".65"') +
      rect(-98, -424, 196, 42, 8, second.base),
    halfWidth: 170,
    height: 430,
  }
}

export function socks(brush: Brush): Drawing {
  const { random, main, second, pale } = brush
  const d = 'M-60 -420H60V-190Q70 -130 140 -100Q200 -70 170 -24Q150 0 90 0H-20Q-60 -6 -60 -60Z'
  const stripes = random.chance(0.6)
    ? [0, 1, 2].map((i) => rect(-60, -390 + i * 44, 120, 20, 0, i % 2 ? pale.base : second.base)).join('')
    : rect(-60, -420, 120, 60, 0, second.base)
  const one =
    lit(brush, d, main.base) +
    stripes +
    shape('M96 -116Q200 -70 170 -24Q150 0 90 0H70Q80 -70 96 -116Z', second.base) +
    shape('M-60 -90Q-10 -60 -6 0H-20Q-60 -6 -60 -60Z', second.base)
  return { svg: move(-10, -40, one, 'scale(.92)') + move(-90, 0, one), halfWidth: 170, height: 440 }
}

export function gloves(brush: Brush): Drawing {
  const { main, second } = brush
  const d =
    'M-80 -20V-300Q-80 -330 -60 -330T-40 -300V-250V-390Q-40 -420 -18 -420T4 -390V-260V-400Q4 -430 26 -430T48 -400V-250V-360Q48 -388 68 -388T88 -360V-210Q150 -260 160 -230Q166 -200 92 -120V-20Z'
  const one =
    lit(brush, d, main.base) +
    rect(-92, -96, 196, 84, 16, second.base) +
    line('M-70 -92V-20M-36 -92V-20M-2 -92V-20M32 -92V-20M66 -92V-20', second.deep, 5)
  return {
    svg: move(-110, 0, one, 'rotate(-6)') + move(110, 0, one, 'rotate(6) scale(-1 1)'),
    halfWidth: 200,
    height: 440,
  }
}

/** On a little stand: two of anything round on a card look back at you. */
export function earrings(brush: Brush): Drawing {
  const { random, main, metal, wood } = brush
  const kind = random.pick(['hoop', 'drop', 'bar'] as const)
  const one = (x: number) => {
    const hook = line(`M${x} -410V-360`, metal.base, 6)
    switch (kind) {
      case 'hoop':
        return `${hook}<circle cx="${x}" cy="-276" r="82" fill="none" stroke="${metal.base}" stroke-width="17"/><circle cx="${x}" cy="-276" r="87" fill="none" stroke="${metal.light}" stroke-width="4"/>`
      case 'drop':
        return (
          hook +
          shape(
            `M${x} -366C${x + 74} -270 ${x + 62} -190 ${x} -190C${x - 62} -190 ${x - 74} -270 ${x} -366Z`,
            main.base,
          ) +
          ellipse(x - 18, -252, 10, 24, '#fff', 'opacity=".5"')
        )
      case 'bar':
        return hook + rect(x - 14, -362, 28, 150, 14, metal.base) + ellipse(x, -186, 26, 26, main.base)
    }
  }
  const stand =
    line('M0 -30V-410M-140 -410H140', wood.base, 18) + shape('M-110 0Q-110 -34 0 -34T110 0Z', wood.deep)
  return { svg: stand + one(-104) + one(104), halfWidth: 130, height: 430 }
}

export function bracelet(brush: Brush): Drawing {
  const { random, main, second, metal, pale } = brush
  const pillow = lit(brush, 'M-210 -110Q0 -190 210 -110Q230 -10 190 0H-190Q-230 -10 -210 -110Z', pale.base)
  if (random.chance(0.5)) {
    const beads = Array.from({ length: 18 }, (_, i) => {
      const angle = (i / 18) * Math.PI * 2
      const [x, y] = [Math.cos(angle) * 140, -140 + Math.sin(angle) * 62]
      return {
        y,
        svg:
          ellipse(x, y, 23, 23, i % 4 === 0 ? second.base : main.base) +
          ellipse(x - 7, y - 8, 7, 6, '#fff', 'opacity=".55"'),
      }
    }).sort((a, b) => a.y - b.y)
    return { svg: pillow + beads.map(({ svg }) => svg).join(''), halfWidth: 200, height: 240 }
  }
  const band = `<ellipse cy="-150" rx="150" ry="70" fill="none" stroke="${metal.deep}" stroke-width="30"/><ellipse cy="-158" rx="150" ry="70" fill="none" stroke="${metal.base}" stroke-width="22"/><ellipse cy="-163" rx="153" ry="72" fill="none" stroke="${metal.light}" stroke-width="5"/>`
  return {
    svg: pillow + band + ellipse(0, -88, 26, 22, main.base) + ellipse(-7, -94, 8, 6, '#fff', 'opacity=".6"'),
    halfWidth: 200,
    height: 240,
  }
}

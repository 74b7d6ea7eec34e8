import { brushWith, ellipse, move, n, rect, shape, type Brush, type Drawing } from './brush.ts'
import { oklch, tone } from './colour.ts'
import { motifNamed } from './motifs.ts'
import { randomFrom, type Random } from './random.ts'

const WIDTH = 800
const HEIGHT = 1000
const MIDDLE = { x: WIDTH / 2, y: 545 } // of the thing, a little below that of the picture

export type Picture = {
  readonly sku: string
  readonly motif: string
  /** Degrees on the OKLCH colour wheel. */
  readonly hue: number
}

/** A still life as SVG text, 800 by 1000: the same sku, motif and hue give the same bytes on every machine. */
export function productPicture({ sku, motif, hue }: Picture): string {
  const random = randomFrom(`${sku}/${motif}`)
  const scene = sceneFor(hue, random)
  const brush = brushWith({ random, ...materials(hue, random) })
  const thing = motifNamed(motif)(brush)
  const scale = Math.min(1.24, 600 / Math.max(thing.height, 340), 280 / thing.halfWidth)
  // Small things stand further back, so that nothing hugs the lower edge.
  const ground = Math.min(800, Math.max(650, MIDDLE.y + (thing.height * scale) / 2))
  const body = [
    backdrop(brush, scene, ground),
    shadow(brush, thing, scale, ground),
    move(MIDDLE.x, ground, thing.svg, `scale(${n(scale * 100) / 100})`),
    daylight(brush),
  ].join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">` +
    `<defs>${brush.definitions()}</defs>${body}</svg>`
  )
}

type Scene = {
  readonly wall: string
  readonly wallShade: string
  readonly floor: string
  readonly accent: string
  readonly set: 'plain' | 'disc' | 'niche' | 'window'
}

function sceneFor(hue: number, random: Random): Scene {
  const dark = random.chance(0.14)
  // Dark olive and brown walls look dirty, so the deep ones keep to blues, plum and pine.
  const wallHue = dark
    ? random.pick([190, 235, 265, 285, 320, 15])
    : hue + random.pick([0, 18, -22, 150, 185, 210])
  const lightness = dark ? random.between(0.4, 0.48) : random.between(0.86, 0.93)
  const chroma = dark ? 0.06 : random.between(0.012, 0.042)
  return {
    wall: oklch(lightness, chroma, wallHue),
    wallShade: oklch(lightness - 0.08, chroma, wallHue + 6),
    floor: oklch(lightness - random.between(0.03, 0.1), chroma * 1.15, wallHue + random.between(-8, 30)),
    accent: oklch(
      dark ? lightness + 0.08 : lightness - 0.06,
      chroma * 1.9,
      wallHue + random.pick([0, 40, -40]),
    ),
    set: random.pick(['plain', 'plain', 'disc', 'niche', 'window', 'window'] as const),
  }
}

function materials(hue: number, random: Random) {
  return {
    main: tone(random.between(0.5, 0.72), random.between(0.09, 0.16), hue),
    second: tone(
      random.between(0.52, 0.78),
      random.between(0.08, 0.15),
      hue + random.pick([-50, 40, 70, 150, 190, 215]),
    ),
    pale: tone(random.between(0.9, 0.94), random.between(0.012, 0.03), hue + random.pick([0, 60, 90])),
    wood: tone(random.between(0.58, 0.72), 0.075, random.between(55, 74)),
    metal: tone(random.between(0.7, 0.8), random.chance(0.6) ? 0.09 : 0.012, random.between(78, 92)),
    ink: tone(0.3, 0.025, hue + 180),
  }
}

function backdrop(brush: Brush, { wall, wallShade, floor, accent, set }: Scene, ground: number): string {
  const { random } = brush
  const wallLight = brush.define(
    (id) =>
      `<linearGradient id="${id}" x2="1" y2="1"><stop stop-color="${wall}"/><stop offset="1" stop-color="${wallShade}"/></linearGradient>`,
  )
  const floorLight = brush.define(
    (id) =>
      `<linearGradient id="${id}" x2="0" y2="1"><stop stop-color="${floor}"/><stop offset="1" stop-color="${wallShade}"/></linearGradient>`,
  )
  const edge = ground - random.between(40, 150)
  const room =
    rect(0, 0, WIDTH, HEIGHT, 0, wallLight) +
    rect(0, edge, WIDTH, HEIGHT - edge, 0, floorLight) +
    rect(0, edge - 2, WIDTH, 5, 0, wallShade, 'opacity=".7"')
  switch (set) {
    case 'disc':
      return (
        room +
        `<clipPath id="wall"><path d="M0 0H${WIDTH}V${n(edge)}H0Z"/></clipPath>` +
        ellipse(
          MIDDLE.x + random.between(-90, 90),
          MIDDLE.y - random.between(40, 140),
          290,
          290,
          accent,
          'clip-path="url(#wall)"',
        )
      )
    case 'niche': {
      const half = random.between(240, 290)
      return (
        room +
        shape(
          `M${n(MIDDLE.x - half)} ${n(edge)}V${n(half + 60)}A${n(half)} ${n(half)} 0 0 1 ${n(MIDDLE.x + half)} ${n(half + 60)}V${n(edge)}Z`,
          accent,
        ) +
        shape(
          `M${n(MIDDLE.x - half)} ${n(edge)}V${n(half + 60)}A${n(half)} ${n(half)} 0 0 1 ${MIDDLE.x} 60A${n(half + 30)} ${n(half + 40)} 0 0 0 ${n(MIDDLE.x - half + 44)} ${n(half + 90)}V${n(edge)}Z`,
          '#0a0a1e',
          'opacity=".1"',
        )
      )
    }
    case 'window': {
      const x = random.between(60, 260)
      const pane = (dx: number, dy: number) =>
        shape(`M${n(x + dx)} ${n(90 + dy)}l150 46v210l-150 -46Z`, '#fff', 'opacity=".26"')
      return room + pane(0, 0) + pane(168, 52) + pane(0, 232) + pane(168, 284)
    }
    case 'plain':
      return room
  }
}

/** Light comes from the upper left, so a soft contact shadow and a long one to the right. */
function shadow(brush: Brush, { halfWidth, height }: Drawing, scale: number, ground: number): string {
  const soft = brush.define(
    (id) =>
      `<radialGradient id="${id}"><stop stop-color="#0b0b20" stop-opacity=".5"/><stop offset=".6" stop-color="#0b0b20" stop-opacity=".22"/><stop offset="1" stop-color="#0b0b20" stop-opacity="0"/></radialGradient>`,
  )
  const long = brush.define(
    (id) =>
      `<linearGradient id="${id}"><stop stop-color="#0b0b20" stop-opacity=".26"/><stop offset="1" stop-color="#0b0b20" stop-opacity="0"/></linearGradient>`,
  )
  const half = halfWidth * scale
  const reach = Math.min(420, height * scale * 0.8)
  return (
    shape(
      `M${n(MIDDLE.x - half * 0.7)} ${n(ground + 12)}L${n(MIDDLE.x + half * 0.2)} ${n(ground - 14)}L${n(MIDDLE.x + half + reach)} ${n(ground - 66)}Q${n(MIDDLE.x + half + reach + 60)} ${n(ground - 20)} ${n(MIDDLE.x + half + reach * 0.7)} ${n(ground - 4)}L${n(MIDDLE.x + half * 0.8)} ${n(ground + 18)}Z`,
      long,
    ) + ellipse(MIDDLE.x + 14, ground + 6, half * 1.3, Math.max(16, half * 0.2), soft)
  )
}

function daylight(brush: Brush): string {
  const light = brush.define(
    (id) =>
      `<radialGradient id="${id}" cx="18%" cy="8%" r="110%"><stop stop-color="#fff" stop-opacity=".34"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#0a0a1e" stop-opacity=".16"/></radialGradient>`,
  )
  return rect(0, 0, WIDTH, HEIGHT, 0, light)
}

import type { Tone } from './colour.ts'
import type { Random } from './random.ts'

/** What a motif paints with. Colours come from the product's hue, so one motif gives many pictures. */
export type Brush = {
  readonly random: Random
  readonly main: Tone
  readonly second: Tone
  readonly pale: Tone
  readonly wood: Tone
  readonly metal: Tone
  readonly ink: Tone
  /** Registers a definition once per text and returns its `url(#…)`. */
  define(element: (id: string) => string): string
  readonly definitions: () => string
}

/** A thing standing on y = 0, centred on x = 0, growing upwards to negative y; about 460 wide and 560 high at most. */
export type Drawing = { readonly svg: string; readonly halfWidth: number; readonly height: number }

export type Motif = (brush: Brush) => Drawing

type Materials = Omit<Brush, 'define' | 'definitions'>

export function brushWith(materials: Materials): Brush {
  const made = new Map<string, string>()
  return {
    ...materials,
    define(element) {
      const key = element('')
      const id = made.get(key) ?? `d${made.size}`
      made.set(key, id)
      return `url(#${id})`
    },
    definitions() {
      return [...made].map(([key, id]) => key.replace('id=""', `id="${id}"`)).join('')
    },
  }
}

/** One decimal is finer than any screen shows and keeps the files small. */
export function n(value: number): number {
  return Math.round(value * 10) / 10
}

export function shape(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}"${more && ` ${more}`}/>`
}

export function line(d: string, stroke: string, width: number, more = ''): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${more && ` ${more}`}/>`
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"${more && ` ${more}`}/>`
}

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
  more = '',
): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}" fill="${fill}"${more && ` ${more}`}/>`
}

export function move(x: number, y: number, svg: string, more = ''): string {
  return `<g transform="translate(${n(x)} ${n(y)})${more && ` ${more}`}">${svg}</g>`
}

type Stop = readonly [offset: number, colour: string, opacity?: number]

export function across(brush: Brush, stops: readonly Stop[]): string {
  return brush.define((id) => `<linearGradient id="${id}">${stopsOf(stops)}</linearGradient>`)
}

export function down(brush: Brush, stops: readonly Stop[]): string {
  return brush.define((id) => `<linearGradient id="${id}" x2="0" y2="1">${stopsOf(stops)}</linearGradient>`)
}

export function around(brush: Brush, stops: readonly Stop[], centre = '50%,50%'): string {
  const [cx, cy] = centre.split(',')
  return brush.define(
    (id) => `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="70%">${stopsOf(stops)}</radialGradient>`,
  )
}

function stopsOf(stops: readonly Stop[]): string {
  return stops
    .map(([offset, colour, opacity]) =>
      opacity === undefined
        ? `<stop offset="${offset}" stop-color="${colour}"/>`
        : `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('')
}

/** Light from the upper left on something round: laid over a flat colour. */
export function roundLight(brush: Brush): string {
  return across(brush, [
    [0, '#000', 0.18],
    [0.26, '#fff', 0.22],
    [0.5, '#fff', 0],
    [1, '#0a0a1e', 0.4],
  ])
}

/** Light from the upper left on something flat. */
export function flatLight(brush: Brush): string {
  return brush.define(
    (id) =>
      `<linearGradient id="${id}" x2="1" y2="1">${stopsOf([
        [0, '#fff', 0.22],
        [0.45, '#fff', 0],
        [1, '#0a0a1e', 0.22],
      ])}</linearGradient>`,
  )
}

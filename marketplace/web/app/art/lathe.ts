import { ellipse, line, n, roundLight, shape, type Brush } from './brush.ts'
import type { Tone } from './colour.ts'

/** Height above the ground (positive) and radius there, from top to bottom. */
export type Profile = readonly (readonly [height: number, radius: number])[]

type Turned = {
  readonly profile: Profile
  readonly tone: Tone
  /** What is seen through the opening; none: closed with a lid of the same tone. */
  readonly inside?: Tone
  /** Painted over the lower or upper part, between two heights. */
  readonly bands?: readonly { readonly from: number; readonly to: number; readonly fill: string }[]
  readonly gloss?: boolean
}

const TILT = 0.15 // how much of a circle we see from slightly above

/** Anything made on a wheel: vases, cups, bottles, tins, lamp shades. */
export function turned(brush: Brush, { profile, tone, inside, bands = [], gloss = false }: Turned): string {
  const outline = outlineOf(profile)
  const [topHeight, topRadius] = profile[0]!
  const clip = brush.define((id) => `<clipPath id="${id}"><path d="${outline}"/></clipPath>`)
  const widest = Math.max(...profile.map(([, radius]) => radius))
  const painted = bands.map(({ from, to, fill }) => shape(band(widest + 4, from, to), fill)).join('')
  const rim = inside ? inside.deep : tone.light
  return [
    shape(outline, tone.base),
    painted && `<g clip-path="${clip}">${painted}</g>`,
    shape(outline, roundLight(brush)),
    gloss ? line(glint(profile), '#fff', widest * 0.07, 'opacity=".5"') : '',
    ellipse(0, -topHeight, topRadius, topRadius * TILT, rim),
    inside ? ellipse(0, -topHeight, topRadius, topRadius * TILT, roundLight(brush), 'opacity=".8"') : '',
    ellipse(0, -topHeight, topRadius, topRadius * TILT, 'none', `stroke="${tone.light}" stroke-width="3"`),
  ].join('')
}

export function outlineOf(profile: Profile): string {
  const right = profile.map(([height, radius]) => [radius, -height] as const)
  const left = profile.map(([height, radius]) => [-radius, -height] as const).toReversed()
  const [bottomRadius] = right.at(-1)!
  const [topRadius, topY] = right[0]!
  return (
    `M${n(topRadius)} ${n(topY)}${smooth(right)}` +
    `A${n(bottomRadius)} ${n(bottomRadius * TILT)} 0 0 1 ${n(-bottomRadius)} ${n(left[0]![1])}` +
    `${smooth(left)}A${n(topRadius)} ${n(topRadius * TILT)} 0 0 1 ${n(topRadius)} ${n(topY)}Z`
  )
}

type Point = readonly [x: number, y: number]

/** Catmull-Rom through the points, as Bézier curves. */
function smooth(points: readonly Point[]): string {
  let d = ''
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i]!
    const to = points[i + 1]!
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const [x1, y1] = pull(points[i - 1] ?? from, to, length)
    const [x2, y2] = pull(from, points[i + 2] ?? to, length)
    d += `C${n(from[0] + x1)} ${n(from[1] + y1)} ${n(to[0] - x2)} ${n(to[1] - y2)} ${n(to[0])} ${n(to[1])}`
  }
  return d
}

/** A sixth of the way from `before` to `after`, but at most a third of the piece: else short pieces after long ones bulge. */
function pull(before: Point, after: Point, length: number): Point {
  const [x, y] = [(after[0] - before[0]) / 6, (after[1] - before[1]) / 6]
  const scale = Math.min(1, length / 3 / Math.max(Math.hypot(x, y), 0.001))
  return [x * scale, y * scale]
}

function band(radius: number, from: number, to: number): string {
  const sag = radius * TILT * 2
  return `M${n(-radius)} ${n(-to)}Q0 ${n(-to + sag)} ${n(radius)} ${n(-to)}V${n(-from)}Q0 ${n(-from + sag)} ${n(-radius)} ${n(-from)}Z`
}

function glint(profile: Profile): string {
  const inner = profile
    .filter(([height]) => height > profile[0]![0] * 0.25 && height < profile[0]![0] * 0.92)
    .map(([height, radius]) => [-radius * 0.62, -height] as const)
  if (inner.length < 2) return 'M0 0'
  return `M${n(inner[0]![0])} ${n(inner[0]![1])}${smooth(inner)}`
}

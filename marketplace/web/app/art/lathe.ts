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

/** Catmull-Rom through the points, as Bézier curves. */
function smooth(points: readonly (readonly [number, number])[]): string {
  let d = ''
  for (let i = 0; i + 1 < points.length; i++) {
    const before = points[i - 1] ?? points[i]!
    const [x1, y1] = points[i]!
    const [x2, y2] = points[i + 1]!
    const after = points[i + 2] ?? points[i + 1]!
    d += `C${n(x1 + (x2 - before[0]) / 6)} ${n(y1 + (y2 - before[1]) / 6)} ${n(x2 - (after[0] - x1) / 6)} ${n(y2 - (after[1] - y1) / 6)} ${n(x2)} ${n(y2)}`
  }
  return d
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

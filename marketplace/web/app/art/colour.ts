/** Three shades of one material: lit, as it is, in shadow. */
export type Tone = { readonly light: string; readonly base: string; readonly deep: string }

/** Hex colour of OKLCH (lightness 0-1, chroma, hue in degrees), pulled into sRGB by lowering chroma. Björn Ottosson's matrices. */
export function oklch(lightness: number, chroma: number, hue: number): string {
  for (let c = chroma; ; c = Math.max(0, c - 0.01)) {
    const rgb = linearRgb(lightness, c, hue)
    if (c === 0 || rgb.every((channel) => channel >= -0.0001 && channel <= 1.0001))
      return `#${rgb.map(hexByte).join('')}`
  }
}

/** A material whose shadow turns a little cooler, as in daylight. */
export function tone(lightness: number, chroma: number, hue: number): Tone {
  return {
    light: oklch(Math.min(0.98, lightness + 0.1), chroma * 0.85, hue),
    base: oklch(lightness, chroma, hue),
    deep: oklch(Math.max(0.12, lightness - 0.16), chroma, hue + 8),
  }
}

function linearRgb(lightness: number, chroma: number, hue: number): [number, number, number] {
  const angle = (hue * Math.PI) / 180
  const a = chroma * Math.cos(angle)
  const b = chroma * Math.sin(angle)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function hexByte(linear: number): string {
  const channel = Math.min(1, Math.max(0, linear))
  const encoded = channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0')
}

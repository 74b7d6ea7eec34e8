/** A value of a decoded form: text, or what brackets made of it. */
export type FormValue = string | FormObject
export type FormObject = { [name: string]: FormValue }

const DEPTH = 5
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Decodes application/x-www-form-urlencoded with bracketed names as Stripe's API reads it:
 * `metadata[order]=1&expand[]=a&expand[]=b` → { metadata: { order: '1' }, expand: { 0: 'a', 1: 'b' } }.
 * Names deeper than five brackets, or that would reach into a prototype, are ignored.
 */
export function parseForm(text: string): FormObject {
  const root: FormObject = Object.create(null) as FormObject
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name)
    if (path.length > DEPTH || path.some((part) => FORBIDDEN.has(part))) continue
    put(root, path, value)
  }
  return root
}

function pathOf(name: string): string[] {
  const [head, ...rest] = name.split('[')
  return [head!, ...rest.map((part) => part.replace(/\]$/, ''))]
}

function put(root: FormObject, path: readonly string[], value: string): void {
  let at = root
  for (const part of path.slice(0, -1)) {
    const next = at[part]
    at = typeof next === 'object' ? next : (at[part] = Object.create(null) as FormObject)
  }
  const last = path.at(-1)!
  at[last === '' ? String(Object.keys(at).length) : last] = value
}

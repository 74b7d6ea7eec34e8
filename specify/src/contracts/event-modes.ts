// What an event promises from version to version, in the seven words of schema registries. BACKWARD: who knows the new
// schema reads what was written before. FORWARD: who knows the old one reads what is written now.

export const MODES = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const

export type Mode = (typeof MODES)[number]

/** `full-transitive` is as good as `FULL_TRANSITIVE`; undefined for a word that is none. */
export function modeOf(text: string): Mode | undefined {
  const word = text.trim().toUpperCase().replaceAll(/[\s-]/g, '_')
  return MODES.find((mode) => mode === word)
}

/** Which ways are judged: `request`, old data and new readers; `response`, new data and old readers. */
export function waysOf(mode: Mode): readonly ('request' | 'response')[] {
  if (mode === 'NONE') return []
  if (mode.startsWith('FULL')) return ['request', 'response']
  return mode.startsWith('BACKWARD') ? ['request'] : ['response']
}

/** Whether all versions ever released count, not only the last one. */
export function isTransitive(mode: Mode): boolean {
  return mode.endsWith('_TRANSITIVE')
}

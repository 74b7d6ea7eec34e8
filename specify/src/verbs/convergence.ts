import type { Spec, Task } from '../spec/model.ts'

export const gapKinds = ['missing', 'partial', 'contradicts', 'unrequested'] as const
export type GapKind = (typeof gapKinds)[number]

export type Gap = {
  readonly kind: GapKind
  /** What the spec says about it: `FR-003`; none for what nobody asked for. */
  readonly requirement: string | undefined
  readonly text: string
}

/** Requirements no task names: the gaps a program can see by itself. Those between spec and code need a reader. */
export function untouchedRequirements(spec: Spec, tasks: readonly Task[]): Gap[] {
  const named = new Set(tasks.flatMap(({ requirements }) => requirements))
  return spec.requirements
    .filter(({ id, withdrawn }) => !withdrawn && !named.has(id))
    .map(({ id, text }) => ({ kind: 'missing', requirement: id, text: `Implement: ${shorten(text)}` }))
}

/**
 * tasks.md with a phase of convergence at its end, one task for each gap; nothing before it changes. Gaps an open task
 * has already are left out, and without gaps the text is the very same.
 */
export function withConvergence(
  text: string,
  tasks: readonly Task[],
  gaps: readonly Gap[],
): { text: string; added: string[] } {
  const open = tasks.filter(({ isDone }) => !isDone)
  const fresh = gaps.filter(
    ({ kind, requirement, text: what }) =>
      !open.some(
        (task) =>
          task.text.includes(`(${kind})`) &&
          (requirement === undefined
            ? task.text.includes(what)
            : task.requirements.includes(requirement) && (kind === 'missing' || task.text.includes(what))),
      ),
  )
  if (fresh.length === 0) return { text, added: [] }
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const numbers = tasks.map(({ id }) => Number(/^T(\d+)/.exec(id ?? '')?.[1] ?? 0))
  const first = Math.max(0, ...numbers) + 1
  const phases = [...text.matchAll(/^##\s+Phase\s+(\d+)/gim)].map(([, number]) => Number(number))
  const added = fresh.map(({ kind, requirement, text: what }, i) => {
    const per = requirement === undefined ? '' : ` per ${requirement}`
    return `- [ ] T${String(first + i).padStart(3, '0')} ${what}${per} (${kind})`
  })
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol
  const phase = ['## Phase ' + (Math.max(0, ...phases) + 1) + ': Convergence', '', ...added, '']
  return { text: text + gap + phase.join(eol), added }
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= 100 ? line : `${line.slice(0, 97)}…`
}

import { glob } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Step } from './run-step.ts'

const SKIPPED = new Set(['node_modules', 'build', '.data', 'templates', 'projects'])

/** One step per tsconfig.json; where React Router is set up, its route types are generated before. */
export async function findTypeChecks(root: URL): Promise<Step[]> {
  const cwd = fileURLToPath(root)
  const exclude = (path: string): boolean => SKIPPED.has(path.split(/[\\/]/).at(-1)!)
  const steps: Step[] = []
  for await (const config of glob('**/tsconfig.json', { cwd, exclude })) {
    const folder = dirname(config)
    const hasRoutes = (await Array.fromAsync(glob(`${folder}/react-router.config.*`, { cwd }))).length > 0
    steps.push({
      name: folder === '.' ? 'types' : `types of ${folder}`,
      run: [
        ...(hasRoutes ? [['node_modules/@react-router/dev/bin.cjs', 'typegen', folder]] : []),
        ['node_modules/typescript/bin/tsc', '-p', config],
      ],
    })
  }
  return steps.toSorted((a, b) => a.name.localeCompare(b.name))
}

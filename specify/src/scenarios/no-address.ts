import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Service } from '../workspace/model.ts'
import type { NamedScenario } from './choose-scenarios.ts'

/** Why nothing can be sent, and the very lines of the config that would change it. */
export function noAddress({ id, spec }: NamedScenario, root: string, services: readonly Service[]): CliError {
  const service = services.find(({ name }) => name === spec.service)
  const name = service?.name ?? 'app'
  const start = startCommand(root, service?.path) ?? 'node src/server.js --port {port}'
  const config = {
    services: {
      [name]: { start, baseUrl: 'http://127.0.0.1:{port}' },
    },
  }
  return new CliError(
    'no-base-url',
    `Nobody says where the requests of ${id} go.`,
    [
      'Pass --base-url http://127.0.0.1:8080 to ask what runs already, or let specify start it: write into .speckit.config.json',
      `  ${JSON.stringify(config)}`,
      '  {port} becomes a free port, given to the process as PORT, too. "healthUrl" may name a page that answers 2xx once it is ready.',
    ].join('\n'),
  )
}

/** The start script of the service's package.json, or of the workspace's. */
function startCommand(root: string, path: string | undefined): string | undefined {
  if (path !== undefined && hasStartScript(join(root, path))) return `npm start --prefix ${path}`
  return hasStartScript(root) ? 'npm start' : undefined
}

function hasStartScript(folder: string): boolean {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return false
  try {
    const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: { start?: unknown } }
    return typeof scripts?.start === 'string'
  } catch {
    return false // a broken package.json is no reason to hide what is missing in the config
  }
}

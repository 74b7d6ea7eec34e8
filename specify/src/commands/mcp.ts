import { resolve } from 'node:path'
import { CliError } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { findRoot } from '../workspace/find-root.ts'

export const mcp = command({
  name: 'mcp',
  summary: 'Offer the verbs to a coding agent as tools, over stdin and stdout',
  description: `A server of the Model Context Protocol for the project in the current folder, or the one named. Started by the agent,
not by hand; it ends when the agent closes its end.`,
  args: '[project folder]',
  examples: [
    { run: 'claude mcp add specify -- specify mcp', does: 'Make it known to Claude Code' },
    { run: 'specify mcp ~/work/shop', does: 'Serve a project that is somewhere else' },
  ],

  async run({ args, cwd, env, signal, streams }) {
    const [folder = '.', ...more] = args
    if (more.length > 0)
      throw new CliError('unexpected-argument', `One folder is enough, got "${args.join(' ')}".`)
    if (streams === undefined) throw new CliError('no-streams', 'There is no stdin and stdout to speak on.')
    const place = resolve(cwd, folder)
    findRoot(place) // to say at once that there is no project, instead of at every call
    // Both are loaded late: other verbs must not pay for the SDK.
    const [{ serve }, { program }] = await Promise.all([import('../mcp/serve.ts'), import('../program.ts')])
    await serve({ program, cwd: place, env, signal, streams })
    return { data: {}, findings: [], text: () => '', raw: true }
  },
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import { servePortal } from '../portal/serve-portal.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'

export const serve = command({
  name: 'serve',
  summary: 'Show the workspace in a browser: services, contracts, specs, proof, findings, changes',
  description: `Pages renew themselves when a file changes. Scenarios run at a click, requests to services are tried out from the
contract's pages. Only this machine can reach it; with --host others can read, but run nothing. Ctrl-C ends it.`,
  options: {
    port: {
      type: 'string',
      placeholder: 'number',
      default: '4620',
      summary: 'Where to listen; 0 for any free port',
    },
    host: {
      type: 'string',
      placeholder: 'address',
      default: '127.0.0.1',
      summary: 'The address to listen on',
    },
    open: { type: 'boolean', summary: 'Open the browser' },
  },
  examples: [
    { run: 'specify serve --open', does: 'Open the portal of the workspace you are in' },
    { run: 'specify serve --port 0', does: 'Listen on any free port, and say which' },
  ],

  async run({ options, cwd, env, signal, say }) {
    const port = wholeNumber(options.port, '--port', { max: 65_535 })
    const { workspace, findings } = await openWorkspace(cwd)
    const { url, close } = await servePortal({
      root: workspace.root,
      host: options.host,
      port,
      env,
      signal,
      say,
    })
    say(`${url} shows ${workspace.root}; Ctrl-C ends it.`)
    if (options.open) openBrowser(url)
    if (!signal.aborted) await once(signal, 'abort')
    await close()
    return { data: { url }, findings, text: () => '' }
  },
})

/** Whoever has no browser has the address. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['explorer', url]
        : ['xdg-open', url]
  const child = spawn(program, args, { detached: true, stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
}

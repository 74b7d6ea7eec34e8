import { join, relative } from 'node:path'
import { CliError, wholeNumber } from '@specwright/cli/cli-error.ts'
import { command } from '@specwright/cli/command.ts'
import type { Finding } from '@specwright/cli/finding.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { createFeature, numbersByTime, planFeature, type CreatedFeature } from '../verbs/create-feature.ts'
import { openProject } from '../verbs/open-feature.ts'
import { mustBeOwn } from '../workspace/members.ts'
import type { Workspace } from '../workspace/model.ts'
import { pathFrom } from '../workspace/paths.ts'

export const specify = command({
  name: 'specify',
  summary: 'Start a feature: number, folder, spec.md from the template',
  description: `Counts the folders below specs/ (of the service you stand in or name), makes the next one, and remembers it as the
current feature in .specify/feature.json. A spec.md that is there is never overwritten.`,
  args: '<what you want to build>',
  options: {
    service: { type: 'string', placeholder: 'name', summary: 'Service the feature belongs to' },
    'short-name': {
      type: 'string',
      placeholder: 'name',
      summary: 'Name of the folder, instead of words of the text',
    },
    number: {
      type: 'string',
      placeholder: 'number',
      summary: 'Number of the folder; the next free one if taken',
    },
    timestamp: { type: 'boolean', summary: 'Date and time instead of a number: no two branches collide' },
    'allow-existing-branch': { type: 'boolean', summary: 'Take the folder of that name if there is one' },
    'dry-run': { type: 'boolean', summary: 'Show the name, write nothing' },
  },
  examples: [
    {
      run: 'specify specify "Add OAuth2 login for users"',
      does: 'Make specs/001-oauth2-login-users/spec.md',
    },
    {
      run: 'specify specify --service order-service --short-name refunds "Refund an order" --json',
      does: 'The same inside a service, for an agent',
    },
  ],

  async run({ args, options, cwd, env }) {
    const description = args.join(' ').trim()
    if (description === '')
      throw new CliError(
        'missing-description',
        'Say what you want to build.',
        'specify specify "Log in with a passkey"',
      )
    const { workspace, findings } = await openProject({ cwd, env })
    const wish = {
      description,
      shortName: options['short-name'],
      number: options.number === undefined ? undefined : wholeNumber(options.number, '--number', { min: 1 }),
      isStamped: options.timestamp || (await numbersByTime(workspace.root)),
      servicePath: servicePath(workspace, options.service, cwd),
      mayExist: options['allow-existing-branch'],
      now: new Date(),
    }
    mustBeOwn(wish.servicePath ?? '')
    const created = await (options['dry-run'] ? planFeature : createFeature)(workspace, wish)
    return {
      data: {
        BRANCH_NAME: created.id,
        SPEC_FILE: join(workspace.root, created.path, 'spec.md'),
        FEATURE_NUM: created.number,
        ...(options['dry-run'] && { DRY_RUN: true }),
      },
      findings: [...findings, ...taken(created)],
      text: () => {
        const spec = pathFrom(cwd, workspace.root, `${created.path}/spec.md`)
        if (options['dry-run']) return `Would create ${spec}`
        return `${created.specExisted ? 'Kept' : 'Created'} ${spec}\nNext: fill it in, then "specify validate --spec"`
      },
    }
  },
})

function servicePath(
  { root, services, config }: Workspace,
  named: string | undefined,
  cwd: string,
): string | undefined {
  if (named === undefined) {
    const place = `${relative(root, cwd).replaceAll('\\', '/')}/`
    const known = services.find(({ path }) => place.startsWith(`${path}/`))
    if (known !== undefined) return known.path
    // A folder of services without a file is a service all the same: this is going to be its first.
    const parents = ['services', ...config.roots.map((path) => path.replace(/^\.\/|\/+$/g, ''))]
    const parent = parents.find((path) => place.startsWith(`${path}/`) && place !== `${path}/`)
    return parent && `${parent}/${place.slice(parent.length + 1).split('/')[0]}`
  }
  const found = services.find(({ name, path }) => name === named || path === named)
  if (found !== undefined) return found.path
  const names = services.map(({ name }) => name)
  // A service begins with its first spec; a slip of the finger must not found one.
  const similar = didYouMean(named, names)
  if (similar !== undefined || !/^[\w-]+$/.test(named))
    throw new CliError(
      'unknown-service',
      `There is no service "${named}".`,
      similar ?? `Known: ${names.join(', ')}.`,
    )
  return `services/${named}`
}

function taken({ takenNumber, number, path }: CreatedFeature): Finding[] {
  if (takenNumber === undefined) return []
  return [
    {
      code: 'number-taken',
      severity: 'warning',
      file: `${path}/spec.md`,
      message: `Number ${takenNumber} is taken; the feature got ${number}.`,
      hint: 'Rename the folder if you need another.',
    },
  ]
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CliError, wholeNumber } from './cli-error.ts'
import { command, type Command } from './command.ts'
import type { Finding } from './finding.ts'
import { runCli, type Program } from './run-cli.ts'

const warning: Finding = { code: 'w', severity: 'warning', message: 'careful', file: 'b.md', line: 2 }
const error: Finding = {
  code: 'e',
  severity: 'error',
  message: 'broken',
  hint: 'mend it',
  file: 'a.md',
  line: 1,
}

const list = command({
  name: 'list',
  summary: 'List things',
  description: 'Lists all things there are.',
  args: '[path…]',
  options: {
    limit: { type: 'string', short: 'l', placeholder: 'number', default: '10', summary: 'At most this many' },
    kind: { type: 'string', choices: ['book', 'mug'], summary: 'Only this kind' },
    tag: { type: 'string', multiple: true, summary: 'With this tag' },
    all: { type: 'boolean', summary: 'Hidden ones too' },
  },
  examples: [{ run: 'tool list --limit 3', does: 'Three things' }],
  async run({ args, options, say }) {
    say('looking')
    const limit = wholeNumber(options.limit, '--limit')
    const { kind, tag, all } = options
    const findings = args.flatMap((arg) =>
      arg === 'bad' ? [warning, error] : arg === 'odd' ? [warning] : [],
    )
    return { data: { args, limit, kind, tag, all }, findings, text: () => `limit ${limit}` }
  },
})

const other = (name: string, run: Command['run']): Command => ({ name, summary: name, examples: [], run })

const archive = command({
  name: 'archive',
  summary: 'Write one',
  options: {
    format: { type: 'string', choices: ['plain', 'tar'], default: 'plain', summary: 'Of the archive' },
  },
  examples: [],
  run: async ({ options }) => ({ data: options.format, findings: [], text: () => options.format }),
})

const program: Program = {
  name: 'tool',
  version: '1.2.3',
  summary: 'does things',
  commands: {
    list: async () => list,
    archive: async () => archive,
    refuse: async () =>
      other('refuse', async () => {
        throw new CliError('no-file', 'There is no file.', 'Make one.', { file: 'x' })
      }),
    crash: async () =>
      other('crash', async () => {
        throw new TypeError('boom')
      }),
    raw: async () =>
      other('raw', async () => ({ data: 1, findings: [warning], text: () => 'SELECT 1;\n', raw: true })),
    stream: async () =>
      other('stream', async () => ({
        data: null,
        findings: [warning],
        text: () => '',
        async stream(out) {
          for (const letter of 'abcd') await out.write(Buffer.from(letter))
        },
      })),
    serve: async () =>
      other('serve', async ({ announce }) => {
        announce({ data: { port: 80 }, findings: [], text: () => 'port 80' })
        return { data: 'ended', findings: [], text: () => 'ended' }
      }),
    stop: async () =>
      other('stop', async ({ signal }) => {
        signal.throwIfAborted()
        return { data: 'ran', findings: [], text: () => '' }
      }),
    circular: async () =>
      other('circular', async () => {
        const data: Record<string, unknown> = {}
        data['self'] = data
        return { data, findings: [], text: () => '' }
      }),
  },
}

async function run(
  argv: readonly string[],
  more: { tty?: boolean; env?: Record<string, string>; aborted?: boolean } = {},
) {
  let stdout = ''
  let stderr = ''
  const code = await runCli(program, argv, {
    stdout: { write: (text, done) => ((stdout += String(text)), done?.()), isTTY: more.tty ?? false },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: '/',
    env: more.env ?? {},
    signal: more.aborted ? AbortSignal.abort() : new AbortController().signal,
  })
  return { code, stdout, stderr }
}

describe('the exit code', () => {
  it('is 0 when all is fine, and with warnings', async () => {
    assert.equal((await run(['list'])).code, 0)
    assert.equal((await run(['list', 'odd'])).code, 0)
  })
  it('is 1 with errors among the findings', async () => assert.equal((await run(['list', 'bad'])).code, 1))
  it('is 2 when the command could not run', async () => {
    assert.equal((await run(['refuse'])).code, 2)
    assert.equal((await run(['crash'])).code, 2)
    assert.equal((await run([])).code, 2)
  })
  it('is 130 when cancelled', async () => {
    assert.deepEqual(await run(['stop'], { aborted: true }), { code: 130, stdout: '', stderr: 'cancelled\n' })
    assert.equal((await run(['list'], { aborted: true })).code, 130)
  })
})

describe('--json', () => {
  it('prints one document with data, findings and counts', async () => {
    const { code, stdout } = await run(['list', '--json', 'bad', '--tag', 'a', '--tag=b', '-l3', '--all'])
    assert.deepEqual(JSON.parse(stdout), {
      ok: false,
      command: 'list',
      data: { args: ['bad'], limit: 3, tag: ['a', 'b'], all: true },
      findings: [error, warning],
      counts: { errors: 1, warnings: 1, infos: 0 },
    })
    assert.equal(code, 1)
  })

  it('of a command that goes on is printed when it is ready, on one line, and not again', async () => {
    const { stdout, code } = await run(['serve', '--json'])
    assert.equal(stdout.trimEnd().split('\n').length, 1)
    assert.deepEqual((JSON.parse(stdout) as { data: unknown }).data, { port: 80 })
    assert.equal(code, 0)
    assert.equal((await run(['serve'])).stdout, 'port 80\n')
  })

  it('prints exactly one document for every way to fail', async () => {
    const cases: [argv: string[], code: string][] = [
      [['refuse', '--json'], 'no-file'],
      [['crash', '--json'], 'internal-error'],
      [['circular', '--json'], 'internal-error'],
      [['nope', '--json'], 'unknown-command'],
      [['list', '--json', '--nope'], 'unknown-option'],
      [['list', '--limit', 'x', '--format', 'json'], 'bad-number'],
      [['list', '--limit', 'x', '--format=json'], 'bad-number'],
    ]
    for (const [argv, code] of cases) {
      const { stdout, code: exit } = await run(argv)
      const document = JSON.parse(stdout) as { ok: boolean; error: { code: string } }
      assert.deepEqual([document.ok, document.error.code, exit], [false, code, 2], argv.join(' '))
    }
    const { stdout } = await run(['stop', '--json'], { aborted: true })
    assert.deepEqual(JSON.parse(stdout), { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } })
  })

  it('behind -- is an argument', async () => {
    const { stdout } = await run(['list', '--', '--json'])
    assert.equal(stdout, 'limit 10\n')
    assert.equal((await run(['list', '--', '--help'])).stdout, 'limit 10\n')
    assert.equal((await run(['refuse', '--', '--json'])).stdout, '')
  })
})

describe('what a person reads', () => {
  it('is the result on stdout and remarks on stderr, which --quiet silences', async () => {
    assert.deepEqual(await run(['list']), { code: 0, stdout: 'limit 10\n', stderr: 'looking\n' })
    assert.deepEqual(await run(['list', '--quiet']), { code: 0, stdout: 'limit 10\n', stderr: '' })
  })

  it('has the findings sorted by place, with their hints and a count', async () => {
    const { stdout } = await run(['list', 'bad'])
    assert.equal(
      stdout,
      'limit 10\n\na.md:1: error: broken [e]\n    hint: mend it\nb.md:2: warning: careful [w]\n\n1 error, 1 warning\n',
    )
  })

  it('is an error with its hint on stderr', async () => {
    assert.deepEqual(await run(['refuse']), {
      code: 2,
      stdout: '',
      stderr: 'error: There is no file.\nhint:  Make one.\n',
    })
  })

  it('is the whole stack of an error nobody expected', async () => {
    assert.match((await run(['crash'])).stderr, /^TypeError: boom\n {4}at .*run-cli\.test\.ts/)
  })

  it('keeps findings out of a result that is a file', async () => {
    const { stdout, stderr } = await run(['raw'])
    assert.equal(stdout, 'SELECT 1;\n')
    assert.match(stderr, /careful/)
  })

  it('comes piece by piece from a result that is a stream, as fast as it is taken', async () => {
    const seen: string[] = []
    let taken: (() => void) | undefined
    const done = runCli(program, ['stream'], {
      stdout: {
        write: (text, done) => {
          seen.push(String(text))
          if (seen.length === 2) taken = done
          else done?.()
        },
      },
      stderr: { write: (text) => seen.push(text) },
      cwd: '/',
      env: {},
      signal: new AbortController().signal,
    })
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(seen, ['a', 'b'])
    taken!()
    assert.equal(await done, 0)
    assert.deepEqual(seen.slice(2, 4), ['c', 'd'])
    assert.match(seen[4]!, /careful/)
    const { code, stdout } = await run(['stream', '--json'])
    assert.equal(code, 2)
    assert.match(stdout, /"code": "file-needed"/)
  })

  it('is coloured at a terminal, unless NO_COLOR or --color says otherwise', async () => {
    const isColored = async (argv: string[], more: Parameters<typeof run>[1]) =>
      (await run(['list', 'bad', ...argv], more)).stdout.includes('\x1b[')
    assert.equal(await isColored([], { tty: true }), true)
    assert.equal(await isColored([], {}), false)
    assert.equal(await isColored([], { tty: true, env: { NO_COLOR: '1' } }), false)
    assert.equal(await isColored(['--color', 'never'], { tty: true }), false)
    assert.equal(await isColored(['--color=always'], { env: { NO_COLOR: '1' } }), true)
  })
})

it('a command may have a --format of its own, and still --json', async () => {
  const own = await run(['archive', '--format', 'tar'])
  assert.equal(own.stdout, 'tar\n')
  assert.equal(JSON.parse((await run(['archive', '--format=tar', '--json'])).stdout).data, 'tar')
  assert.match(
    (await run(['archive', '--help'])).stdout,
    /--format <value> +Of the archive \(plain, tar; default plain\)\n/,
  )
  assert.equal((await run(['archive', '--format', 'sarif'])).code, 2)
})

describe('a mistake on the command line', () => {
  const cases: [argv: string[], message: string, hint?: string][] = [
    [['lst'], 'tool has no command "lst".', 'Did you mean "list"?'],
    [['frobnicate'], 'tool has no command "frobnicate".', 'Run "tool --help" for the list.'],
    [['constructor'], 'tool has no command "constructor".', 'Run "tool --help" for the list.'],
    [['help', 'lisst'], 'tool has no command "lisst".', 'Did you mean "list"?'],
    [['list', '--limti', '3'], 'tool list has no option --limti.', 'Did you mean "--limit"?'],
    [['list', '--toString'], 'tool list has no option --toString.', 'Run "tool list --help".'],
    [['list', '-x'], 'tool list has no option -x.', 'Run "tool list --help".'],
    [['list', '--kind', 'boook'], '--kind must be one of book, mug, not "boook".', 'Did you mean "book"?'],
    [['list', '--format', 'xml'], '--format must be one of text, json, sarif, junit, github, not "xml".'],
    [['list', '--limit'], '--limit needs a value: <number>.'],
    [['list', '--limit='], '--limit needs a value: <number>.'],
    [
      ['list', '--limit', '--all'],
      '--limit needs a value, got the option --all.',
      'Write --limit=--all if that is the value.',
    ],
    [['list', '--all=yes'], '--all takes no value.'],
    [['list', '--limit', '-5'], '--limit needs a whole number from 0 to 9007199254740991, not "-5".'],
    [['list', '--limit', '1e3'], '--limit needs a whole number from 0 to 9007199254740991, not "1e3".'],
    [['refuse', 'x'], 'tool refuse takes no arguments, got "x".'],
    [['completion', 'tcsh'], 'Say which shell: tool completion bash|zsh|fish.'],
  ]
  for (const [argv, message, hint] of cases)
    it(`"${argv.join(' ')}" says what is wrong`, async () => {
      const { code, stdout, stderr } = await run(argv)
      assert.deepEqual([code, stdout], [2, ''])
      assert.equal(
        stderr.replace('looking\n', ''),
        `error: ${message}\n${hint === undefined ? '' : `hint:  ${hint}\n`}`,
      )
    })
})

describe('help', () => {
  it('of the program lists the commands', async () => {
    for (const argv of [['--help'], ['-h'], ['help']]) {
      const { code, stdout } = await run(argv)
      assert.equal(code, 0)
      assert.match(stdout, /^tool 1\.2\.3: does things\n\nUsage: tool <command> \[options\]\n/)
      assert.match(stdout, /\n {2}list {6}List things\n/)
    }
  })

  it('of a command shows arguments, options with choices and defaults, and examples', async () => {
    for (const argv of [
      ['list', '--help'],
      ['list', 'bad', '-h'],
      ['help', 'list'],
    ]) {
      const { code, stdout } = await run(argv)
      assert.equal(code, 0)
      assert.match(stdout, /\nLists all things there are\.\n\nUsage: tool list \[path…\] \[options\]\n/)
      assert.match(stdout, /\n {2}-l, --limit <number> {2}At most this many \(default 10\)\n/)
      assert.match(stdout, /--kind <value> +Only this kind \(book, mug\)\n/)
      assert.match(stdout, /--tag <value> +With this tag \(can be repeated\)\n/)
      assert.match(stdout, /\nExamples:\n {2}\$ tool list --limit 3\n {6}Three things\n$/)
    }
  })

  it('comes without examples when there are none', async () => {
    assert.doesNotMatch((await run(['crash', '--help'])).stdout, /Examples/)
  })

  it('prints the version', async () => {
    for (const argv of [['--version'], ['-V'], ['version']])
      assert.deepEqual(await run(argv), { code: 0, stdout: 'tool 1.2.3\n', stderr: '' })
  })
})

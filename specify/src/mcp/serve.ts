// The verbs over the Model Context Protocol. A tool call is a command line run in this process: what an agent gets is the
// document --json prints, with the same findings, the same hints and the same refusals.

// The low-level server, meant for cases like ours: our tools are described by tables of flags, not by zod schemas.
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js'
import { CliError } from '@specwright/cli/cli-error.ts'
import type { Command, Streams } from '@specwright/cli/command.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import { runCli, type Program } from '@specwright/cli/run-cli.ts'
import { readPrompts } from '../init/project-files.ts'
import { openWorkspace } from '../workspace/open-workspace.ts'
import { cutPage } from './pages.ts'
import { readResource, resourcesOf, URI_TEMPLATE } from './resources.ts'
import { commandLine, outputSchema, verbTool } from './tools.ts'

/** About 6,000 tokens: a page an agent can take without pushing its work out of the window. */
const PAGE_CHARACTERS = 24_000
const RESOURCES_PER_PAGE = 100
/** Answers kept for later pages; asking again is cheap, so a handful is enough. */
const KEPT_ANSWERS = 16

/** `init` asks and decides about the agent's own files; `mcp` is this server; `mock` and `serve` answer until somebody ends them. */
const NOT_TOOLS = new Set(['init', 'mcp', 'mock', 'serve'])

const PAGE_TOOL = {
  name: 'page',
  description: 'The next page of an answer that ended with page.cursor',
  inputSchema: {
    type: 'object' as const,
    properties: { cursor: { type: 'string' } },
    required: ['cursor'],
    additionalProperties: false,
  },
  outputSchema,
  annotations: { readOnlyHint: true, openWorldHint: false },
}

const INSTRUCTIONS = `Specifications that run. Paths and file:line are relative to the project. An answer has ok, findings (what is wrong,
where, and the mend) and data; error means it could not run. Start with status or find.`

export type Serving = {
  readonly program: Program
  /** Folder of the project. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly streams: Streams
}

/** Answers until the client closes its end or `signal` aborts. */
export async function serve(serving: Serving): Promise<void> {
  const { program, streams, signal } = serving
  const server = new Server(
    { name: program.name, version: program.version },
    { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions: INSTRUCTIONS },
  )
  addTools(server, serving)
  addResources(server, serving)
  addPrompts(server)
  const closed = new Promise<void>((resolve) => {
    streams.input.once('end', resolve)
    streams.input.once('close', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await server.connect(new StdioServerTransport(streams.input, streams.output))
  await closed
  await server.close()
}

function addTools(server: Server, serving: Serving): void {
  const names = Object.keys(serving.program.commands).filter((name) => !NOT_TOOLS.has(name))
  const answers = new Map<string, Readonly<Record<string, unknown>>>()
  // Verbs that write take turns: two of one agent's calls in flight must not tick tasks in the same file.
  let turn: Promise<unknown> = Promise.resolve()

  server.setRequestHandler(ListToolsRequestSchema, async () => {
    const commands = await Promise.all(names.map((name) => serving.program.commands[name]!()))
    return { tools: [...commands.map(verbTool), PAGE_TOOL] }
  })

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const { name, arguments: input = {} } = params
    if (name === PAGE_TOOL.name) return laterPage(answers, input['cursor'])
    if (!names.includes(name))
      throw new McpError(
        ErrorCode.InvalidParams,
        `There is no tool "${name}". ${didYouMean(name, names) ?? ''}`.trim(),
      )
    const command = await serving.program.commands[name]!()
    const call = () => runVerb(serving, command, input, AbortSignal.any([serving.signal, signal]))
    if (verbTool(command).annotations.readOnlyHint) return firstPage(answers, await call())
    const mine = turn.then(call, call)
    turn = mine
    return firstPage(answers, await mine)
  })
}

type Document = Readonly<Record<string, unknown>>

async function runVerb(
  { program, cwd, env }: Serving,
  command: Command,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Document> {
  try {
    let stdout = ''
    await runCli(program, commandLine(command, input), {
      stdout: { write: (text) => (stdout += String(text)) },
      stderr: { write: () => {} },
      cwd,
      env,
      signal,
    })
    // Findings before data: on a first page they matter most.
    const { ok, counts, findings, ...rest } = JSON.parse(stdout) as Record<string, unknown>
    return {
      ok,
      ...(counts !== undefined && { counts }),
      ...(findings !== undefined && { findings }),
      ...rest,
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    const { code, message, hint } = error
    return { ok: false, error: { code, message, hint } }
  }
}

function firstPage(answers: Map<string, Document>, document: Document): CallToolResult {
  const id = crypto.randomUUID().slice(0, 8)
  const result = pageFrom(id, document, 0)
  if (result.isCut) {
    answers.set(id, document)
    for (const old of [...answers.keys()].slice(0, -KEPT_ANSWERS)) answers.delete(old)
  }
  return result.answer
}

function laterPage(answers: ReadonlyMap<string, Document>, cursor: unknown): CallToolResult {
  const [id = '', from = ''] = typeof cursor === 'string' ? cursor.split('.') : []
  const document = answers.get(id)
  if (document === undefined || !/^\d+$/.test(from))
    return answer({
      ok: false,
      error: {
        code: 'unknown-cursor',
        message: 'There is no such page, or it was forgotten.',
        hint: 'Call the verb again.',
      },
    })
  return pageFrom(id, document, Number(from)).answer
}

function pageFrom(id: string, document: Document, from: number): { answer: CallToolResult; isCut: boolean } {
  const { document: part, next } = cutPage(document, from, PAGE_CHARACTERS)
  if (next === undefined) return { answer: answer(part), isCut: false }
  const page = { ...(part['page'] as object), cursor: `${id}.${next}` }
  return { answer: answer({ ...part, page }), isCut: true }
}

/** Both forms of one document: clients that know structured answers, and those that read text. */
function answer(document: Document): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(document) }],
    structuredContent: { ...document },
    ...(document['error'] !== undefined && { isError: true }),
  }
}

function addResources(server: Server, { cwd }: Serving): void {
  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) => {
    const after = params?.cursor ?? ''
    const { workspace } = await openWorkspace(cwd)
    const rest = resourcesOf(workspace).filter(({ name }) => name > after)
    const resources = rest.slice(0, RESOURCES_PER_PAGE)
    return { resources, ...(rest.length > resources.length && { nextCursor: resources.at(-1)!.name }) }
  })
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [
      { uriTemplate: URI_TEMPLATE, name: 'lines', description: 'A listed document, or ?lines=10-40 of it' },
    ],
  }))
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }) => {
    try {
      const { workspace } = await openWorkspace(cwd)
      return { contents: [{ ...(await readResource(workspace, params.uri, PAGE_CHARACTERS)) }] }
    } catch (error) {
      throw protocolError(error)
    }
  })
}

/** The agent's half of each verb, for agents that `init` has no folder for. */
function addPrompts(server: Server): void {
  server.setRequestHandler(ListPromptsRequestSchema, async () => ({
    prompts: (await readPrompts()).map(({ verb, description }) => ({
      name: `speckit.${verb}`,
      description,
      arguments: [{ name: 'input', description: 'What to do, in your own words' }],
    })),
  }))
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const prompts = await readPrompts()
    const prompt = prompts.find(({ verb }) => params.name === `speckit.${verb}`)
    if (prompt === undefined)
      throw new McpError(
        ErrorCode.InvalidParams,
        `There is no prompt "${params.name}". ${
          didYouMean(
            params.name,
            prompts.map(({ verb }) => `speckit.${verb}`),
          ) ?? ''
        }`.trim(),
      )
    const text = prompt.body
      .replaceAll('$ARGUMENTS', () => params.arguments?.['input'] ?? '')
      .replaceAll(/__COMMAND_([A-Z]+)__/g, (_, other: string) => `speckit.${other.toLowerCase()}`)
    return {
      description: prompt.description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
    }
  })
}

function protocolError(error: unknown): unknown {
  if (!(error instanceof CliError)) return error
  const { code, message, hint } = error
  return new McpError(ErrorCode.InvalidParams, hint === undefined ? message : `${message} ${hint}`, {
    code,
    hint,
  })
}

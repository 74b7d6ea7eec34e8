import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { Notes } from './notes.js'

/** The service as a handler, so that tests need no port of their own choosing. */
export function service(notes = new Notes()) {
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const id = /^\/notes\/([^/]+)$/.exec(pathname)?.[1]
    try {
      if (pathname === '/notes' && request.method === 'GET') return answer(response, 200, notes.list())
      if (pathname === '/notes' && request.method === 'POST') {
        const { text } = await body(request)
        if (typeof text !== 'string' || text.trim() === '') return problem(response, 400, 'A note needs text')
        return answer(response, 201, notes.add(text))
      }
      if (id !== undefined && request.method === 'GET') {
        const note = notes.find(id)
        return note === undefined ? problem(response, 404, 'No such note') : answer(response, 200, note)
      }
      if (id !== undefined && request.method === 'DELETE')
        return notes.remove(id) ? answer(response, 204) : problem(response, 404, 'No such note')
      return problem(response, 404, 'No such page')
    } catch (error) {
      if (error instanceof SyntaxError) return problem(response, 400, 'The body is not JSON')
      throw error
    }
  })
}

async function body(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString() || '{}')
}

function answer(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(value === undefined ? undefined : JSON.stringify(value))
}

function problem(response, status, title) {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ title, status }))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  service().listen(Number(process.env.PORT ?? 8080))

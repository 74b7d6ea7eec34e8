import type { LoaderFunctionArgs } from 'react-router'
import { visitContext } from '../visit.server.ts'

/** For the script of the search field: up to eight texts. None is a good answer, too, so trouble is no error here. */
export async function loader({ context, request }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = context.get(visitContext)
  const q = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 100)
  const answer = q.length < 2 ? undefined : await shop.search.suggest({ query: { q } }).catch(() => undefined)
  const texts = answer?.status === 200 ? answer.body.data.map(({ text }) => text) : []
  return Response.json(texts, { headers: { 'cache-control': 'private, max-age=60' } })
}

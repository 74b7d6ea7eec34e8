import type { FastifyInstance } from 'fastify'
import { productPicture } from './app/art/product-picture.ts'
import { sellerMark } from './app/art/seller-mark.ts'

const WEEK_SECONDS = 7 * 86_400

type Asked = { Params: { file: string }; Querystring: { motif?: string; hue?: string } }

/** Pictures are drawn, not stored: `/art/<sku>.svg?motif=mug&hue=212` and `/mark/<seller>.svg?hue=90`. */
export function addArtwork(app: FastifyInstance): void {
  app.get<Asked>('/art/:file', (request, reply) => {
    const sku = nameOf(request.params.file)
    if (sku === undefined) return reply.callNotFound()
    const { motif = 'box', hue } = request.query
    return svg(reply, productPicture({ sku, motif, hue: degrees(hue) }))
  })
  app.get<Asked>('/mark/:file', (request, reply) => {
    const seller = nameOf(request.params.file)
    if (seller === undefined) return reply.callNotFound()
    return svg(reply, sellerMark({ seller, hue: degrees(request.query.hue) }))
  })
}

function svg(
  reply: { header(name: string, value: string): unknown; send(body: string): unknown },
  text: string,
) {
  reply.header('content-type', 'image/svg+xml')
  reply.header('cache-control', `public, max-age=${WEEK_SECONDS}`)
  // Opened by itself, a picture may draw and do nothing else.
  reply.header('content-security-policy', "default-src 'none'")
  reply.header('x-content-type-options', 'nosniff')
  return reply.send(text)
}

function nameOf(file: string): string | undefined {
  return /^([A-Za-z0-9][A-Za-z0-9-]{0,63})\.svg$/.exec(file)?.[1]
}

function degrees(text: string | undefined): number {
  const value = Number(text ?? 0)
  return Number.isFinite(value) ? ((Math.round(value) % 360) + 360) % 360 : 0
}

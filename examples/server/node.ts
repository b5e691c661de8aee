/**
 * The companion as a process of its own, on plain Node: `node examples/server/node.ts tourhook.json`.
 *
 * The same `companion.fetch` mounts elsewhere. A route handler of Next.js, `app/api/tourhook/[...path]/route.ts`,
 * with `basePath: '/api/tourhook'` and `clientAddress: forwardedAddress` among the companion's options. A route
 * handler isn't told who calls: without it, no client has a rate limit of its own. The proxy in front must set
 * `X-Forwarded-For`:
 *
 *     export const GET = (request: Request) => companion.fetch(request)
 *     export { GET as POST, GET as OPTIONS, GET as PUT, GET as PATCH, GET as DELETE }
 *
 * Fastify, whose own parsers must leave the body alone:
 *
 *     const listener = getRequestListener(companion.fetch)
 *     fastify.register(async scope => {
 *       scope.removeAllContentTypeParsers()
 *       scope.addContentTypeParser('*', (request, body, done) => done(null))
 *       scope.all('/tourhook/*', (request, reply) => {
 *         reply.hijack()
 *         listener(request.raw, reply.raw)      // and basePath: '/tourhook'
 *       })
 *     })
 */
import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { parseConfig } from 'tourhook/schema'
import { createCompanion, createEmitter, sqliteStore } from 'tourhook/server'

const { PORT = '8787', TOURHOOK_DB = 'tourhook.db', TOURHOOK_ADMIN_TOKEN } = process.env
const config = parseConfig(JSON.parse(await readFile(process.argv[2] ?? 'tourhook.json', 'utf8')))
const emitter = createEmitter({ webhooks: config.webhooks ?? [], store: sqliteStore(TOURHOOK_DB) })
const companion = createCompanion({
  emitter,
  config,
  adminToken: TOURHOOK_ADMIN_TOKEN,
  allowedOrigins: ['https://www.example.com'],
})

const server = serve({ fetch: companion.fetch, port: Number(PORT) }, ({ port }) => {
  console.log(`http://localhost:${port}`)
})
process.once('SIGTERM', () => server.close(() => emitter.close()))

import { createCompanion, createEmitter, memoryStore } from 'tourhook/server'

const companion = createCompanion({
  emitter: createEmitter({ webhooks: [], store: memoryStore() }),
  config: {},
  allowedOrigins: [],
  adminToken: process.env.TOURHOOK_ADMIN_TOKEN,
  basePath: '/api/tourhook',
})

function handle(request: Request): Promise<Response> {
  return companion.fetch(request)
}

export { handle as DELETE, handle as GET, handle as OPTIONS, handle as POST, handle as PUT }

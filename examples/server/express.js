/** The companion within a site on Express 5, below /tourhook: `node examples/server/express.js tourhook.json`. */
import { readFile } from 'node:fs/promises'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { parseConfig } from 'tourhook/schema'
import { createCompanion, createEmitter, sqliteStore } from 'tourhook/server'

const { PORT = '3000', TOURHOOK_DB = 'tourhook.db', TOURHOOK_ADMIN_TOKEN } = process.env
const config = parseConfig(JSON.parse(await readFile(process.argv[2] ?? 'tourhook.json', 'utf8')))
const emitter = createEmitter({ webhooks: config.webhooks ?? [], store: sqliteStore(TOURHOOK_DB) })
const companion = createCompanion({
  emitter,
  config,
  adminToken: TOURHOOK_ADMIN_TOKEN,
  allowedOrigins: ['https://www.example.com'],
})

const app = express()
// Before any body parser: the companion reads, and limits, its bodies itself.
app.use('/tourhook', getRequestListener(companion.fetch))

// What the site itself knows, it emits itself.
app.post('/signup', express.json(), async ({ body }, response) => {
  await emitter.emit({ name: 'user_created', userId: body.userId, id: body.userId, tags: { plan: body.plan } })
  response.sendStatus(201)
})

const server = app.listen(Number(PORT), () => console.log(`http://localhost:${server.address().port}`))
process.once('SIGTERM', () => server.close(() => emitter.close()))

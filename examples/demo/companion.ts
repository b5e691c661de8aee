import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '../../src/schema/config.ts'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'
import { sqliteStore } from '../../src/server/stores/sqlite/sqlite.ts'
import { listen, stop } from './listen.ts'

/** Milliseconds before each attempt. The default takes three days, which nobody watches. */
const schedule = [0, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000, 60_000]

export interface CompanionOptions {
  port: number
  config: Config
  /** The shop's. */
  allowedOrigin: string
}

export interface DemoCompanion {
  origin: string
  /** Lets the webhooks that a 410 has disabled have what waits for them. */
  enable(): Promise<void>
  close(): Promise<void>
}

/** The companion on SQLite, as a site would run it; what it keeps is gone when the demo ends. */
export async function serveCompanion({
  port,
  config,
  allowedOrigin,
}: CompanionOptions): Promise<DemoCompanion> {
  const folder = await mkdtemp(join(tmpdir(), 'tourhook-demo-'))
  const emitter = createEmitter({
    webhooks: config.webhooks ?? [],
    store: sqliteStore(join(folder, 'tourhook.db')),
    // The receiver is on this computer, where a companion sends nothing otherwise.
    allowNetworks: ['127.0.0.0/8'],
    schedule,
  })
  const companion = createCompanion({
    emitter,
    config,
    allowedOrigins: [allowedOrigin],
    // Whoever sits at this computer; by another name, a page from elsewhere might ask.
    console: {
      authorize: ({ url }) => {
        const isHere = /^(localhost|127\.0\.0\.1)$/.test(new URL(url).hostname)
        return isHere ? { name: 'You', role: 'owner' } : undefined
      },
    },
  })
  const server = createAdaptorServer({ fetch: companion.fetch }) as Server
  const actualPort = await listen(server, port)

  return {
    origin: `http://localhost:${actualPort}`,
    async enable() {
      const disabled = (await emitter.webhooks.list()).filter(webhook => webhook.disabled)
      await Promise.all(disabled.map(({ id }) => emitter.webhooks.enable(id)))
    },
    async close() {
      await stop(server)
      await emitter.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** A secret as Standard Webhooks wants it. */
export function createSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

/** The config with a secret for what the companion sends, which is no file's to hold. */
export function withSecret(config: Config, secret: string): Config {
  const webhooks = config.webhooks?.map(webhook =>
    webhook.transport === 'relay' || webhook.events ? { ...webhook, secret } : webhook,
  )
  return { ...config, ...(webhooks && { webhooks }) }
}

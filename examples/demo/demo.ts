import { readFile } from 'node:fs/promises'
import { parseConfig } from '../../src/schema/config.ts'
import { createSecret, serveCompanion, withSecret } from './companion.ts'
import { serveReceiver } from './receiver.ts'
import { serveSite, withOrigins } from './site.ts'

/** The ports that the demo's files name. */
const ports = { site: 4700, receiver: 4701, companion: 4702 }

export interface Demo {
  site: string
  /** The receiver's panel by itself. */
  panel: string
  companion: string
  close(): Promise<void>
}

/** Starts the shop, the receiver and the companion, from this port on; 0 takes any. */
export async function startDemo({ port = ports.site }: { port?: number } = {}): Promise<Demo> {
  const next = (offset: number) => port && port + offset
  const origins = new Map<string, string>()
  const secret = createSecret()

  const site = await serveSite({ port, origins })
  const receiver = await serveReceiver({
    port: next(1),
    secret,
    onSettings: ({ answer }) => {
      if (answer !== '410') companion.enable().catch(console.error)
    },
  })
  origins.set(`http://127.0.0.1:${ports.receiver}`, receiver.origin)
  origins.set(`http://localhost:${ports.receiver}`, receiver.panel)

  const written = await readFile(new URL('tourhook.json', import.meta.url), 'utf8')
  const config = parseConfig(JSON.parse(withOrigins(written, origins)))
  const companion = await serveCompanion({
    port: next(2),
    config: withSecret(config, secret),
    allowedOrigin: site.origin,
  })
  origins.set(`http://localhost:${ports.companion}`, companion.origin)

  return {
    site: site.origin,
    panel: receiver.panel,
    companion: companion.origin,
    async close() {
      await Promise.all([site.close(), companion.close()])
      await receiver.close()
    },
  }
}

import { randomBytes } from 'node:crypto'
import { serveReceiver } from './receiver.ts'
import { serveSite } from './site.ts'

/** The ports that the demo's files name. */
const ports = { site: 4700, receiver: 4701 }

export interface Demo {
  site: string
  /** The receiver's panel by itself. */
  panel: string
  close(): Promise<void>
}

/** Starts the shop and the receiver, from this port on; 0 takes any. */
export async function startDemo({ port = ports.site }: { port?: number } = {}): Promise<Demo> {
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const receiver = await serveReceiver({ port: port && port + 1, secret })
  const site = await serveSite({
    port,
    origins: new Map([
      [`http://127.0.0.1:${ports.receiver}`, receiver.origin],
      [`http://localhost:${ports.receiver}`, receiver.panel],
    ]),
  })
  return {
    site: site.origin,
    panel: receiver.panel,
    async close() {
      await Promise.all([site.close(), receiver.close()])
    },
  }
}
